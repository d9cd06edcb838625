/* Reads and answers queries: a recursive descent, one function a rule. */
#include "query.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "suggest.h"
#include "values.h"

#define MAX_NESTING 40

/* A value, or a word that waits for == to say which value it is. */
typedef struct {
  LessonValue value;
  const char *word; /* NULL: a value */
  gsize word_length;
  gsize offset;
} Operand;

typedef struct {
  const char *text, *at;
  const LessonQueryContext *context; /* NULL: only the form is checked */
  LessonQueryFault *fault;
  guint nesting;
  guint skipping; /* > 0: right of an && or || that is decided */
} Parser;

static gboolean parse_binary (Parser *p, guint level, Operand *result);

static gboolean G_GNUC_PRINTF (3, 4)
    fail (Parser *p, const char *at, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  p->fault->why = g_strdup_vprintf (format, arguments);
  p->fault->offset = (gsize) (at - p->text);
  va_end (arguments);
  return FALSE;
}

static void
skip_space (Parser *p)
{
  while (g_ascii_isspace (*p->at))
    p->at++;
}

static gboolean
take (Parser *p, const char *token)
{
  skip_space (p);
  if (!g_str_has_prefix (p->at, token))
    return FALSE;
  p->at += strlen (token);
  return TRUE;
}

static Operand
operand_of (guint64 v, LessonStyle style, gsize offset)
{
  return (Operand){.value = {v, style}, .offset = offset};
}

/* Letters, digits and hyphens between them. */
static gsize
name_length (const char *text)
{
  gsize length = 0;

  if (!g_ascii_isalpha (text[0]))
    return 0;
  while (g_ascii_isalnum (text[length])
         || (text[length] == '-' && g_ascii_isalnum (text[length + 1])))
    length++;
  return length;
}

static gboolean
parse_number (Parser *p, Operand *result)
{
  const char *begin = p->at;
  char digits[80];
  gsize length = 0;
  guint64 value;

  for (; g_ascii_isalnum (*p->at) || *p->at == '_'; p->at++)
    if (*p->at != '_' && length < sizeof digits)
      digits[length++] = *p->at;
  if (!vm_number_parse (digits, length, &value))
    return fail (p, begin,
                 _ ("“%.*s” is not a number; write 12, 0xc, 0b1100 or 4K"),
                 (int) MIN (p->at - begin, 40), begin);

  gboolean decimal = begin[0] != '0' || length == 1;
  *result = operand_of (value,
                        decimal ? LESSON_STYLE_DECIMAL : LESSON_STYLE_HEX,
                        (gsize) (begin - p->text));
  return TRUE;
}

/* Names ------------------------------------------------------------------- */

static const LessonName *
find_name (const char *name, gsize length)
{
  for (const LessonName *n = lesson_names; n->name != NULL; n++)
    if (strlen (n->name) == length && memcmp (n->name, name, length) == 0)
      return n;
  return NULL;
}

static gboolean
is_word (const char *word, gsize length)
{
  guint64 value;

  for (int style = 0; style < LESSON_STYLES; style++)
    if (lesson_value_of_word ((LessonStyle) style, word, length, &value))
      return TRUE;
  return FALSE;
}

/* The name that the reader may have meant. */
static gboolean
fail_name (Parser *p, const char *name, gsize length)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *word = g_strndup (name, MIN (length, 40));

  for (const LessonName *n = lesson_names; n->name != NULL; n++)
    g_ptr_array_add (names, (gpointer) n->name);
  g_ptr_array_add (names, NULL);
  if (strchr (word, '-') != NULL) {
    g_autofree char *first = g_strndup (word, strcspn (word, "-"));
    if (find_name (first, strlen (first)) != NULL)
      return fail (p, name,
                   _ ("there is no “%s”; put a space before a minus sign"),
                   word);
  }

  g_autofree char *hint
      = lesson_suggest (word, (const char *const *) names->pdata);
  return fail (p, name, _ ("the machine has no “%s”; %s"), word, hint);
}

static gboolean
fail_argument (Parser *p, const char *word, gsize length,
               const char *const *words)
{
  g_autofree char *name = g_strndup (word, MIN (length, 40));
  g_autofree char *hint = lesson_suggest (name, words);

  return fail (p, word, _ ("“%s” is unknown here; %s"), name, hint);
}

