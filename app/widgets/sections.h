/* Where the sections of a lesson begin, as steps of its machine. */
#ifndef PW_SECTIONS_H
#define PW_SECTIONS_H

#include "run.h"

/* The section at a cursor: the last one that has begun, be it with the next
 * step. Sections in which nothing happens are passed over. */
const LessonSection *pw_sections_at (const LessonPlay *play, guint64 cursor);

/* Where the next section begins, or the end; where this one began, or the one
 * before if the cursor stands there. */
guint64 pw_sections_next (const LessonPlay *play, guint64 cursor);
guint64 pw_sections_previous (const LessonPlay *play, guint64 cursor);

#endif
