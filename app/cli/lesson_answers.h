/* Answering a lesson's questions from a file. */
#ifndef CLI_LESSON_ANSWERS_H
#define CLI_LESSON_ANSWERS_H

#include "lesson.h"

/* Reads answers, "-" from standard input: "ID: ANSWER" a line, in the form that
 * question.h describes; "?" is "not sure"; empty lines and such that begin with
 * a # count for nothing. Marks each, prints the marks and how many are right.
 * Fails at the first line that is no answer to a question of the lesson. */
CliStatus cli_lesson_answer (const CliLesson *lesson, const char *file,
                             gboolean json);

#endif
