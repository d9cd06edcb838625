/* What stands beside the stage: the prose, or in its place the transcript. */
#ifndef PW_TEXT_SIDE_H
#define PW_TEXT_SIDE_H

#include "playhead.h"
#include "prose.h"
#include "run.h"

typedef struct _PwTextSide PwTextSide;

/* Adds "transcript", which shows the one or the other, and "save-transcript"
 * to the actions. Free with pw_text_side_free, after its widget has gone. */
PwTextSide *pw_text_side_new (GActionMap *actions);
void pw_text_side_free (PwTextSide *side);

GtkWidget *pw_text_side_get_widget (PwTextSide *side);
PwProse *pw_text_side_get_prose (PwTextSide *side);

/* The lesson, its playhead and its identity; NULL thrice for none. */
void pw_text_side_set_lesson (PwTextSide *side, LessonPlay *play,
                              PwPlayhead *head, const char *id);

/* Shows the transcript and searches it; nothing while presenting. */
void pw_text_side_search (PwTextSide *side);

#endif
