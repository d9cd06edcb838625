/* Helping with an operation that cannot be read. */
#ifndef LESSON_OP_HINT_H
#define LESSON_OP_HINT_H

#include "problem.h"

/* What is wrong with the line of an operation, and what would be right where
 * the op table knows: lesson_error_text, and the word that was meant or those
 * that there are. To be freed with g_free. */
char *lesson_op_error_text (const char *line, const struct vm_error *error);

#endif
