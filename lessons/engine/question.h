/* Marking: an answer is right if the simulation says so. */
#ifndef LESSON_QUESTION_H
#define LESSON_QUESTION_H

#include "run.h"

typedef enum {
  LESSON_MARK_RIGHT,
  LESSON_MARK_WRONG,      /* why may hold the named mistake's text */
  LESSON_MARK_UNREADABLE, /* not a number, or no such choice */
  LESSON_MARK_NOT_SURE    /* the reader asked to be shown */
} LessonMark;

typedef struct {
  LessonMark mark;
  char *key; /* the right answer as text; CHOOSE: the choice's position */
  const LessonText *why; /* a named mistake's, or the question's `right` */
} LessonVerdict;

/* Marks a typed answer (PREDICT: a number in any spelling: hexadecimal with
 * or without 0x where the key has letters, decimal, binary, underscores,
 * spaces, K/M/G; CHOOSE: the choice's position from 1). NULL means "not
 * sure". The verdict's key is to be freed with lesson_verdict_clear. */
LessonVerdict lesson_question_mark (LessonPlay *play,
                                    const LessonQuestionPlace *place,
                                    const char *answer);
void lesson_verdict_clear (LessonVerdict *verdict);

#endif
