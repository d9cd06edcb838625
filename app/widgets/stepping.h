/* The ways to step through a lesson, by name. */
#ifndef PW_STEPPING_H
#define PW_STEPPING_H

#include "playhead.h"
#include "run.h"

/* "first", "back", "play", "step", "last", "over", "over-back", "out",
 * "faster", "slower", "one", "one-back"; NULL-terminated. */
const char *const *pw_stepping_names (void);

/* Does one of them. "step" and "back" go from halt to halt of the lesson, "one"
 * and "one-back" by one step of the machine. "over" goes past everything nested
 * in the next step, "over-back" is its way back, "out" goes to the end of what
 * encloses it. */
void pw_stepping_do (const char *name, LessonPlay *play, PwPlayhead *head);

#endif
