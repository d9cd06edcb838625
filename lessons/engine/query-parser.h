/* What the two halves of the query reader share: query-names.c reads atoms that
 * name something, query.c everything around them. */
#ifndef LESSON_QUERY_PARSER_H
#define LESSON_QUERY_PARSER_H

#include "query.h"

#define LESSON_QUERY_NESTING 40

/* A value, or a word that waits for == to say which value it is. */
typedef struct {
  LessonValue value;
  const char *word; /* NULL: a value */
  gsize word_length;
  gsize offset;
} LessonOperand;

typedef struct {
  const char *text, *at;
  const LessonQueryContext *context; /* NULL: only the form is checked */
  LessonQueryFault *fault;
  guint nesting;
  guint skipping;       /* > 0: right of an && or || that is decided */
  const char *variable; /* a name that is known; may be NULL */
  const struct vm_geometry *geometry; /* inside in (): which; else NULL */
} LessonParser;

/* Says what is wrong at `at`; returns false. */
gboolean lesson_query_fail (LessonParser *p, const char *at, const char *format,
                            ...) G_GNUC_PRINTF (3, 4);

/* Skips blanks; the same, and takes the token if it stands there. */
void lesson_query_skip (LessonParser *p);
gboolean lesson_query_take (LessonParser *p, const char *token);

LessonOperand lesson_operand (guint64 v, LessonStyle style, gsize offset);

/* Parses everything that binds at least as strongly as operators of `level`;
 * 0 for a whole query. */
gboolean lesson_query_parse (LessonParser *p, guint level,
                             LessonOperand *result);

/* Parses a name, with its arguments if it has some, and asks the machine. */
gboolean lesson_query_parse_name (LessonParser *p, LessonOperand *result);

#endif
