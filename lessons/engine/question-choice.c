/* Marks questions whose answers are letters: choose, several, order, match. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "question-mark.h"

/* The letters of an answer --------------------------------------------------
 */

/* Reads letters that blanks and commas part. NULL after saying in the verdict
 * what is wrong. */
static GArray *
read_letters (const char *answer, guint count, LessonVerdict *verdict)
{
  g_autoptr (GArray) letters = g_array_new (FALSE, FALSE, sizeof (guint));
  g_auto (GStrv) words = g_strsplit_set (answer, " ,;\t\n", -1);

  for (guint i = 0; words[i] != NULL; i++) {
    guint index;
    if (*words[i] == '\0')
      continue;
    if (!lesson_letter_read (words[i], count, &index)) {
      g_autofree char *last = lesson_letter (count - 1);
      lesson_verdict_refuse (verdict,
                             _ ("“%s” is none of them: they go from "
                                "a to %s."),
                             words[i], last);
      return NULL;
    }
    g_array_append_val (letters, index);
  }
  return g_steal_pointer (&letters);
}

static guint
letter_at (const GArray *letters, guint i)
{
  return g_array_index (letters, guint, i);
}

static gboolean
has_letter (const GArray *letters, guint index)
{
  for (guint i = 0; i < letters->len; i++)
    if (letter_at (letters, i) == index)
      return TRUE;
  return FALSE;
}

/* A letter that stands twice is refused. */
static gboolean
check_once (const GArray *letters, LessonVerdict *verdict)
{
  for (guint i = 0; i < letters->len; i++)
    for (guint j = i + 1; j < letters->len; j++)
      if (letter_at (letters, i) == letter_at (letters, j)) {
        g_autofree char *letter = lesson_letter (letter_at (letters, i));
        lesson_verdict_refuse (verdict, _ ("“%s” stands there twice."), letter);
        return FALSE;
      }
  return TRUE;
}

static char *
name_of (const GPtrArray *choices, guint index)
{
  const LessonChoice *choice = choices->pdata[index];

  return lesson_text_plain (choice->text);
}

/* Choose and several ------------------------------------------------------ */

static gboolean
holds (const LessonMarking *m, guint index)
{
  const LessonChoice *choice = m->question->choices->pdata[index];
  LessonValue value;

  return lesson_marking_ask (m, choice->query, &value) && value.v != 0;
}

/* The letters of the choices that hold, and their texts. */
static void
tell_choices (const LessonMarking *m, LessonVerdict *verdict)
{
  g_autoptr (GPtrArray) letters = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < m->question->choices->len; i++) {
    if (!holds (m, i))
      continue;
    g_ptr_array_add (letters, lesson_letter (i));
    g_ptr_array_add (texts, name_of (m->question->choices, i));
  }
  g_ptr_array_add (letters, NULL);
  g_ptr_array_add (texts, NULL);
  verdict->key = g_strjoinv (", ", (char **) letters->pdata);
  verdict->key_text = g_strjoinv ("; ", (char **) texts->pdata);
}

static const char *
misconception_of (const LessonMarking *m, guint index)
{
  const LessonChoice *choice = m->question->choices->pdata[index];

  return choice->of;
}

void
lesson_mark_choose (const LessonMarking *m, const char *answer,
                    LessonVerdict *verdict)
{
  guint count = m->question->choices->len;

  tell_choices (m, verdict);
  verdict->total = 1;
  if (answer == NULL)
    return;
  g_autoptr (GArray) letters = read_letters (answer, count, verdict);
  if (letters == NULL)
    return;
  if (letters->len != 1) {
    lesson_verdict_refuse (verdict, _ ("Choose exactly one."));
    return;
  }

  guint chosen = letter_at (letters, 0);
  gboolean right = holds (m, chosen);
  LessonAnswerPart *part = lesson_verdict_add (
      verdict, lesson_letter (chosen), name_of (m->question->choices, chosen),
      right ? LESSON_MARK_RIGHT : LESSON_MARK_WRONG);
  part->given = lesson_letter (chosen);
  part->key = g_strdup (verdict->key);
  if (!right)
    part->misconception = misconception_of (m, chosen);
  lesson_verdict_settle (m, verdict, 1, FALSE);
}