static gboolean
parse_counter (Parser *p, guint64 *argument)
{
  skip_space (p);
  gsize length = name_length (p->at);
  for (guint i = 0; lesson_counters[i] != NULL; i++) {
    if (strlen (lesson_counters[i]) != length
        || memcmp (lesson_counters[i], p->at, length) != 0)
      continue;
    *argument = i;
    p->at += length;
    return TRUE;
  }
  return fail_argument (p, p->at, length, lesson_counters);
}

static gboolean
parse_step_kind (Parser *p, guint64 *argument)
{
  const char *names[VM_STEP_KINDS + 1] = {NULL};

  skip_space (p);
  gsize length = name_length (p->at);
  *argument = lesson_step_kind (p->at, length);
  if (*argument == VM_STEP_KINDS) {
    for (int k = 0; k < VM_STEP_KINDS; k++)
      names[k] = vm_step_info_of ((enum vm_step_kind) k)->name;
    return fail_argument (p, p->at, length, names);
  }
  p->at += length;
  return TRUE;
}

static gboolean
parse_step_value (Parser *p, guint64 kind, guint64 *argument,
                  LessonStyle *style)
{
  const char *names[VM_STEP_VALUES + 1] = {NULL};

  skip_space (p);
  gsize length = name_length (p->at);
  int value
      = lesson_step_value ((enum vm_step_kind) kind, p->at, length, style);
  if (value < 0) {
    const struct vm_step_info *info
        = vm_step_info_of ((enum vm_step_kind) kind);
    for (int i = 0; i < VM_STEP_VALUES; i++)
      names[i] = info->values[i].name;
    return fail_argument (p, p->at, length, names);
  }
  *argument = (guint64) value;
  p->at += length;
  return TRUE;
}

static gboolean
parse_number_argument (Parser *p, guint64 *argument)
{
  Operand operand;

  if (!parse_binary (p, 0, &operand))
    return FALSE;
  if (operand.word != NULL)
    return fail (p, operand.word, _ ("a number is needed here"));
  *argument = operand.value.v;
  return TRUE;
}

static gboolean
parse_arguments (Parser *p, const LessonName *name, guint64 *arguments,
                 LessonStyle *style)
{
  for (guint i = 0; name->arguments[i] != '\0'; i++) {
    gboolean good = FALSE;
    if (i > 0 && !take (p, ","))
      return fail (p, p->at, _ ("“%s” needs %u arguments"), name->name,
                   (guint) strlen (name->arguments));
    switch (name->arguments[i]) {
    case 'c':
      good = parse_counter (p, &arguments[i]);
      break;
    case 'k':
      good = parse_step_kind (p, &arguments[i]);
      break;
    case 'v':
      good = parse_step_value (p, arguments[0], &arguments[i], style);
      break;
    case 'n':
      good = parse_number_argument (p, &arguments[i]);
      break;
    default:
      g_assert_not_reached ();
    }
    if (!good)
      return FALSE;
  }
  return take (p, ")") || fail (p, p->at, _ ("“)” is missing here"));
}

static gboolean
parse_name (Parser *p, Operand *result)
{
  const char *begin = p->at;
  gsize length = name_length (begin);
  const LessonName *name = find_name (begin, length);
  guint64 arguments[LESSON_MAX_ARGUMENTS] = {0};

  p->at += length;
  gboolean call = take (p, "(");
  if (!call && (name == NULL || name->arguments[0] != '\0')
      && is_word (begin, length)) {
    *result = (Operand){.word = begin,
                        .word_length = length,
                        .offset = (gsize) (begin - p->text)};
    return TRUE;
  }
  if (name == NULL)
    return fail_name (p, begin, length);
  if (call != (name->arguments[0] != '\0'))
    return fail (p, begin,
                 call ? _ ("“%s” takes no arguments")
                      : _ ("“%s” needs arguments in parentheses"),
                 name->name);

  LessonStyle style = name->style;
  if (call && !parse_arguments (p, name, arguments, &style))
    return FALSE;
  *result = operand_of (0, style, (gsize) (begin - p->text));
  if (p->context == NULL || p->skipping > 0)
    return TRUE;
  if (name->answer (p->context, name->subject, arguments, &result->value.v,
                    &p->fault->why))
    return TRUE;
  p->fault->offset = result->offset;
  return FALSE;
}

/* Operators --------------------------------------------------------------- */

