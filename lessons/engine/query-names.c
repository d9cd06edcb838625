/* Reads the names of a query, and asks the machine for their values. */
#include "query-parser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "exercise-numbers.h"
#include "machine/geometry_op.h"
#include "problem.h"
#include "suggest.h"
#include "values.h"

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
fail_name (LessonParser *p, const char *name, gsize length)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *word = g_strndup (name, MIN (length, 40));

  for (const LessonName *n = lesson_names; n->name != NULL; n++)
    g_ptr_array_add (names, (gpointer) n->name);
  if (p->variable != NULL)
    g_ptr_array_add (names, (gpointer) p->variable);
  g_ptr_array_add (names, NULL);
  if (strchr (word, '-') != NULL) {
    g_autofree char *first = g_strndup (word, strcspn (word, "-"));
    if (find_name (first, strlen (first)) != NULL)
      return lesson_query_fail (
          p, name, _ ("there is no “%s”; put a space before a minus sign"),
          word);
  }

  g_autofree char *hint
      = lesson_suggest (word, (const char *const *) names->pdata);
  return lesson_query_fail (p, name, _ ("the machine has no “%s”; %s"), word,
                            hint);
}

static gboolean
fail_argument (LessonParser *p, const char *word, gsize length,
               const char *const *words)
{
  g_autofree char *name = g_strndup (word, MIN (length, 40));
  g_autofree char *hint = lesson_suggest (name, words);

  return lesson_query_fail (p, word, _ ("“%s” is unknown here; %s"), name,
                            hint);
}