/* One choice of several: was it rightly taken, or rightly left? */
static void
mark_ticked (const LessonMarking *m, const GArray *letters, guint i,
             LessonVerdict *verdict)
{
  gboolean ticked = has_letter (letters, i), held = holds (m, i);
  LessonAnswerPart *part = lesson_verdict_add (
      verdict, lesson_letter (i), name_of (m->question->choices, i),
      ticked == held ? LESSON_MARK_RIGHT : LESSON_MARK_WRONG);

  part->given = g_strdup (ticked ? "yes" : "no");
  part->key = g_strdup (held ? "yes" : "no");
  if (ticked && !held) {
    part->misconception = misconception_of (m, i);
    part->why = g_strdup (_ ("This does not hold."));
  } else if (held && !ticked) {
    part->why = g_strdup (_ ("This holds, too."));
  }
}

void
lesson_mark_several (const LessonMarking *m, const char *answer,
                     LessonVerdict *verdict)
{
  guint count = m->question->choices->len;
  gboolean hit = FALSE;

  tell_choices (m, verdict);
  verdict->total = count;
  if (answer == NULL)
    return;
  g_autoptr (GArray) letters = read_letters (answer, count, verdict);
  if (letters == NULL || !check_once (letters, verdict))
    return;
  if (letters->len == 0) {
    lesson_verdict_refuse (verdict, _ ("Choose at least one."));
    return;
  }

  for (guint i = 0; i < count; i++) {
    mark_ticked (m, letters, i, verdict);
    hit |= has_letter (letters, i) && holds (m, i);
  }
  lesson_verdict_settle (m, verdict, count, hit);
}

/* Order ------------------------------------------------------------------- */

typedef struct {
  guint index;
  guint64 rank;
} Ranked;

static int
compare_ranks (const void *a, const void *b)
{
  guint64 x = ((const Ranked *) a)->rank, y = ((const Ranked *) b)->rank;

  return x < y ? -1 : x > y;
}

/* The items in their right order. */
static GArray *
right_order (const LessonMarking *m)
{
  const GPtrArray *items = m->question->choices;
  g_autoptr (GArray) ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));
  GArray *order = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < items->len; i++) {
    const LessonChoice *item = items->pdata[i];
    LessonValue value = {0};
    lesson_marking_ask (m, item->query, &value);
    g_array_append_val (ranked, ((Ranked){i, value.v}));
  }
  g_array_sort (ranked, compare_ranks);
  for (guint i = 0; i < ranked->len; i++)
    g_array_append_val (order, g_array_index (ranked, Ranked, i).index);
  return order;
}

static void
tell_order (const LessonMarking *m, const GArray *order, LessonVerdict *verdict)
{
  GString *key = g_string_new (NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < order->len; i++) {
    g_autofree char *name
        = name_of (m->question->choices, letter_at (order, i));
    g_string_append_printf (key, "%s%c", i > 0 ? ", " : "",
                            'a' + (int) letter_at (order, i));
    g_string_append_printf (text, "%s%s", i > 0 ? " → " : "", name);
  }
  verdict->key = g_string_free (key, FALSE);
  verdict->key_text = g_string_free (text, FALSE);
}

void
lesson_mark_order (const LessonMarking *m, const char *answer,
                   LessonVerdict *verdict)
{
  guint count = m->question->choices->len;
  g_autoptr (GArray) order = right_order (m);

  tell_order (m, order, verdict);
  verdict->total = count;
  if (answer == NULL)
    return;
  g_autoptr (GArray) letters = read_letters (answer, count, verdict);
  if (letters == NULL || !check_once (letters, verdict))
    return;
  if (letters->len != count) {
    lesson_verdict_refuse (verdict, _ ("All %u must be put into order."),
                           count);
    return;
  }

  for (guint i = 0; i < count; i++) {
    gboolean right = letter_at (letters, i) == letter_at (order, i);
    LessonAnswerPart *part
        = lesson_verdict_add (verdict, g_strdup_printf ("%u", i + 1),
                              g_strdup_printf (_ ("place %u"), i + 1),
                              right ? LESSON_MARK_RIGHT : LESSON_MARK_WRONG);
    part->given = lesson_letter (letter_at (letters, i));
    part->key = lesson_letter (letter_at (order, i));
  }
  lesson_verdict_settle (m, verdict, count, TRUE);
}

