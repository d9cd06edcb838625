/* Marks values: what was written, what it means, and how it went wrong. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "misconception.h"
#include "number.h"
#include "question-mark.h"

/* Reading ----------------------------------------------------------------- */

LessonReadings
lesson_readings_of (const char *text, LessonStyle style, gboolean hex)
{
  LessonReadings readings = {0};

  if (lesson_number_read (text, FALSE, &readings.values[0])
      || lesson_value_of_written_word (style, text, &readings.values[0]))
    readings.count = 1;
  if (hex && lesson_number_read (text, TRUE, &readings.values[readings.count]))
    readings.count++;
  return readings;
}

gboolean
lesson_readings_mean (const LessonReadings *readings, guint64 value)
{
  for (guint i = 0; i < readings->count; i++)
    if (readings->values[i] == value)
      return TRUE;
  return FALSE;
}

char *
lesson_key_print (LessonValue key, gboolean hex)
{
  if (lesson_style_word (key.style, 0) == NULL)
    key.style = hex ? LESSON_STYLE_HEX : LESSON_STYLE_DECIMAL;
  return lesson_value_to_string (key);
}

/* The book's misconceptions ----------------------------------------------- */

/* A wrong way to an address or an index; L stands for each level in turn. */
typedef struct {
  const char *misconception, *query;
} Detour;

static const Detour address_detours[] = {
    {LESSON_VIRTUAL_FOR_PHYSICAL, "va"},
    {LESSON_PHYSICAL_FOR_VIRTUAL, "pa"},
    {LESSON_ADDED_INSTEAD_OF_JOINED, "entry(L) + offset"},
    {LESSON_ADDED_INSTEAD_OF_JOINED, "entry(L) - (accessed(L) << 5) + offset"},
    {LESSON_ADDED_INSTEAD_OF_JOINED, "entry-frame(L) + offset"},
    {LESSON_ENTRY_FOR_FRAME, "entry(L)"},
    {LESSON_FORGOT_ENTRY_SIZE, "table(L) * page-size + index(L)"},
    {LESSON_WRONG_LEVEL, "entry-pa(L)"},
    {LESSON_WRONG_LEVEL, "table(L)"},
    {NULL, NULL},
};

static const Detour index_detours[] = {
    {LESSON_ORDINAL_NOT_INDEX, "index(L) + 1"},
    {LESSON_WRONG_LEVEL, "index(L)"},
    {NULL, NULL},
};

static gboolean
leads_to (const LessonMarking *m, const char *pattern, guint level,
          const LessonReadings *readings)
{
  g_autofree char *number = g_strdup_printf ("%u", level);
  g_auto (GStrv) pieces = g_strsplit (pattern, "L", -1);
  g_autofree char *query = g_strjoinv (number, pieces);
  LessonValue value;

  return lesson_marking_ask (m, query, &value)
         && lesson_readings_mean (readings, value.v);
}

static const char *
find_detour (const LessonMarking *m, const Detour *detours,
             const LessonReadings *readings)
{
  guint levels = vm_machine_geometry (m->play->machine)->levels;

  for (; detours->query != NULL; detours++) {
    guint last = strchr (detours->query, 'L') != NULL ? levels : 1;
    for (guint level = 1; level <= last; level++)
      if (leads_to (m, detours->query, level, readings))
        return detours->misconception;
  }
  return NULL;
}

/* The digits of the key in its base, read in the other one. */
static gboolean
is_other_base (guint64 key, gboolean hex, const LessonReadings *readings)
{
  char digits[32];
  guint64 other;

  g_snprintf (digits, sizeof digits,
              hex ? "%" G_GINT64_MODIFIER "x" : "%" G_GUINT64_FORMAT, key);
  return key > 9 && lesson_number_read (digits, !hex, &other)
         && lesson_readings_mean (readings, other);
}

/* What follows from the key alone. */
static const char *
find_slip (guint64 key, guint shift, const LessonReadings *readings)
{
  guint64 below = ((guint64) 1 << shift) - 1;

  if (key <= below)
    return NULL;
  if (lesson_readings_mean (readings, key >> shift))
    return LESSON_FRAME_FOR_ADDRESS;
  if (lesson_readings_mean (readings, key & ~below))
    return LESSON_OFFSET_LEFT_OUT;
  if (key <= G_MAXUINT32
      && lesson_readings_mean (readings, GUINT32_SWAP_LE_BE ((guint32) key)))
    return LESSON_BYTE_ORDER;
  return NULL;
}

