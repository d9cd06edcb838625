/* The prose of a lesson: sections with everything that stands in them. */
#ifndef PW_PROSE_H
#define PW_PROSE_H

#include <gtk/gtk.h>

#include "catalog.h"
#include "palette.h"
#include "question-card.h"
#include "run.h"

#define PW_TYPE_PROSE (pw_prose_get_type ())
G_DECLARE_FINAL_TYPE (PwProse, pw_prose, PW, PROSE, GtkWidget)

/* Signals: "go" (guint64 cursor), the reader asks for a place; "answered"
 * (PwQuestion, int mark) and "show-step" (PwQuestion), passed on from cards;
 * "see" (string), the address of a place in another lesson, as uri.h has it;
 * "card" (PwQuestion), a question or exercise was just added to the text. */

GtkWidget *pw_prose_new (void);

/* Shows a lesson, which must live until another is set; NULL for none. */
void pw_prose_set_lesson (PwProse *prose, LessonPlay *play);

/* Where words of other lessons are explained, for the lessons set from now on;
 * must outlive the prose. NULL for none. */
void pw_prose_set_catalog (PwProse *prose, const LessonCatalog *catalog);

/* What figures in the prose are painted with from now on; static. */
void pw_prose_set_palette (PwProse *prose, const ScenePalette *palette);

/* Where the reader is: marks the rows and keeps the current one in view. */
void pw_prose_set_cursor (PwProse *prose, guint64 cursor);

/* The cards of the lesson's questions that are there already, in reading order
 * (of PwQuestion, owned by the prose): at least those asked up to the cursor.
 * Exercises are not among them. */
GPtrArray *pw_prose_get_questions (PwProse *prose);

/* Scrolls to the heading of a section; nothing happens if there is none. */
void pw_prose_show_section (PwProse *prose, const char *id);

/* Goes where an address leads, one of uri.h: to a place of this lesson; if it
 * is one of another, "see" is emitted. */
void pw_prose_follow (PwProse *prose, const char *uri);

/* Scrolls so that a card can be seen. */
void pw_prose_reveal (PwProse *prose, GtkWidget *widget);

/* True while what it is to go to has no place yet, and it has not gone. */
gboolean pw_prose_is_waiting (PwProse *prose);

#endif
