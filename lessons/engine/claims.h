/* Checking claims: what the check of questions shares with the rest. */
#ifndef LESSON_CLAIMS_H
#define LESSON_CLAIMS_H

#include "query.h"

/* Goes through a lesson in reading order; beat and at say which machine the
 * text that is reached speaks of. */
typedef struct {
  LessonPlay *play;
  LessonProblems *problems;
  int beat; /* -1: before the first */
  guint64 at;
} LessonChecker;

void lesson_checker_complain (LessonChecker *c, LessonPlace place,
                              const char *format, ...) G_GNUC_PRINTF (3, 4);

/* Asks; a problem at `place` if there is no answer. */
gboolean lesson_checker_ask (LessonChecker *c, LessonPlace place,
                             const char *query, LessonValue *value);

/* Checks the numbers in a text, which may be NULL, or in several. */
void lesson_checker_text (LessonChecker *c, const LessonText *text);
void lesson_checker_texts (LessonChecker *c, const GPtrArray *texts);

/* Checks a question: that its right answer is marked right, and each of its
 * wrong ones wrong. */
void lesson_checker_question (LessonChecker *c, const LessonQuestion *question);

#endif
