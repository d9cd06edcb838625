/* What a lesson tells its teacher, in the order of the lesson: notes for
 * whoever presents, wrong answers to expect, notes about the whole. Readers do
 * not come across it; it is asked for. */
#ifndef PW_TEACHING_H
#define PW_TEACHING_H

#include <gtk/gtk.h>

#include "catalog.h"
#include "playhead.h"
#include "run.h"

#define PW_TYPE_TEACHING (pw_teaching_get_type ())
G_DECLARE_FINAL_TYPE (PwTeaching, pw_teaching, PW, TEACHING, GtkWidget)

/* Its button activates "lesson.teacher", which hides it. Signal: "see"
 * (string), the reader follows a link; the address is one of uri.h. */
GtkWidget *pw_teaching_new (void);

/* The lesson and its playhead, which it follows, and moves when the title of a
 * beat is chosen; both must live until others are set. NULL and NULL for none.
 */
void pw_teaching_set_lesson (PwTeaching *teaching, LessonPlay *play,
                             PwPlayhead *head);

/* Where words of other lessons are explained, for the lessons set from now on;
 * must outlive it. NULL for none. */
void pw_teaching_set_catalog (PwTeaching *teaching,
                              const LessonCatalog *catalog);

/* False if the lesson says nothing to its teacher. */
gboolean pw_teaching_is_needed (const LessonDocument *document);

#endif
