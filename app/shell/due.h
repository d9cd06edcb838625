/* Questions at their time: each is asked just before the step that answers it.
 */
#ifndef PW_DUE_H
#define PW_DUE_H

#include "playhead.h"
#include "prose.h"
#include "run.h"

/* Marks the cards of the prose whose questions are asked at a step of the
 * machine and not settled yet, and shows them. */
void pw_due_show (PwProse *prose, const LessonPlay *play, guint64 cursor);

/* Playing pauses where a question is asked that is not settled yet, be its card
 * there or still to come. */
void pw_due_set_stops (PwProse *prose, const LessonPlay *play,
                       PwPlayhead *head);

#endif
