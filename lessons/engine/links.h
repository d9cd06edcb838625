/* What points from one place of a lesson to another, or to another lesson. */
#ifndef LESSON_LINKS_H
#define LESSON_LINKS_H

#include "catalog.h"
#include "run.h"

/* Reports every <see> of this lesson whose section or beat is not there. What
 * leads to other lessons is left to lesson_links_check_book. */
void lesson_links_check (const LessonDocument *document,
                         LessonProblems *problems);

/* Reports what leads to other lessons and finds nothing: prerequisites, <see>,
 * and words that nobody defines. */
void lesson_links_check_book (const LessonDocument *document,
                              const LessonCatalog *catalog,
                              LessonProblems *problems);

/* Reports every <see> to a step that its beat does not have. */
void lesson_links_check_steps (LessonPlay *play, LessonProblems *problems);

#endif
