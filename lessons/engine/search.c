/* Finds places in the book by words. */
#include "search.h"

#include <string.h>

#define MOST_WORDS 8
#define MOST_A_LESSON 5
#define SNIPPET_BEFORE 24 /* letters */
#define SNIPPET_AFTER 72

/* One text of the book. */
typedef struct {
  const char *lesson, *title, *place, *section, *term;
  LessonRole role;
  char *shown;  /* in the reader's language */
  char *folded; /* the same, and the English, as they are compared */
} Entry;

struct _LessonSearch {
  GStringChunk *strings;
  GArray *entries; /* of Entry, in the book's order */

  const LessonCatalog *catalog; /* as long as it grows */
  guint part, number;           /* of the lesson that comes next */
};

/* Where texts are being added from. */
typedef struct {
  LessonSearch *search;
  const LessonDocument *document;
  const char *lesson, *title;
  const LessonSection *section; /* that the text stands in; NULL: in none */
} Source;

/* Folding ------------------------------------------------------------------ */

/* Appends a letter as it is compared: small, without its accents. */
static void
fold_letter (GString *folded, gunichar letter)
{
  char bytes[7] = "";
  g_autofree char *small = NULL, *plain = NULL;

  if (letter < 0x80) {
    g_string_append_c (folded, g_ascii_tolower ((char) letter));
    return;
  }
  g_unichar_to_utf8 (letter, bytes);
  small = g_utf8_casefold (bytes, -1);
  plain = g_utf8_normalize (small, -1, G_NORMALIZE_ALL);
  for (const char *p = plain; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_ismark (g_utf8_get_char (p)))
      g_string_append_unichar (folded, g_utf8_get_char (p));
}

static void
fold (GString *folded, const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    fold_letter (folded, g_utf8_get_char (p));
}

/* What stands between tags of a text's source, which is well-formed XML. */
static void
fold_source (GString *folded, const char *msgid)
{
  gboolean tag = FALSE;

  for (const char *p = msgid; *p != '\0'; p = g_utf8_next_char (p)) {
    if (*p == '<' || *p == '>')
      tag = *p == '<';
    else if (!tag)
      fold_letter (folded, g_utf8_get_char (p));
  }
}

/* Indexing ----------------------------------------------------------------- */

static const char *
keep (LessonSearch *search, const char *text)
{
  return g_string_chunk_insert_const (search->strings, text);
}

static const char *
section_title (const Source *source)
{
  g_autofree char *title = NULL;

  if (source->section == NULL)
    return "";
  title = lesson_text_plain (source->section->title);
  return keep (source->search, title);
}

static void
add (const Source *source, LessonRole role, const char *place, const char *term,
     const char *shown, const char *msgid)
{
  GString *folded = g_string_new (NULL);
  Entry entry = {.lesson = source->lesson,
                 .title = source->title,
                 .place = keep (source->search, place),
                 .section = section_title (source),
                 .term = term != NULL ? keep (source->search, term) : NULL,
                 .role = role,
                 .shown = g_strdup (shown)};

  fold (folded, shown);
  if (msgid != NULL) {
    g_string_append_c (folded, '\n');
    fold_source (folded, msgid);
  }
  entry.folded = g_string_free (folded, FALSE);
  g_array_append_val (source->search->entries, entry);
}

/* The section or beat that a text stands in: the last one that begins at or
 * before its line. */
static const char *
place_of (const LessonDocument *document, int line, const LessonSection **in)
{
  const char *place = "";

  for (guint i = 0; i < document->sections->len; i++) {
    const LessonSection *section = document->sections->pdata[i];
    if (section->title->place.line > line)
      break;
    place = section->id;
    *in = section;
    for (guint j = 0; j < section->blocks->len; j++) {
      const LessonBlock *block = section->blocks->pdata[j];
      if (block->beat != NULL && block->place.line <= line)
        place = block->beat->id;
    }
  }
  return place;
}

/* True of what may be found without giving anything away. */
static gboolean
is_searched (LessonRole role)
{
  switch (role) {
  case LESSON_ROLE_TITLE:
  case LESSON_ROLE_SUMMARY:
  case LESSON_ROLE_OBJECTIVE:
  case LESSON_ROLE_HEADING:
  case LESSON_ROLE_PARAGRAPH:
  case LESSON_ROLE_ITEM:
  case LESSON_ROLE_CAPTION:
  case LESSON_ROLE_CELL:
  case LESSON_ROLE_CALLOUT:
  case LESSON_ROLE_BEAT:
  case LESSON_ROLE_POINT:
  case LESSON_ROLE_ASK:
    return TRUE;
  case LESSON_ROLE_PRESENTER:
  case LESSON_ROLE_ALT:
  case LESSON_ROLE_LABEL:
  case LESSON_ROLE_CHOICE:
  case LESSON_ROLE_ANSWER:
  case LESSON_ROLE_DEFINITION: /* the glossary's, once for the whole book */
  case LESSON_ROLE_NOTE:
  case LESSON_ROLE_SOURCE:
  case LESSON_ROLES:
    break;
  }
  return FALSE;
}

