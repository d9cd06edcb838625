/* Reads and answers queries: a recursive descent, one function a rule. */
#include "query.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "query-parser.h"
#include "values.h"

gboolean
lesson_query_fail (LessonParser *p, const char *at, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  p->fault->why = g_strdup_vprintf (format, arguments);
  p->fault->offset = (gsize) (at - p->text);
  va_end (arguments);
  return FALSE;
}

void
lesson_query_skip (LessonParser *p)
{
  while (g_ascii_isspace (*p->at))
    p->at++;
}

gboolean
lesson_query_take (LessonParser *p, const char *token)
{
  lesson_query_skip (p);
  if (!g_str_has_prefix (p->at, token))
    return FALSE;
  p->at += strlen (token);
  return TRUE;
}

LessonOperand
lesson_operand (guint64 v, LessonStyle style, gsize offset)
{
  return (LessonOperand){.value = {v, style}, .offset = offset};
}

static gboolean
lesson_query_parse_number (LessonParser *p, LessonOperand *result)
{
  const char *begin = p->at;
  char digits[80];
  gsize length = 0;
  guint64 value;

  for (; g_ascii_isalnum (*p->at) || *p->at == '_'; p->at++)
    if (*p->at != '_' && length < sizeof digits)
      digits[length++] = *p->at;
  if (!vm_number_parse (digits, length, &value))
    return lesson_query_fail (
        p, begin, _ ("“%.*s” is not a number; write 12, 0xc, 0b1100 or 4K"),
        (int) MIN (p->at - begin, 40), begin);

  gboolean decimal = begin[0] != '0' || length == 1;
  *result = lesson_operand (value,
                            decimal ? LESSON_STYLE_DECIMAL : LESSON_STYLE_HEX,
                            (gsize) (begin - p->text));
  return TRUE;
}

/* Operators --------------------------------------------------------------- */

static gboolean
parse_atom (LessonParser *p, LessonOperand *result)
{
  lesson_query_skip (p);
  if (g_ascii_isdigit (*p->at))
    return lesson_query_parse_number (p, result);
  if (g_ascii_isalpha (*p->at))
    return lesson_query_parse_name (p, result);
  if (!lesson_query_take (p, "("))
    return lesson_query_fail (p, p->at,
                              *p->at == '\0'
                                  ? _ ("the query ends where a value is needed")
                                  : _ ("a value is needed here"));
  if (!lesson_query_parse (p, 0, result))
    return FALSE;
  return lesson_query_take (p, ")")
         || lesson_query_fail (p, p->at, _ ("“)” is missing here"));
}

static gboolean
parse_unary (LessonParser *p, LessonOperand *result)
{
  char signs[LESSON_QUERY_NESTING];
  guint count = 0;

  lesson_query_skip (p);
  for (; strchr ("!~-", *p->at) != NULL && *p->at != '\0'; p->at++) {
    if (count == LESSON_QUERY_NESTING)
      return lesson_query_fail (p, p->at, _ ("the query is nested too deeply"));
    signs[count++] = *p->at;
    lesson_query_skip (p);
  }
  if (!parse_atom (p, result))
    return FALSE;
  if (count > 0 && result->word != NULL)
    return lesson_query_fail (p, result->word,
                              _ ("a word has no value of its own"));

  while (count > 0) {
    guint64 v = result->value.v;
    char sign = signs[--count];
    result->value.v = sign == '!' ? v == 0 : sign == '~' ? ~v : -v;
    if (sign == '!')
      result->value.style = LESSON_STYLE_FLAG;
  }
  return TRUE;
}

/* The binary operators, weakest first; longer ones before their beginnings. */
enum { OR, AND, BITS, MIXED, BOTH, EQUAL, ORDER, SHIFT, SUM, TERM, LEVELS };

static const char *const operators[LEVELS][5] = {
    [OR] = {"||"},
    [AND] = {"&&"},
    [BITS] = {"|"},
    [MIXED] = {"^"},
    [BOTH] = {"&"},
    [EQUAL] = {"==", "!="},
    [ORDER] = {"<=", ">=", "<", ">"},
    [SHIFT] = {"<<", ">>"},
    [SUM] = {"+", "-"},
    [TERM] = {"*", "/", "%"},
};

/* Takes an operator of the level; NULL if none stands here. */
static const char *
take_operator (LessonParser *p, guint level)
{
  lesson_query_skip (p);
  /* A single | & < > must not be the beginning of a doubled one. */
  gboolean doubled = *p->at != '\0' && strchr ("|&<>", *p->at) != NULL
                     && p->at[1] == *p->at;

  for (guint i = 0; operators[level][i] != NULL; i++) {
    const char *o = operators[level][i];
    if (doubled && o[1] != o[0])
      continue;
    if (lesson_query_take (p, o))
      return o;
  }
  return NULL;
}

/* Gives a word the value that it has beside the other operand. */
static gboolean
settle_word (LessonParser *p, LessonOperand *word, const LessonOperand *other)
{
  if (word->word == NULL)
    return TRUE;
  if (other->word == NULL
      && lesson_value_of_word (other->value.style, word->word,
                               word->word_length, &word->value.v)) {
    word->value.style = other->value.style;
    word->word = NULL;
    return TRUE;
  }
  return lesson_query_fail (p, word->word,
                            _ ("the other side can never be “%.*s”"),
                            (int) word->word_length, word->word);
}

