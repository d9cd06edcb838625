/* Wrong values that come about in a known way: whose misconception an answer
 * is, and which answers are somebody's. */
#include "question-slips.h"

#include <string.h>

#include "misconception.h"
#include "number.h"
#include "question-mark.h"

/* Ways to a wrong value --------------------------------------------------- */

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

static char *
query_at (const char *pattern, guint level)
{
  g_autofree char *number = g_strdup_printf ("%u", level);
  g_auto (GStrv) pieces = g_strsplit (pattern, "L", -1);

  return g_strjoinv (number, pieces);
}

static gboolean
leads_to (const LessonMarking *m, const char *pattern, guint level,
          const LessonReadings *readings)
{
  g_autofree char *query = query_at (pattern, level);
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

/* The list ---------------------------------------------------------------- */

typedef struct {
  const LessonMarking *marking;
  guint64 key;
  GArray *values; /* of guint64 */
} Slips;

static void
add (const Slips *slips, guint64 value)
{
  for (guint i = 0; i < slips->values->len; i++)
    if (g_array_index (slips->values, guint64, i) == value)
      return;
  if (value != slips->key)
    g_array_append_val (slips->values, value);
}

static void
add_query (const Slips *slips, const char *query)
{
  LessonValue value;

  if (lesson_marking_ask (slips->marking, query, &value))
    add (slips, value.v);
}

static void
add_detours (const Slips *slips, const Detour *detours)
{
  guint levels = vm_machine_geometry (slips->marking->play->machine)->levels;

  for (; detours->query != NULL; detours++) {
    guint last = strchr (detours->query, 'L') != NULL ? levels : 1;
    for (guint level = 1; level <= last; level++) {
      g_autofree char *query = query_at (detours->query, level);
      add_query (slips, query);
    }
  }
}

static void
add_digits (const Slips *slips, const char *digits, gboolean hex)
{
  guint64 value;

  if (lesson_number_read (digits, hex, &value))
    add (slips, value);
}

/* More than are slips, which does no harm: marking decides. */
static void
add_book (const Slips *slips, LessonValue key)
{
  guint shift = vm_machine_geometry (slips->marking->play->machine)->page_shift;
  g_autofree char *hex = g_strdup_printf ("%" G_GINT64_MODIFIER "x", key.v);
  g_autofree char *dec = g_strdup_printf ("%" G_GUINT64_FORMAT, key.v);

  if (key.style == LESSON_STYLE_HEX) {
    add (slips, key.v >> shift);
    add (slips, key.v >> shift << shift);
    add (slips, GUINT32_SWAP_LE_BE ((guint32) key.v));
    add (slips, key.v << shift);
    add_detours (slips, address_detours);
    add_digits (slips, hex, FALSE);
  } else {
    add (slips, key.v + 1);
    add_detours (slips, index_detours);
    add_digits (slips, dec, TRUE);
  }
}

gboolean
lesson_question_key (LessonPlay *play, const LessonQuestionPlace *place,
                     const LessonCell *cell, LessonValue *key)
{
  const LessonMarking marking = {.play = play,
                                 .place = place,
                                 .question = place->question,
                                 .document = play->document};

  return lesson_marking_ask (
      &marking, cell != NULL ? cell->query : place->question->answer, key);
}

GArray *
lesson_question_slips (LessonPlay *play, const LessonQuestionPlace *place,
                       const LessonCell *cell)
{
  const LessonMarking marking = {.play = play,
                                 .place = place,
                                 .question = place->question,
                                 .document = play->document};
  const GPtrArray *mistakes = cell != NULL ? cell->mistakes
                                           : place->question->mistakes;
  Slips slips = {.marking = &marking,
                 .values = g_array_new (FALSE, FALSE, sizeof (guint64))};
  LessonValue key;

  if (!lesson_question_key (play, place, cell, &key))
    return slips.values;
  slips.key = key.v;
  for (guint i = 0; i < mistakes->len; i++)
    add_query (&slips, ((const LessonMistake *) mistakes->pdata[i])->query);
  if (lesson_style_word (key.style, 0) == NULL)
    add_book (&slips, key);
  return slips.values;
}
