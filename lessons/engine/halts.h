/* The halts of a lesson: the steps of its machine at which a reader is led to
 * stop.
 *
 *   machine    0 1 2 3 4 5 6 7 8 9 ...    every probe, entry and question
 *   halts      0     3       7   9 ...    what the lesson speaks of
 *
 * A walk of four levels is a dozen steps, and a lesson on faults has hundreds
 * of them. Its author names those that matter (points of its beats). */
#ifndef LESSON_HALTS_H
#define LESSON_HALTS_H

#include "run.h"

/* The steps to stop at, ascending, as guint, counted from the lesson's first
 * cursor: 0, each point, the end of each beat, and where questions are asked;
 * of a beat without points every step. The caller owns it. */
GArray *lesson_halts_new (const LessonPlay *play);

/* The most halts in a row at which nothing is asked, and by last (NULL: not
 * wanted) the step of the last of them. Who only watches for long learns
 * little: the book's lessons keep it at five. */
guint lesson_halts_watched (const LessonPlay *play, const GArray *halts,
                            guint *last);

#endif
