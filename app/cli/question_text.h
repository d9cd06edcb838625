/* Printing what a question gives its reader: choices, tables, pages that are
 * wanted. */
#ifndef CLI_QUESTION_TEXT_H
#define CLI_QUESTION_TEXT_H

#include "question.h"

/* What stands in front of a choice. */
typedef enum { CLI_SIGN_LETTER, CLI_SIGN_NUMBER, CLI_SIGN_DOT } CliSign;

void cli_question_choices (const GPtrArray *choices, CliSign sign);

/* What stands in a cell that is not given: a line to write on, or its name in
 * an answer. */
typedef enum { CLI_BLANK_LINE, CLI_BLANK_NAME } CliBlank;

/* The table of a question to be filled in; key: the verdict of a right answer,
 * which is then shown in the cells, or NULL. */
void cli_question_table (LessonPlay *play, const LessonQuestionPlace *place,
                         const LessonVerdict *key, CliBlank blank);

/* All that a question of any kind gives. */
void cli_question_given (LessonPlay *play, const LessonQuestionPlace *place);

#endif
