/* Finds places in the book by words. */
#include "search.h"

#include <string.h>

#include "search-index.h"

#define MOST_WORDS 8
#define MOST_A_LESSON 5

/* Of a title that begins with every word. */
#define MOST_SCORE (100 + MOST_WORDS * 10)

/* What can be opened comes before what is still to be written. */
#define PLANNED 1

#define SNIPPET_BEFORE 24 /* letters */
#define SNIPPET_AFTER 72

/* Finding ------------------------------------------------------------------ */

/* How much a text of a role is worth that holds the words. */
static guint
weight (LessonRole role)
{
  switch (role) {
  case LESSON_ROLE_TITLE:
    return 100;
  case LESSON_ROLE_DEFINITION:
    return 80;
  case LESSON_ROLE_HEADING:
    return 60;
  case LESSON_ROLE_BEAT:
  case LESSON_ROLE_SUMMARY:
    return 40;
  case LESSON_ROLE_OBJECTIVE:
  case LESSON_ROLE_PARAGRAPH:
  case LESSON_ROLE_ITEM:
  case LESSON_ROLE_CAPTION:
  case LESSON_ROLE_CELL:
  case LESSON_ROLE_CALLOUT:
  case LESSON_ROLE_POINT:
  case LESSON_ROLE_ASK:
  case LESSON_ROLE_PRESENTER:
  case LESSON_ROLE_ALT:
  case LESSON_ROLE_LABEL:
  case LESSON_ROLE_CHOICE:
  case LESSON_ROLE_ANSWER:
  case LESSON_ROLE_NOTE:
  case LESSON_ROLE_SOURCE:
  case LESSON_ROLES:
    break;
  }
  return 10;
}

/* A word that begins where the text's word does counts for more. */
static gboolean
begins_word (const char *text, const char *at)
{
  return at == text
         || !g_unichar_isalnum (
             g_utf8_get_char (g_utf8_find_prev_char (text, at)));
}

/* 0 if a word is missing. */
static guint
score_of (const LessonSearchText *entry, char **words)
{
  guint score = entry->planned ? PLANNED : weight (entry->role);

  for (char **word = words; *word != NULL; word++) {
    const char *at = strstr (entry->folded, *word);
    if (at == NULL)
      return 0;
    if (begins_word (entry->folded, at))
      score += 5;
    if (at == entry->folded)
      score += 5;
  }
  return score;
}

/* The words of a query, folded; at most MOST_WORDS. */
static char **
split_query (const char *query)
{
  g_autoptr (GString) folded = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (query, -1);
  g_auto (GStrv) pieces = NULL;
  GPtrArray *words = g_ptr_array_new ();

  lesson_search_fold (folded, valid);
  pieces = g_strsplit_set (folded->str, " \t\n", -1);
  for (guint i = 0; pieces[i] != NULL && words->len < MOST_WORDS; i++)
    if (*pieces[i] != '\0')
      g_ptr_array_add (words, g_strdup (pieces[i]));
  g_ptr_array_add (words, NULL);
  return (char **) g_ptr_array_free (words, FALSE);
}

/* The bytes of a text that a folded word stands for; 0, 0 if it was found in
 * the English alone. */
static void
locate (const char *shown, const char *word, gsize *start, gsize *end)
{
  g_autoptr (GString) folded = g_string_new (NULL);
  g_autoptr (GArray) origin = g_array_new (FALSE, FALSE, sizeof (gsize));
  const char *at;

  *start = *end = 0;
  for (const char *p = shown; *p != '\0'; p = g_utf8_next_char (p)) {
    gsize from = (gsize) (p - shown);
    lesson_search_fold_letter (folded, g_utf8_get_char (p));
    while (origin->len < folded->len)
      g_array_append_val (origin, from);
  }
  at = strstr (folded->str, word);
  if (at == NULL)
    return;
  *start = g_array_index (origin, gsize, at - folded->str);
  gsize last = g_array_index (origin, gsize,
                              (gsize) (at - folded->str) + strlen (word) - 1);
  *end = (gsize) (g_utf8_next_char (shown + last) - shown);
}

/* Goes back, or on, by so many letters, but not past an end. */
static const char *
step_back (const char *text, const char *at, guint letters)
{
  while (letters-- > 0 && at > text)
    at = g_utf8_prev_char (at);
  return at;
}

