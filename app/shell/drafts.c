/* Answers that were begun, kept while a lesson is shown anew. */

#include "drafts.h"

struct _PwDrafts {
  GHashTable *answers; /* key of a card to its answer */
};

/* The same exercise with other numbers is another question. To be freed. */
static char *
key_of (PwQuestion *card)
{
  const LessonQuestionPlace *place = pw_question_get_place (card);
  const LessonExercise *exercise = pw_question_get_exercise (card);

  return exercise != NULL ? g_strdup_printf (
             "%s#%" G_GUINT64_FORMAT, exercise->id, pw_question_get_seed (card))
                          : g_strdup (place->question->id);
}

PwDrafts *
pw_drafts_new (const GPtrArray *cards)
{
  PwDrafts *drafts = g_new0 (PwDrafts, 1);

  drafts->answers
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < cards->len; i++) {
    char *draft = pw_question_get_draft (cards->pdata[i]);
    if (draft != NULL)
      g_hash_table_insert (drafts->answers, key_of (cards->pdata[i]), draft);
  }
  return drafts;
}

void
pw_drafts_free (PwDrafts *drafts)
{
  g_hash_table_unref (drafts->answers);
  g_free (drafts);
}

void
pw_drafts_put (PwDrafts *drafts, PwQuestion *card)
{
  g_autofree char *key = key_of (card);
  const char *draft = g_hash_table_lookup (drafts->answers, key);

  if (draft == NULL)
    return;
  pw_question_set_draft (card, draft);
  g_hash_table_remove (drafts->answers, key);
}
