/* Wrong values about which there is more to say than that they are wrong: for
 * those who mark answers where no machine is at hand. */
#ifndef LESSON_QUESTION_SLIPS_H
#define LESSON_QUESTION_SLIPS_H

#include "query.h"
#include "question.h"

/* The right value of a question that asks for one, or of a cell of its table;
 * cell may be NULL. False if the machine has none. */
gboolean lesson_question_key (LessonPlay *play,
                              const LessonQuestionPlace *place,
                              const LessonCell *cell, LessonValue *key);

/* All values that may have words of their own, of guint64: the named mistakes',
 * then those of the book's misconceptions, in the order in which marking looks
 * for them. What is said of each, marking says. Free with g_array_unref. */
GArray *lesson_question_slips (LessonPlay *play,
                               const LessonQuestionPlace *place,
                               const LessonCell *cell);

#endif
