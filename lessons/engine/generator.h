/* Makes one exercise out of a generator: rolls its numbers, takes out what does
 * not belong to them, and puts them where their names stand.
 *
 *   <numbers>                       vary: a number or a word, from the seed
 *     <vary name= from= to= step=>  let: what follows from the others
 *     <vary name= of="a b c"/>      require: else everything is rolled again
 *     <let name= is=/>
 *     <require that=/>
 *
 * Every element behind <numbers> may say for which levels it is there
 * (for="2 3") and under which condition (only="QUERY"); a <do> may be repeated
 * (each="i" times="QUERY"). What stands between braces is a number; see
 * numbers.h. Texts are left as they are, for translators have seen them so: who
 * loads them fills them. */
#ifndef LESSON_GENERATOR_H
#define LESSON_GENERATOR_H

#include "loader.h"
#include "exercise-numbers.h"
#include "random.h"

#define LESSON_LEVELS_OF_DIFFICULTY 3u

/* Rolls the numbers below <numbers>, a child of the root, in order. False, and
 * problems, if one makes no sense or no roll meets what is required. */
gboolean lesson_generator_roll (LessonLoader *loader, xmlNode *root,
                                guint level, LessonRandom *random,
                                LessonNumbers *numbers);

/* Changes the tree so that it is an exercise with these numbers: one question
 * is left, which the seed chooses. False, and problems, if it cannot be. */
gboolean lesson_generator_apply (LessonLoader *loader, xmlNode *root,
                                 guint level, LessonRandom *random,
                                 const LessonNumbers *numbers);

#endif
