/* The misconceptions that a reader has met, most often first. */

#include "met.h"

#include "misconception.h"

/* One misconception in one lesson. The strings belong to the answers. */
typedef struct {
  const char *lesson, *id, *question; /* question: the last one */
  guint count;
} Tally;

static Tally *
find (GArray *tallies, const ProgressAnswer *answer)
{
  Tally new = {answer->lesson, answer->misconception, NULL, 0};

  for (guint i = 0; i < tallies->len; i++) {
    Tally *tally = &g_array_index (tallies, Tally, i);

    if (g_str_equal (tally->lesson, answer->lesson)
        && g_str_equal (tally->id, answer->misconception))
      return tally;
  }
  g_array_append_val (tallies, new);
  return &g_array_index (tallies, Tally, tallies->len - 1);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const Tally *x = a, *y = b;

  return x->count == y->count ? 0 : x->count > y->count ? -1 : 1;
}

static GArray *
count (const GPtrArray *answers)
{
  GArray *tallies = g_array_new (FALSE, FALSE, sizeof (Tally));

  for (guint i = 0; i < answers->len; i++) {
    const ProgressAnswer *answer = g_ptr_array_index (answers, i);
    Tally *tally;

    if (answer->misconception == NULL)
      continue;
    tally = find (tallies, answer);
    tally->count++;
    tally->question = answer->question;
  }
  g_array_sort (tallies, compare);
  return tallies;
}

/* The beat that a question asks about; NULL if there is no such question. */
static const char *
beat_of (const LessonDocument *document, const char *id)
{
  for (guint i = 0; i < document->sections->len; i++) {
    const LessonSection *section = g_ptr_array_index (document->sections, i);

    for (guint j = 0; j < section->blocks->len; j++) {
      const LessonBlock *block = g_ptr_array_index (section->blocks, j);

      if (block->question != NULL && g_strcmp0 (block->question->id, id) == 0)
        return block->question->beat;
    }
  }
  return NULL;
}

static void
met_free (gpointer data)
{
  PwMet *met = data;

  g_free (met->text);
  g_free (met->title);
  g_free (met->uri);
  g_free (met);
}

static void
add (GPtrArray *all, const LessonEntry *entry, const Tally *tally)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autoptr (LessonDocument) document
      = lesson_document_load (entry->path, problems);
  g_autofree char *text = document != NULL
                              ? lesson_misconception_text (document, tally->id)
                              : NULL;
  const char *beat;
  PwMet *met;

  if (text == NULL)
    return;
  beat = beat_of (document, tally->question);
  met = g_new0 (PwMet, 1);
  met->text = g_steal_pointer (&text);
  met->title = g_strdup (entry->title);
  met->uri = g_strconcat ("pagewalk:", entry->id, beat != NULL ? "#" : "", beat,
                          NULL);
  met->count = tally->count;
  g_ptr_array_add (all, met);
}

GPtrArray *
pw_met_new (ProgressStore *store, const LessonCatalog *catalog, guint most)
{
  g_autoptr (GPtrArray) answers = progress_store_answers (store, NULL);
  g_autoptr (GArray) tallies = count (answers);
  GPtrArray *all = g_ptr_array_new_with_free_func (met_free);

  for (guint i = 0; i < tallies->len && all->len < most; i++) {
    const Tally *tally = &g_array_index (tallies, Tally, i);
    const LessonEntry *entry = lesson_catalog_find (catalog, tally->lesson);

    if (entry != NULL && entry->path != NULL)
      add (all, entry, tally);
  }
  return all;
}
