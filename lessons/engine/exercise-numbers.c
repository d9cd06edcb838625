/* Keeps the numbers of an exercise, and puts them where their names stand. */
#include "exercise-numbers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _LessonNumbers {
  GPtrArray *list; /* of LessonNumber */
};

static void
number_free (gpointer data)
{
  LessonNumber *number = data;

  g_free (number->name);
  g_free (number->word);
  g_free (number);
}

LessonNumbers *
lesson_numbers_new (void)
{
  LessonNumbers *numbers = g_new0 (LessonNumbers, 1);

  numbers->list = g_ptr_array_new_with_free_func (number_free);
  return numbers;
}

void
lesson_numbers_free (LessonNumbers *numbers)
{
  if (numbers == NULL)
    return;

  g_ptr_array_unref (numbers->list);
  g_free (numbers);
}

void
lesson_numbers_clear (LessonNumbers *numbers)
{
  g_ptr_array_set_size (numbers->list, 0);
}

static LessonNumber *
find (const LessonNumbers *numbers, const char *name, gsize length)
{
  for (guint i = 0; i < numbers->list->len; i++) {
    LessonNumber *number = numbers->list->pdata[i];
    if (strlen (number->name) == length
        && memcmp (number->name, name, length) == 0)
      return number;
  }
  return NULL;
}

void
lesson_numbers_set (LessonNumbers *numbers, const char *name, char *word,
                    guint64 value, LessonNumberFormat format)
{
  LessonNumber *number = find (numbers, name, strlen (name));

  if (number == NULL) {
    number = g_new0 (LessonNumber, 1);
    number->name = g_strdup (name);
    g_ptr_array_add (numbers->list, number);
  }
  g_free (number->word);
  number->word = word;
  number->value = value;
  number->format = format;
}

LessonNumbers *
lesson_numbers_copy (const LessonNumbers *numbers)
{
  LessonNumbers *copy = lesson_numbers_new ();

  for (guint i = 0; i < numbers->list->len; i++) {
    const LessonNumber *number = numbers->list->pdata[i];
    lesson_numbers_set (copy, number->name, g_strdup (number->word),
                        number->value, number->format);
  }
  return copy;
}

const LessonNumber *
lesson_numbers_find (const LessonNumbers *numbers, const char *name,
                     gsize length)
{
  return find (numbers, name, length);
}

const LessonNumber *
lesson_numbers_at (const LessonNumbers *numbers, guint i)
{
  return i < numbers->list->len ? numbers->list->pdata[i] : NULL;
}

/* Printing ---------------------------------------------------------------- */

static char *
print_binary (guint64 value)
{
  char digits[64 + 1];
  gsize at = sizeof digits - 1;

  digits[at] = '\0';
  do {
    digits[--at] = (char) ('0' + (value & 1));
    value >>= 1;
  } while (value != 0);
  return g_strconcat ("0b", digits + at, NULL);
}

static char *
print (guint64 value, LessonNumberFormat format)
{
  switch (format) {
  case LESSON_NUMBER_DECIMAL:
    return g_strdup_printf ("%" G_GUINT64_FORMAT, value);
  case LESSON_NUMBER_HEX:
    return g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", value);
  case LESSON_NUMBER_BINARY:
    return print_binary (value);
  }
  g_return_val_if_reached (NULL);
}

char *
lesson_number_text (const LessonNumber *number)
{
  return number->word != NULL ? g_strdup (number->word)
                              : print (number->value, number->format);
}

/* Filling ----------------------------------------------------------------- */

/* What stands between two braces. */
typedef struct {
  char *what;   /* a name or a query */
  char *format; /* "" if none is named */
} Slot;

static void
slot_read (Slot *slot, const char *begin, gsize length)
{
  const char *colon = memchr (begin, ':', length);
  gsize name = colon != NULL ? (gsize) (colon - begin) : length;

  slot->what = g_strstrip (g_strndup (begin, name));
  slot->format = colon != NULL
                     ? g_strstrip (g_strndup (colon + 1, length - name - 1))
                     : g_strdup ("");
}

