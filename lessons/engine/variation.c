/* A lesson with values of one's own: another address, another seed. */
#include "variation.h"

#include <string.h>

LessonVariation *
lesson_variation_new (const char *beat, guint index, const char *line)
{
  LessonVariation *variation = g_new0 (LessonVariation, 1);

  variation->beat = g_strdup (beat);
  variation->index = index;
  variation->line = g_strdup (line);
  return variation;
}

void
lesson_variation_free (LessonVariation *variation)
{
  g_free (variation->beat);
  g_free (variation->line);
  g_free (variation);
}

/* " name=" and what follows up to the next blank; name may be NULL: any. */
static gboolean
find_value (const char *line, const char *name, guint *start, guint *end)
{
  g_autofree char *key = g_strdup_printf (" %s=", name != NULL ? name : "");
  const char *found = strstr (line, name != NULL ? key : "=");
  const char *value;

  if (found == NULL)
    return FALSE;
  value = strchr (found, '=') + 1;
  *start = (guint) (value - line);
  *end = *start + (guint) strcspn (value, " ");
  return TRUE;
}

gboolean
lesson_variation_find_value (const char *line, guint *start, guint *end)
{
  static const char *const names[] = {"va", "seed", "addr", "pa", NULL};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (find_value (line, names[i], start, end))
      return TRUE;
  return FALSE;
}

char *
lesson_variation_value (const char *line)
{
  guint start, end;

  if (!lesson_variation_find_value (line, &start, &end))
    return g_strdup (line);
  while (start > 0 && line[start - 1] != ' ')
    start--;
  return g_strndup (line + start, end - start);
}

static void
vary_dos (const GPtrArray *dos, const LessonVariation *variation)
{
  LessonDo *operation;

  if (variation->index >= dos->len)
    return;
  operation = dos->pdata[variation->index];
  g_free (operation->line);
  operation->line = g_strdup (variation->line);
}

static gboolean
is_varied (const GPtrArray *variations, const char *beat)
{
  for (guint i = 0; i < variations->len; i++) {
    const LessonVariation *variation = variations->pdata[i];
    if (variation->beat == NULL || g_str_equal (variation->beat, beat))
      return TRUE;
  }
  return FALSE;
}

/* Whether a block still holds; questions: those about other beats. */
static gboolean
holds (const LessonBlock *block, const GPtrArray *variations,
       gboolean questions)
{
  if (block->kind == LESSON_BLOCK_BEAT)
    return TRUE;
  return questions && block->kind == LESSON_BLOCK_QUESTION
         && !is_varied (variations, block->question->beat);
}

static void
reduce (LessonDocument *document, const GPtrArray *variations,
        gboolean questions)
{
  for (guint i = 0; i < document->sections->len; i++) {
    LessonSection *section = document->sections->pdata[i];

    for (guint n = section->blocks->len; n-- > 0;) {
      LessonBlock *block = section->blocks->pdata[n];

      if (!holds (block, variations, questions)) {
        g_ptr_array_remove_index (section->blocks, n);
        continue;
      }
      if (block->kind != LESSON_BLOCK_BEAT)
        continue;
      g_ptr_array_set_size (block->beat->points, 0);
      g_ptr_array_set_size (block->beat->expects, 0);
    }
  }
}

LessonPlay *
lesson_variation_play (LessonDocument *document, const GPtrArray *variations,
                       LessonProblems *problems)
{
  g_autoptr (LessonProblems) first = lesson_problems_new ();
  LessonPlay *play;

  for (guint i = 0; i < variations->len; i++) {
    const LessonVariation *variation = variations->pdata[i];
    const LessonBeat *beat = variation->beat != NULL ? lesson_document_beat (
                                 document, variation->beat)
                                                     : NULL;

    if (beat != NULL)
      vary_dos (beat->dos, variation);
    else if (variation->beat == NULL)
      vary_dos (document->machine, variation);
  }
  reduce (document, variations, TRUE);
  play = lesson_play_new (document, first);
  if (play != NULL)
    return play;
  /* A later question may have lost the step that it speaks of. */
  reduce (document, variations, FALSE);
  return lesson_play_new (document, problems);
}
