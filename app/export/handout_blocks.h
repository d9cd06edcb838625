/* What is only read of a lesson, on paper. */
#ifndef EXPORT_HANDOUT_BLOCKS_H
#define EXPORT_HANDOUT_BLOCKS_H

#include "page.h"
#include "run.h" /* of the lesson engine */

/* A block, from x on to the right end of lines; beats, questions and exercises
 * give nothing. */
void export_handout_block (ScenePage *page, LessonPlay *play,
                           const LessonBlock *block, double x);

/* A line with a sign in front of it: "•". */
void export_handout_item (ScenePage *page, const char *sign, const char *markup,
                          double x, const char *font);

#endif
