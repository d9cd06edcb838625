/* Where a reader stands in a lesson that was changed meanwhile. */
#ifndef LESSON_RESUME_H
#define LESSON_RESUME_H

#include "run.h"

/* The cursor of `to` that shows what `cursor` shows in `from`, an earlier
 * version of the same lesson: in the beat of the same id (or, if it was
 * renamed, the one in its place), the step of the same point, or else the same
 * one of its kind. Without that beat: the end of the last one before it that is
 * still there. May move the cursors of both machines. */
guint64 lesson_play_resume (LessonPlay *from, guint64 cursor, LessonPlay *to);

#endif