static gboolean
asks_for_index (const char *query)
{
  return g_str_has_prefix (query, "index(")
         || g_str_has_prefix (query, "split(");
}

static const char *
find_misconception (const LessonMarking *m, const char *query, LessonValue key,
                    const LessonReadings *readings)
{
  gboolean hex = key.style == LESSON_STYLE_HEX;
  guint shift = vm_machine_geometry (m->play->machine)->page_shift;
  const char *found = NULL;

  if (hex)
    found = find_slip (key.v, shift, readings);
  if (found == NULL && hex && key.v > 0
      && lesson_readings_mean (readings, key.v << shift))
    found = LESSON_ADDRESS_FOR_FRAME;
  if (found == NULL && hex)
    found = find_detour (m, address_detours, readings);
  if (found == NULL && asks_for_index (query)
      && lesson_readings_mean (readings, key.v + 1))
    found = LESSON_ORDINAL_NOT_INDEX;
  if (found == NULL && asks_for_index (query))
    found = find_detour (m, index_detours, readings);
  return found;
}

gboolean
lesson_mistake_find (const LessonMarking *m, const GPtrArray *mistakes,
                     const char *query, LessonValue key,
                     const LessonReadings *readings, const char **misconception,
                     const LessonText **text)
{
  gboolean words = lesson_style_word (key.style, 0) != NULL;

  for (guint i = 0; i < mistakes->len; i++) {
    const LessonMistake *mistake = mistakes->pdata[i];
    LessonValue value;
    if (!lesson_marking_ask (m, mistake->query, &value)
        || !lesson_readings_mean (readings, value.v))
      continue;
    *text = mistake->text;
    *misconception = mistake->of;
    return TRUE;
  }

  *text = NULL;
  *misconception = words ? NULL : find_misconception (m, query, key, readings);
  if (*misconception == NULL && !words
      && is_other_base (key.v, key.style == LESSON_STYLE_HEX, readings))
    *misconception = LESSON_WRONG_BASE;
  return *misconception != NULL;
}

/* Predict ----------------------------------------------------------------- */

/* Words that stand for the value, for those who write something else. */
static char *
list_words (LessonStyle style)
{
  GString *list = g_string_new (NULL);
  const char *word;

  for (guint64 i = 0; (word = lesson_style_word_translated (style, i)) != NULL;
       i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", word);
  return g_string_free (list, FALSE);
}

static void
refuse_value (LessonVerdict *verdict, LessonStyle style)
{
  g_autofree char *words = list_words (style);

  if (*words == '\0')
    lesson_verdict_refuse (
        verdict, _ ("That is not a number. Write it like 547 or 0x223."));
  else
    lesson_verdict_refuse (verdict, _ ("That is none of the words: %s."),
                           words);
}

void
lesson_mark_predict (const LessonMarking *m, const char *answer,
                     LessonVerdict *verdict)
{
  const LessonQuestion *question = m->question;
  gboolean hex = strcmp (question->format, "hex") == 0;
  LessonValue key = {0};

  if (!lesson_marking_ask (m, question->answer, &key))
    return;
  verdict->key = lesson_key_print (key, hex);
  verdict->key_text = g_strdup (verdict->key);
  verdict->total = 1;
  if (answer == NULL)
    return;

  LessonReadings readings = lesson_readings_of (answer, key.style, hex);
  if (readings.count == 0) {
    refuse_value (verdict, key.style);
    return;
  }
  gboolean right = lesson_readings_mean (&readings, key.v);
  LessonAnswerPart *part = lesson_verdict_add (
      verdict, g_strdup ("answer"), g_strdup (_ ("the answer")),
      right ? LESSON_MARK_RIGHT : LESSON_MARK_WRONG);
  part->given = g_strdup (answer);
  part->key = g_strdup (verdict->key);
  if (!right)
    lesson_mistake_find (m, question->mistakes, question->answer, key,
                         &readings, &part->misconception, &verdict->why);
  lesson_verdict_settle (m, verdict, 1, FALSE);
}
