/* The actions "lesson.…" that step through a lesson and set its speed. */
#ifndef PW_LESSON_ACTIONS_H
#define PW_LESSON_ACTIONS_H

#include <gio/gio.h>

#include "playhead.h"
#include "run.h"

typedef struct _PwLessonActions PwLessonActions;

/* Free with pw_lesson_actions_free. */
PwLessonActions *pw_lesson_actions_new (void);
void pw_lesson_actions_free (PwLessonActions *actions);

/* What they act on; NULL and NULL for nothing. Both must live until another
 * lesson is set. */
void pw_lesson_actions_set_lesson (PwLessonActions *actions, LessonPlay *play,
                                   PwPlayhead *head);

/* Offers what can be done at the present step. */
void pw_lesson_actions_update (PwLessonActions *actions);

/* Others may add theirs to it: it is a GActionMap, too. */
GActionGroup *pw_lesson_actions_get_group (PwLessonActions *actions);

#endif