static const char *
step_on (const char *at, guint letters)
{
  while (letters-- > 0 && *at != '\0')
    at = g_utf8_next_char (at);
  return at;
}

/* Not in the middle of a word: on to the next blank, or back to the one
 * before, if there is one. */
static const char *
whole_from (const char *from, const char *limit)
{
  for (const char *p = from; p < limit; p++)
    if (*p == ' ')
      return p + 1;
  return from;
}

static const char *
whole_to (const char *limit, const char *to)
{
  for (const char *p = to; p > limit; p--)
    if (*p == ' ')
      return p;
  return to;
}

static void
cut_snippet (LessonHit *hit, const char *shown, const char *word)
{
  gsize start, end;
  locate (shown, word, &start, &end);

  const char *from = step_back (shown, shown + start, SNIPPET_BEFORE);
  const char *to = step_on (shown + end, SNIPPET_AFTER);
  if (from > shown)
    from = whole_from (from, shown + start);
  if (*to != '\0')
    to = whole_to (shown + end, to);
  const char *before = from > shown ? "…" : "", *after = *to != '\0' ? "…" : "";
  gsize shift = strlen (before);

  hit->snippet
      = g_strdup_printf ("%s%.*s%s", before, (int) (to - from), from, after);
  hit->start = (guint) (start - (gsize) (from - shown) + shift);
  hit->end = (guint) (end - (gsize) (from - shown) + shift);
}

static void
hit_free (gpointer data)
{
  LessonHit *hit = data;

  g_free (hit->snippet);
  g_free (hit);
}

/* An entry that was found, before it is cut. */
typedef struct {
  const LessonSearchText *entry;
  guint score;
} Found;

/* Best first; among equals as they stand in the book. Scores are small numbers,
 * and there may be thousands of hits while somebody types: each is put straight
 * where it belongs. */
static GArray *
sort_found (const GArray *all)
{
  GArray *sorted = g_array_sized_new (FALSE, FALSE, sizeof (Found), all->len);
  guint begin[MOST_SCORE + 2] = {0};

  for (guint i = 0; i < all->len; i++)
    begin[MOST_SCORE - g_array_index (all, Found, i).score + 1]++;
  for (guint i = 1; i <= MOST_SCORE; i++)
    begin[i] += begin[i - 1];
  g_array_set_size (sorted, all->len);
  for (guint i = 0; i < all->len; i++) {
    const Found *found = &g_array_index (all, Found, i);
    g_array_index (sorted, Found, begin[MOST_SCORE - found->score]++) = *found;
  }
  return sorted;
}

static GArray *
find_all (const LessonSearch *search, char **words)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Found));

  for (guint i = 0; i < search->entries->len && words[0] != NULL; i++) {
    const LessonSearchText *entry
        = &g_array_index (search->entries, LessonSearchText, i);
    Found found = {entry, score_of (entry, words)};
    if (found.score > 0)
      g_array_append_val (all, found);
  }
  return sort_found (all);
}

static void
add_hit (GPtrArray *hits, const Found *found, const char *word)
{
  const LessonSearchText *entry = found->entry;
  LessonHit *hit = g_new0 (LessonHit, 1);

  hit->lesson = entry->lesson;
  hit->title = entry->title;
  hit->place = entry->place;
  hit->section = entry->section;
  hit->term = entry->term;
  hit->role = entry->role;
  hit->score = found->score;
  cut_snippet (hit, entry->shown, word);
  g_ptr_array_add (hits, hit);
}

GPtrArray *
lesson_search_find (const LessonSearch *search, const char *query, guint limit)
{
  g_auto (GStrv) words = split_query (query);
  g_autoptr (GArray) all = find_all (search, words);
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  GPtrArray *hits = g_ptr_array_new_with_free_func (hit_free);

  for (guint i = 0; i < all->len && hits->len < limit; i++) {
    const Found *found = &g_array_index (all, Found, i);
    gpointer lesson = (gpointer) found->entry->lesson;
    guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, lesson));
    if (count == MOST_A_LESSON)
      continue;
    g_hash_table_insert (counts, lesson, GUINT_TO_POINTER (count + 1));
    add_hit (hits, found, words[0]);
  }
  return hits;
}
