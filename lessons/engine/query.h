/* Questions to the machine, as small expressions.
 *
 *   query   = or
 *   or      = and { "||" and }           and   = bits { "&&" bits }
 *   bits    = mixed { "|" mixed }        mixed = both { "^" both }
 *   both    = equal { "&" equal }        equal = order { "==" | "!=" order }
 *   order   = shift { "<" "<=" ">" ">=" shift }
 *   shift   = sum { "<<" | ">>" sum }    sum   = term { "+" | "-" term }
 *   term    = unary { "*" | "/" | "%" unary }
 *   unary   = { "!" | "~" | "-" } atom
 *   atom    = NUMBER | NAME | NAME "(" arguments ")" | "(" query ")"
 *           | "in" "(" GEOMETRY "," query ")"
 *
 * That is C's order. Values are unsigned and 64 bits wide. A number is written
 * as in a script, underscores allowed; a name may hold hyphens, so a minus
 * sign behind a name needs a space before it. A name without parentheses is a
 * value of the machine or, beside == and !=, a word such as miss.
 * lessons/schema/README.md lists the names. */
#ifndef LESSON_QUERY_H
#define LESSON_QUERY_H

#include "run.h"

/* What a value is, which decides how it is written and which words it has. */
typedef enum {
  LESSON_STYLE_DECIMAL,
  LESSON_STYLE_HEX,
  LESSON_STYLE_FLAG,    /* 1 or 0: yes, no */
  LESSON_STYLE_TLB,     /* hit, miss */
  LESSON_STYLE_ACCESS,  /* read, write, fetch */
  LESSON_STYLE_MODE,    /* kernel, user */
  LESSON_STYLE_FAULT,   /* none, not-present, ... */
  LESSON_STYLE_VERDICT, /* allowed, ... */
  LESSON_STYLE_ROLE,    /* of a frame */
  LESSON_STYLE_WINDOW,  /* ram, rom, device, hole */
  LESSON_STYLES
} LessonStyle;

typedef struct {
  guint64 v;
  LessonStyle style;
} LessonValue;

/* Why a query has no value, translated, and at which byte of it. */
typedef struct {
  char *why;
  gsize offset;
} LessonQueryFault;

/* See numbers.h. */
struct _LessonNumbers;

/* Where a query is asked. at is only for looking; the machine must stand
 * there already. beat may be NULL: then there is only what came before. */
typedef struct {
  struct vm_machine *machine;
  const LessonBeatRange *beat;
  guint64 at;
  const char *variable; /* a name that has a value here; may be NULL */
  guint64 variable_value;
  const struct _LessonNumbers *numbers; /* names that have values, before all
                                           others; may be NULL. Without a
                                           machine only these are known, and
                                           geometries */
} LessonQueryContext;

/* Answers the query. False and *fault (to be cleared) if it has no answer.
 * May move the machine's cursor for a moment, and puts it back. */
gboolean lesson_query_ask (const char *query, const LessonQueryContext *context,
                           LessonValue *value, LessonQueryFault *fault);

/* The same for a lesson at the cursor `at`, in the context of a beat (-1: of
 * none). Leaves the lesson's cursor alone. */
gboolean lesson_play_ask (LessonPlay *play, int beat, guint64 at,
                          const char *query, LessonValue *value,
                          LessonQueryFault *fault);

/* True if the query can be read: grammar, names and numbers of arguments.
 * Gives the style of its value; the value itself is meaningless. */
gboolean lesson_query_check (const char *query, LessonValue *value,
                             LessonQueryFault *fault);

/* The same where a variable is known, too. */
gboolean lesson_query_check_with (const char *query, const char *variable,
                                  LessonValue *value, LessonQueryFault *fault);

/* True if the name means something to the machine already. */
gboolean lesson_query_is_name (const char *name);

void lesson_query_fault_clear (LessonQueryFault *fault);

/* A value as its style writes it: "0x344", "68", "miss"; to be freed. */
char *lesson_value_to_string (LessonValue value);

/* The value of a word in a style, such as "miss". */
gboolean lesson_value_of_word (LessonStyle style, const char *word,
                               gsize length, guint64 *value);

/* The same as a reader writes it, in any of the book's languages and in any
 * case. */
gboolean lesson_value_of_written_word (LessonStyle style, const char *written,
                                       guint64 *value);

/* The i-th word of a style, or NULL. */
const char *lesson_style_word (LessonStyle style, guint64 i);

/* The same in the reader's language. */
const char *lesson_style_word_translated (LessonStyle style, guint64 i);

/* A step kind by its name; VM_STEP_KINDS if there is none. */
enum vm_step_kind lesson_step_kind (const char *name, gsize length);

/* The position of a kind's value by its name, or -1; *style says what it is. */
int lesson_step_value (enum vm_step_kind kind, const char *name, gsize length,
                       LessonStyle *style);

#endif
