/* A lesson with values of one's own: another address, another seed. */
#ifndef LESSON_VARIATION_H
#define LESSON_VARIATION_H

#include "run.h"

/* An operation of the lesson in other words. */
typedef struct {
  char *beat;  /* its id; NULL: the machine is set up otherwise */
  guint index; /* of the operation, from 0 */
  char *line;
} LessonVariation;

LessonVariation *lesson_variation_new (const char *beat, guint index,
                                       const char *line);
void lesson_variation_free (LessonVariation *variation);

/* Where in an operation's line the value stands that is varied first: its
 * address, its seed, or else the first value. False if it has none. */
gboolean lesson_variation_find_value (const char *line, guint *start,
                                      guint *end);

/* The same with its name, such as "va=0x1000"; the whole line if it has none.
 * To be freed. */
char *lesson_variation_value (const char *line);

/* Changes a document that nobody plays yet, and plays it. What the lesson says
 * about operations was written for its own values, and goes: prose, points,
 * claims, and the questions about a beat that was varied, or about all if the
 * machine was. Those about others stay if their steps are still there. NULL,
 * and problems, if an operation cannot be done. */
LessonPlay *lesson_variation_play (LessonDocument *document,
                                   const GPtrArray *variations,
                                   LessonProblems *problems);

#endif