static gboolean
parse_counter (LessonParser *p, guint64 *argument)
{
  lesson_query_skip (p);
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
parse_step_kind (LessonParser *p, guint64 *argument)
{
  const char *names[VM_STEP_KINDS + 1] = {NULL};

  lesson_query_skip (p);
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
parse_step_value (LessonParser *p, guint64 kind, guint64 *argument,
                  LessonStyle *style)
{
  const char *names[VM_STEP_VALUES + 1] = {NULL};

  lesson_query_skip (p);
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
parse_number_argument (LessonParser *p, guint64 *argument)
{
  LessonOperand operand;

  if (!lesson_query_parse (p, 0, &operand))
    return FALSE;
  if (operand.word != NULL)
    return lesson_query_fail (p, operand.word, _ ("a number is needed here"));
  *argument = operand.value.v;
  return TRUE;
}

static gboolean
parse_arguments (LessonParser *p, const LessonName *name, guint64 *arguments,
                 LessonStyle *style)
{
  for (guint i = 0; name->arguments[i] != '\0'; i++) {
    gboolean good = FALSE;
    if (i > 0 && !lesson_query_take (p, ","))
      return lesson_query_fail (p, p->at, _ ("“%s” needs %u arguments"),
                                name->name, (guint) strlen (name->arguments));
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
  return lesson_query_take (p, ")")
         || lesson_query_fail (p, p->at, _ ("“)” is missing here"));
}

/* Up to the end of va=14,pa=12,…: a comma with no such piece behind it ends
 * what is said of the toy. */
static gsize
pieces_length (const char *text)
{
  gsize length = 0, word;

  do {
    length += length > 0;
    length += strcspn (text + length, ",) \t\n");
    word = text[length] == ',' ? name_length (text + length + 1) : 0;
  } while (word > 0 && text[length + 1 + word] == '='
           && text[length + 2 + word] != '=');
  return length;
}

/* toy:va=14,pa=12,page=64: made in *room. */
static gboolean
parse_toy (LessonParser *p, gsize length, struct vm_geometry *room)
{
  g_autofree char *text = g_strndup (p->at, length);
  struct vm_error error = {0};

  if (vm_geometry_read (text, room, &error) == NULL) {
    g_autofree char *why = lesson_error_text (&error);
    return lesson_query_fail (p, p->at, "%s", why);
  }
  p->at += length;
  return TRUE;
}

/* The name of a processor, such as x86-64, or a toy. */
static gboolean
parse_geometry (LessonParser *p, const struct vm_geometry **geometry,
                struct vm_geometry *room)
{
  const char *names[VM_GEOMETRIES] = {NULL};

  lesson_query_skip (p);
  gsize length = name_length (p->at);
  if (g_str_has_prefix (p->at, "toy:")) {
    *geometry = room;
    return parse_toy (p, pieces_length (p->at), room);
  }
  g_autofree char *name = g_strndup (p->at, length);
  *geometry = vm_geometry_named (name);
  if (*geometry == NULL) {
    for (int id = VM_GEOMETRY_NONE + 1; id < VM_GEOMETRIES; id++)
      names[id - 1] = vm_geometry_of ((enum vm_geometry_id) id)->name;
    return fail_argument (p, p->at, length, names);
  }
  p->at += length;
  return TRUE;
}

/* in (GEOMETRY, query): the reader stands behind the parenthesis. */
static gboolean
parse_in (LessonParser *p, LessonOperand *result)
{
  const struct vm_geometry *outside = p->geometry;

  struct vm_geometry room;

  if (!parse_geometry (p, &p->geometry, &room))
    return FALSE;
  if (!lesson_query_take (p, ","))
    return lesson_query_fail (p, p->at, _ ("“%s” needs %u arguments"), "in",
                              2u);
  if (!lesson_query_parse (p, 0, result))
    return FALSE;
  p->geometry = outside;
  return lesson_query_take (p, ")")
         || lesson_query_fail (p, p->at, _ ("“)” is missing here"));
}

static gboolean
is_called (const char *name, gsize length, const char *other)
{
  return other != NULL && strlen (other) == length
         && memcmp (name, other, length) == 0;
}

/* Asks the machine, or the geometry alone. */
static gboolean
answer (LessonParser *p, const LessonName *name, const guint64 *arguments,
        LessonOperand *result)
{
  if (p->geometry != NULL && name->geometry == NULL)
    return lesson_query_fail (p, p->text + result->offset,
                              _ ("“%s” asks about a machine that runs; inside "
                                 "“in” only its geometry is known"),
                              name->name);
  if (p->context == NULL || p->skipping > 0)
    return TRUE;
  if (p->context->machine == NULL && p->geometry == NULL)
    return lesson_query_fail (p, p->text + result->offset,
                              _ ("“%s” asks a machine, and there is none yet; "
                                 "only the numbers are known here"),
                              name->name);

  const struct vm_geometry *g = p->geometry;
  if (g == NULL)
    g = vm_machine_geometry (p->context->machine);
  guint64 *value = &result->value.v;
  gboolean answered = name->geometry != NULL
                          ? name->geometry (g, name->subject, arguments, value,
                                            &p->fault->why)
                          : name->answer (p->context, name->subject, arguments,
                                          value, &p->fault->why);
  if (!answered)
    p->fault->offset = result->offset;
  return answered;
}

/* A name without parentheses that is not one of the table's: the variable, or
 * a word such as miss. */
static gboolean
parse_word (LessonParser *p, const char *begin, gsize length,
            LessonOperand *result)
{
  gsize offset = (gsize) (begin - p->text);

  if (is_called (begin, length, p->variable)) {
    *result = lesson_operand (0, LESSON_STYLE_DECIMAL, offset);
    if (p->context != NULL)
      result->value.v = p->context->variable_value;
    return TRUE;
  }
  *result
      = (LessonOperand){.word = begin, .word_length = length, .offset = offset};
  return is_word (begin, length);
}

/* A number of the exercise, whatever else the name might mean. */
static gboolean
parse_rolled (LessonParser *p, gsize length, LessonOperand *result)
{
  const LessonNumber *number
      = p->context != NULL && p->context->numbers != NULL
            ? lesson_numbers_find (p->context->numbers, p->at, length)
            : NULL;

  if (number == NULL)
    return FALSE;
  *result = lesson_operand (number->value,
                            number->format == LESSON_NUMBER_DECIMAL
                                ? LESSON_STYLE_DECIMAL
                                : LESSON_STYLE_HEX,
                            (gsize) (p->at - p->text));
  p->at += length;
  return TRUE;
}

gboolean
lesson_query_parse_name (LessonParser *p, LessonOperand *result)
{
  const char *begin = p->at;
  gsize length = name_length (begin);

  if (parse_rolled (p, length, result))
    return TRUE;

  const LessonName *name = find_name (begin, length);
  guint64 arguments[LESSON_MAX_ARGUMENTS] = {0};

  p->at += length;
  gboolean call = lesson_query_take (p, "(");
  if (call && is_called (begin, length, "in"))
    return parse_in (p, result);
  if (!call && (name == NULL || name->arguments[0] != '\0')
      && parse_word (p, begin, length, result))
    return TRUE;
  if (name == NULL)
    return fail_name (p, begin, length);
  if (call != (name->arguments[0] != '\0'))
    return lesson_query_fail (p, begin,
                              call ? _ ("“%s” takes no arguments")
                                   : _ ("“%s” needs arguments in parentheses"),
                              name->name);

  LessonStyle style = name->style;
  if (call && !parse_arguments (p, name, arguments, &style))
    return FALSE;
  *result = lesson_operand (0, style, (gsize) (begin - p->text));
  return answer (p, name, arguments, result);
}

gboolean
lesson_query_is_name (const char *name)
{
  return find_name (name, strlen (name)) != NULL || strcmp (name, "in") == 0
         || is_word (name, strlen (name));
}