static void
add_text (const LessonText *text, LessonRole role, gpointer data)
{
  Source *source = data;
  g_autofree char *shown = NULL;
  const char *place = "";

  if (!is_searched (role))
    return;
  shown = lesson_text_plain (text);
  source->section = NULL;
  if (role > LESSON_ROLE_OBJECTIVE)
    place = place_of (source->document, text->place.line, &source->section);
  add (source, role, place, NULL, shown,
       text->translation == LESSON_TRANSLATION_GOOD ? text->msgid : NULL);
}

/* A word and all that is said of it, to be found as one, in both languages. */
static void
add_definition (const Source *source, const LessonDefinition *definition)
{
  g_autofree char *title = lesson_text_plain (definition->title);
  g_autoptr (GString) shown = g_string_new (title);
  g_autoptr (GString) msgid = g_string_new (definition->title->msgid);

  for (guint i = 0; i < definition->paragraphs->len; i++) {
    const LessonText *paragraph = definition->paragraphs->pdata[i];
    g_autofree char *text = lesson_text_plain (paragraph);
    g_string_append_printf (shown, "%s%s", i == 0 ? ": " : " ", text);
    g_string_append_printf (msgid, " %s", paragraph->msgid);
  }
  add (source, LESSON_ROLE_DEFINITION, "", definition->id, shown->str,
       msgid->str);
}

static void
add_document (Source *source)
{
  const GPtrArray *definitions = source->document->definitions;

  lesson_document_each_text (source->document, add_text, source);
  source->section = NULL;
  for (guint i = 0; i < definitions->len; i++)
    add_definition (source, definitions->pdata[i]);
}

static void
add_lesson (LessonSearch *search, const LessonEntry *entry)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autoptr (LessonDocument) document
      = entry->path != NULL ? lesson_document_load (entry->path, problems)
                            : NULL;
  Source source = {.search = search,
                   .document = document,
                   .lesson = keep (search, entry->id),
                   .title = keep (search, entry->title)};

  if (document != NULL)
    add_document (&source);
  else
    add (&source, LESSON_ROLE_TITLE, "", NULL, entry->title, NULL);
}

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  g_free (entry->shown);
  g_free (entry->folded);
}

LessonSearch *
lesson_search_begin (const LessonCatalog *catalog)
{
  LessonSearch *search = g_new0 (LessonSearch, 1);

  search->strings = g_string_chunk_new (4096);
  search->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (search->entries, entry_clear);
  search->catalog = catalog;
  return search;
}

/* The next lesson of the book; NULL after the last. */
static const LessonEntry *
next_lesson (LessonSearch *search)
{
  const GPtrArray *parts = search->catalog->parts;

  for (; search->part < parts->len; search->part++, search->number = 0) {
    const LessonPart *part = parts->pdata[search->part];
    if (search->number < part->lessons->len)
      return part->lessons->pdata[search->number++];
  }
  return NULL;
}

gboolean
lesson_search_grow (LessonSearch *search)
{
  const LessonEntry *entry;

  if (search->catalog == NULL)
    return FALSE;
  entry = next_lesson (search);
  if (entry != NULL) {
    add_lesson (search, entry);
    return TRUE;
  }
  search->catalog = NULL;
  return FALSE;
}

LessonSearch *
lesson_search_new (const LessonCatalog *catalog)
{
  LessonSearch *search = lesson_search_begin (catalog);

  while (lesson_search_grow (search))
    ;
  return search;
}

void
lesson_search_free (LessonSearch *search)
{
  if (search == NULL)
    return;
  g_array_unref (search->entries);
  g_string_chunk_free (search->strings);
  g_free (search);
}

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
score_of (const Entry *entry, char **words)
{
  guint score = weight (entry->role);

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

  fold (folded, valid);
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
    fold_letter (folded, g_utf8_get_char (p));
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
  const Entry *entry;
  guint score, number; /* number: its place in the book */
} Found;

static int
compare_found (gconstpointer a, gconstpointer b)
{
  const Found *x = a, *y = b;

  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;
  return x->number < y->number ? -1 : 1;
}

static GArray *
find_all (const LessonSearch *search, char **words)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Found));

  for (guint i = 0; i < search->entries->len && words[0] != NULL; i++) {
    const Entry *entry = &g_array_index (search->entries, Entry, i);
    Found found = {entry, score_of (entry, words), i};
    if (found.score > 0)
      g_array_append_val (all, found);
  }
  g_array_sort (all, compare_found);
  return all;
}

static void
add_hit (GPtrArray *hits, const Found *found, const char *word)
{
  const Entry *entry = found->entry;
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
