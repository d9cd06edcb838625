/* What stands beside the stage: the prose, or in its place the transcript, or
 * what the lesson tells its teacher. */
#ifndef PW_TEXT_SIDE_H
#define PW_TEXT_SIDE_H

#include "playhead.h"
#include "prose.h"
#include "run.h"

typedef struct _PwTextSide PwTextSide;

/* Adds "transcript" and "teacher", each of which shows its page or the prose,
 * and "save-transcript" to the actions. Free with pw_text_side_free, after its
 * widget has gone. */
PwTextSide *pw_text_side_new (GActionMap *actions);
void pw_text_side_free (PwTextSide *side);

GtkWidget *pw_text_side_get_widget (PwTextSide *side);
PwProse *pw_text_side_get_prose (PwTextSide *side);

/* Where words of other lessons are explained, for the lessons set from now on;
 * must outlive the widget. NULL for none. */
void pw_text_side_set_catalog (PwTextSide *side, const LessonCatalog *catalog);

/* The lesson, its playhead and its identity; NULL thrice for none. */
void pw_text_side_set_lesson (PwTextSide *side, LessonPlay *play,
                              PwPlayhead *head, const char *id);

/* Shows the transcript and searches it; nothing while presenting. */
void pw_text_side_search (PwTextSide *side);

#endif