/* Addresses stay addresses when they are calculated with. */
static LessonStyle
style_of_result (guint level, LessonStyle a, LessonStyle b)
{
  if (level <= AND || level == EQUAL || level == ORDER)
    return LESSON_STYLE_FLAG;
  if (level == SHIFT)
    return a;
  return a == LESSON_STYLE_HEX || b == LESSON_STYLE_HEX ? LESSON_STYLE_HEX
                                                        : LESSON_STYLE_DECIMAL;
}

static guint64
calculate (const char *o, guint64 a, guint64 b)
{
  switch (o[0]) {
  case '|':
    return o[1] == '|' ? a != 0 || b != 0 : a | b;
  case '&':
    return o[1] == '&' ? a != 0 && b != 0 : a & b;
  case '^':
    return a ^ b;
  case '=':
    return a == b;
  case '!':
    return a != b;
  case '<':
    if (o[1] == '<')
      return b < 64 ? a << b : 0;
    return o[1] == '=' ? a <= b : a < b;
  case '>':
    if (o[1] == '>')
      return b < 64 ? a >> b : 0;
    return o[1] == '=' ? a >= b : a > b;
  case '+':
    return a + b;
  case '-':
    return a - b;
  case '*':
    return a * b;
  case '/':
    return b == 0 ? 0 : a / b;
  case '%':
    return b == 0 ? 0 : a % b;
  default:
    g_return_val_if_reached (0);
  }
}

static gboolean
combine (LessonParser *p, guint level, const char *o, LessonOperand *left,
         LessonOperand *right)
{
  gboolean counting = p->context != NULL && p->skipping == 0;

  if (level == EQUAL
      && (!settle_word (p, left, right) || !settle_word (p, right, left)))
    return FALSE;
  if (left->word != NULL || right->word != NULL)
    return lesson_query_fail (p, left->word != NULL ? left->word : right->word,
                              _ ("a word can only be compared, with == or !="));
  if (counting && right->value.v == 0 && (o[0] == '/' || o[0] == '%')) {
    p->fault->why = g_strdup (_ ("this divides by zero"));
    p->fault->offset = right->offset;
    return FALSE;
  }

  left->value.style
      = style_of_result (level, left->value.style, right->value.style);
  left->value.v = calculate (o, left->value.v, right->value.v);
  return TRUE;
}

/* True if what is left of && or || settles the matter. */
static gboolean
is_decided (guint level, const LessonOperand *left)
{
  return (level == OR && left->value.v != 0)
         || (level == AND && left->value.v == 0);
}

gboolean
lesson_query_parse (LessonParser *p, guint level, LessonOperand *result)
{
  if (level == LEVELS)
    return parse_unary (p, result);
  if (level == 0 && ++p->nesting > LESSON_QUERY_NESTING)
    return lesson_query_fail (p, p->at, _ ("the query is nested too deeply"));
  if (!lesson_query_parse (p, level + 1, result))
    return FALSE;

  const char *o;
  while ((o = take_operator (p, level)) != NULL) {
    LessonOperand right;
    guint skip = result->word == NULL && is_decided (level, result);
    p->skipping += skip;
    gboolean good = lesson_query_parse (p, level + 1, &right);
    p->skipping -= skip;
    if (!good || !combine (p, level, o, result, &right))
      return FALSE;
  }
  if (level == 0)
    p->nesting--;
  return TRUE;
}

static gboolean
parse_query (LessonParser *p, LessonValue *value)
{
  LessonOperand result;

  if (!lesson_query_parse (p, 0, &result))
    return FALSE;
  lesson_query_skip (p);
  if (*p->at != '\0')
    return lesson_query_fail (p, p->at,
                              _ ("an operator or the end is needed here"));
  if (result.word != NULL)
    return lesson_query_fail (p, result.word,
                              _ ("a word can only be compared, with == or !="));
  *value = result.value;
  return TRUE;
}

/* Public ------------------------------------------------------------------ */

gboolean
lesson_query_ask (const char *query, const LessonQueryContext *context,
                  LessonValue *value, LessonQueryFault *fault)
{
  LessonParser parser = {.text = query,
                         .at = query,
                         .context = context,
                         .fault = fault,
                         .variable = context->variable};

  *fault = (LessonQueryFault){0};
  return parse_query (&parser, value);
}

gboolean
lesson_query_check (const char *query, LessonValue *value,
                    LessonQueryFault *fault)
{
  return lesson_query_check_with (query, NULL, value, fault);
}

gboolean
lesson_query_check_with (const char *query, const char *variable,
                         LessonValue *value, LessonQueryFault *fault)
{
  LessonParser parser
      = {.text = query, .at = query, .fault = fault, .variable = variable};

  *fault = (LessonQueryFault){0};
  return parse_query (&parser, value);
}

void
lesson_query_fault_clear (LessonQueryFault *fault)
{
  g_clear_pointer (&fault->why, g_free);
}