static gboolean
parse_atom (Parser *p, Operand *result)
{
  skip_space (p);
  if (g_ascii_isdigit (*p->at))
    return parse_number (p, result);
  if (g_ascii_isalpha (*p->at))
    return parse_name (p, result);
  if (!take (p, "("))
    return fail (p, p->at,
                 *p->at == '\0' ? _ ("the query ends where a value is needed")
                                : _ ("a value is needed here"));
  if (!parse_binary (p, 0, result))
    return FALSE;
  return take (p, ")") || fail (p, p->at, _ ("“)” is missing here"));
}

static gboolean
parse_unary (Parser *p, Operand *result)
{
  char signs[MAX_NESTING];
  guint count = 0;

  skip_space (p);
  for (; strchr ("!~-", *p->at) != NULL && *p->at != '\0'; p->at++) {
    if (count == MAX_NESTING)
      return fail (p, p->at, _ ("the query is nested too deeply"));
    signs[count++] = *p->at;
    skip_space (p);
  }
  if (!parse_atom (p, result))
    return FALSE;
  if (count > 0 && result->word != NULL)
    return fail (p, result->word, _ ("a word has no value of its own"));

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
take_operator (Parser *p, guint level)
{
  skip_space (p);
  /* A single | & < > must not be the beginning of a doubled one. */
  gboolean doubled = *p->at != '\0' && strchr ("|&<>", *p->at) != NULL
                     && p->at[1] == *p->at;

  for (guint i = 0; operators[level][i] != NULL; i++) {
    const char *o = operators[level][i];
    if (doubled && o[1] != o[0])
      continue;
    if (take (p, o))
      return o;
  }
  return NULL;
}

/* Gives a word the value that it has beside the other operand. */
static gboolean
settle_word (Parser *p, Operand *word, const Operand *other)
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
  return fail (p, word->word, _ ("the other side can never be “%.*s”"),
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
combine (Parser *p, guint level, const char *o, Operand *left, Operand *right)
{
  gboolean counting = p->context != NULL && p->skipping == 0;

  if (level == EQUAL
      && (!settle_word (p, left, right) || !settle_word (p, right, left)))
    return FALSE;
  if (left->word != NULL || right->word != NULL)
    return fail (p, left->word != NULL ? left->word : right->word,
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
is_decided (guint level, const Operand *left)
{
  return (level == OR && left->value.v != 0)
         || (level == AND && left->value.v == 0);
}

static gboolean
parse_binary (Parser *p, guint level, Operand *result)
{
  if (level == LEVELS)
    return parse_unary (p, result);
  if (level == 0 && ++p->nesting > MAX_NESTING)
    return fail (p, p->at, _ ("the query is nested too deeply"));
  if (!parse_binary (p, level + 1, result))
    return FALSE;

  const char *o;
  while ((o = take_operator (p, level)) != NULL) {
    Operand right;
    guint skip = result->word == NULL && is_decided (level, result);
    p->skipping += skip;
    gboolean good = parse_binary (p, level + 1, &right);
    p->skipping -= skip;
    if (!good || !combine (p, level, o, result, &right))
      return FALSE;
  }
  if (level == 0)
    p->nesting--;
  return TRUE;
}

static gboolean
parse_query (Parser *p, LessonValue *value)
{
  Operand result;

  if (!parse_binary (p, 0, &result))
    return FALSE;
  skip_space (p);
  if (*p->at != '\0')
    return fail (p, p->at, _ ("an operator or the end is needed here"));
  if (result.word != NULL)
    return fail (p, result.word,
                 _ ("a word can only be compared, with == or !="));
  *value = result.value;
  return TRUE;
}

/* Public ------------------------------------------------------------------ */

gboolean
lesson_query_ask (const char *query, const LessonQueryContext *context,
                  LessonValue *value, LessonQueryFault *fault)
{
  Parser parser
      = {.text = query, .at = query, .context = context, .fault = fault};

  *fault = (LessonQueryFault){0};
  return parse_query (&parser, value);
}

gboolean
lesson_query_check (const char *query, LessonValue *value,
                    LessonQueryFault *fault)
{
  return lesson_query_ask (query, NULL, value, fault);
}

void
lesson_query_fault_clear (LessonQueryFault *fault)
{
  g_clear_pointer (&fault->why, g_free);
}