/* Match ------------------------------------------------------------------- */

/* The target whose value is that of the item; count if there is none. */
static guint
target_of (const LessonMarking *m, guint item)
{
  const LessonChoice *source = m->question->choices->pdata[item];
  const GPtrArray *targets = m->question->targets;
  LessonValue wanted, value;

  if (!lesson_marking_ask (m, source->query, &wanted))
    return targets->len;
  for (guint i = 0; i < targets->len; i++) {
    const LessonChoice *target = targets->pdata[i];
    if (lesson_marking_ask (m, target->query, &value) && value.v == wanted.v)
      return i;
  }
  return targets->len;
}

static void
tell_matches (const LessonMarking *m, LessonVerdict *verdict)
{
  GString *key = g_string_new (NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < m->question->choices->len; i++) {
    guint target = target_of (m, i);
    if (target == m->question->targets->len)
      continue;
    g_autofree char *name = name_of (m->question->choices, i);
    g_autofree char *other = name_of (m->question->targets, target);
    g_string_append_printf (key, "%s%c=%u", key->len > 0 ? "; " : "",
                            'a' + (int) i, target + 1);
    g_string_append_printf (text, "%s%s → %s", text->len > 0 ? "; " : "", name,
                            other);
  }
  verdict->key = g_string_free (key, FALSE);
  verdict->key_text = g_string_free (text, FALSE);
}

/* Reads "a=2" into chosen[item]. */
static gboolean
read_pair (const LessonMarking *m, const char *pair, guint *chosen,
           LessonVerdict *verdict)
{
  guint items = m->question->choices->len, targets = m->question->targets->len;
  g_auto (GStrv) sides = g_strsplit (pair, "=", -1);
  guint item, target;

  if (g_strv_length (sides) != 2
      || !lesson_letter_read (g_strstrip (sides[0]), items, &item)
      || !lesson_letter_read (g_strstrip (sides[1]), targets, &target)) {
    lesson_verdict_refuse (verdict,
                           _ ("“%s” is not a pair; write it like a=2."), pair);
    return FALSE;
  }
  if (chosen[item] != G_MAXUINT) {
    lesson_verdict_refuse (verdict, _ ("“%s” stands there twice."), sides[0]);
    return FALSE;
  }
  chosen[item] = target;
  return TRUE;
}

/* chosen[i] is the target of item i, G_MAXUINT if it was left out. */
static gboolean
read_pairs (const LessonMarking *m, const char *answer, guint *chosen,
            LessonVerdict *verdict)
{
  g_auto (GStrv) pairs = g_strsplit_set (answer, ",;\n", -1);
  guint count = 0;

  for (guint i = 0; i < m->question->choices->len; i++)
    chosen[i] = G_MAXUINT;
  for (guint i = 0; pairs[i] != NULL; i++) {
    g_strstrip (pairs[i]);
    if (*pairs[i] == '\0')
      continue;
    if (!read_pair (m, pairs[i], chosen, verdict))
      return FALSE;
    count++;
  }
  if (count == 0)
    lesson_verdict_refuse (verdict, _ ("Nothing is filled in yet."));
  return count > 0;
}

void
lesson_mark_match (const LessonMarking *m, const char *answer,
                   LessonVerdict *verdict)
{
  guint count = m->question->choices->len;
  guint chosen[26];

  tell_matches (m, verdict);
  verdict->total = count;
  if (answer == NULL || !read_pairs (m, answer, chosen, verdict))
    return;

  for (guint i = 0; i < count; i++) {
    guint right = target_of (m, i);
    LessonAnswerPart *part = lesson_verdict_add (
        verdict, lesson_letter (i), name_of (m->question->choices, i),
        LESSON_MARK_NOT_SURE);
    part->key = g_strdup_printf ("%u", right + 1);
    if (chosen[i] == G_MAXUINT)
      continue;
    part->given = g_strdup_printf ("%u", chosen[i] + 1);
    part->mark = chosen[i] == right ? LESSON_MARK_RIGHT : LESSON_MARK_WRONG;
  }
  lesson_verdict_settle (m, verdict, count, TRUE);
}
