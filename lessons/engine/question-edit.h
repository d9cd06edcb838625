/* An entry to be edited, and the goals that its edit must reach. */
#ifndef LESSON_QUESTION_EDIT_H
#define LESSON_QUESTION_EDIT_H

#include "question-entry.h"
#include "question.h"

/* The entry as it is when the question is asked. */
typedef struct {
  LessonEntryForm form;
  guint64 pa, raw;
} LessonEdited;

/* False, and *why (to be freed) if it is not NULL, if the machine has no such
 * entry then. */
gboolean lesson_edited_find (LessonPlay *play, const LessonQuestionPlace *place,
                             LessonEdited *edited, char **why);

/* What an entry leads to: bit i of *reached says that goal i is. False, and
 * *why (to be freed) if it is not NULL, if it cannot be tried. */
gboolean lesson_edited_try (LessonPlay *play, const LessonQuestionPlace *place,
                            const LessonEdited *edited, guint64 raw,
                            guint *reached, char **why);

/* A value of the question at the moment when it is asked. */
gboolean lesson_question_given (LessonPlay *play,
                                const LessonQuestionPlace *place,
                                const char *query, guint64 *value, char **why);

#endif