static void
slot_clear (Slot *slot)
{
  g_free (slot->what);
  g_free (slot->format);
}

static gboolean
fail (LessonQueryFault *fault, gsize offset, char *why)
{
  g_free (fault->why);
  *fault = (LessonQueryFault){.why = why, .offset = offset};
  return FALSE;
}

static gboolean
read_format (const char *word, LessonNumberFormat *format)
{
  static const char *const words[] = {"dec", "hex", "bin"};

  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    if (strcmp (words[i], word) != 0)
      continue;
    *format = (LessonNumberFormat) i;
    return TRUE;
  }
  return FALSE;
}

/* Asks the query of a slot; its value is printed as its style wants. */
static gboolean
append_query (const LessonNumbers *numbers, const Slot *slot, GString *out,
              LessonQueryFault *fault)
{
  const LessonQueryContext context = {.numbers = numbers};
  LessonValue value;

  if (!lesson_query_ask (slot->what, &context, &value, fault))
    return FALSE;
  LessonNumberFormat format = value.style == LESSON_STYLE_HEX
                                  ? LESSON_NUMBER_HEX
                                  : LESSON_NUMBER_DECIMAL;
  if (*slot->format != '\0' && !read_format (slot->format, &format))
    return fail (fault, 0,
                 g_strdup_printf (_ ("“%s” is not a format; write hex, dec or "
                                     "bin"),
                                  slot->format));
  g_autofree char *text = print (value.v, format);
  g_string_append (out, text);
  return TRUE;
}

static gboolean
append_number (const LessonNumber *number, const Slot *slot, GString *out,
               LessonQueryFault *fault)
{
  LessonNumber shown = *number;

  if (shown.word != NULL && strcmp (slot->format, "nth") == 0) {
    shown.word = NULL;
    shown.format = LESSON_NUMBER_DECIMAL;
  } else if (*slot->format != '\0'
             && (shown.word != NULL
                 || !read_format (slot->format, &shown.format))) {
    return fail (fault, 0,
                 g_strdup_printf (_ ("“%s” cannot be written as “%s”; write "
                                     "hex, dec or bin for a number, nth for a "
                                     "word"),
                                  slot->what, slot->format));
  }
  g_autofree char *text = lesson_number_text (&shown);
  g_string_append (out, text);
  return TRUE;
}

static gboolean
append_slot (const LessonNumbers *numbers, const char *begin, gsize length,
             GString *out, LessonQueryFault *fault)
{
  Slot slot;

  slot_read (&slot, begin, length);
  const LessonNumber *number = find (numbers, slot.what, strlen (slot.what));
  gboolean good = number != NULL ? append_number (number, &slot, out, fault)
                                 : append_query (numbers, &slot, out, fault);
  slot_clear (&slot);
  return good;
}

char *
lesson_numbers_fill (const LessonNumbers *numbers, const char *text,
                     LessonQueryFault *fault)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *at = text, *open;

  *fault = (LessonQueryFault){0};
  while ((open = strchr (at, '{')) != NULL) {
    const char *close = strchr (open, '}');
    g_string_append_len (out, at, open - at);
    if (close == NULL) {
      fail (fault, (gsize) (open - text),
            g_strdup (_ ("“}” is missing behind this “{”")));
      return NULL;
    }
    if (!append_slot (numbers, open + 1, (gsize) (close - open - 1), out,
                      fault)) {
      fault->offset += (gsize) (open + 1 - text);
      return NULL;
    }
    at = close + 1;
  }
  g_string_append (out, at);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

gboolean
lesson_numbers_ask (const LessonNumbers *numbers, const char *query,
                    LessonValue *value, LessonQueryFault *fault)
{
  const LessonQueryContext context = {.numbers = numbers};
  g_autofree char *filled = lesson_numbers_fill (numbers, query, fault);

  return filled != NULL && lesson_query_ask (filled, &context, value, fault);
}
