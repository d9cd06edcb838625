/* Gathers the texts of the book, folded as they are compared. */
#include "search-index.h"

#include <string.h>

/* Where texts are being added from. */
typedef struct {
  LessonSearch *search;
  const LessonDocument *document;
  const char *lesson, *title;
  const LessonSection *section; /* that the text stands in; NULL: in none */
} Source;

/* Folding ------------------------------------------------------------------ */

void
lesson_search_fold_letter (GString *folded, gunichar letter)
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

void
lesson_search_fold (GString *folded, const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    lesson_search_fold_letter (folded, g_utf8_get_char (p));
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
      lesson_search_fold_letter (folded, g_utf8_get_char (p));
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
  LessonSearchText entry
      = {.lesson = source->lesson,
         .title = source->title,
         .place = keep (source->search, place),
         .section = section_title (source),
         .term = term != NULL ? keep (source->search, term) : NULL,
         .role = role,
         .planned = source->document == NULL,
         .shown = g_strdup (shown)};

  lesson_search_fold (folded, shown);
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
  LessonSearchText *entry = data;

  g_free (entry->shown);
  g_free (entry->folded);
}

LessonSearch *
lesson_search_begin (const LessonCatalog *catalog)
{
  LessonSearch *search = g_new0 (LessonSearch, 1);

  search->strings = g_string_chunk_new (4096);
  search->entries = g_array_new (FALSE, FALSE, sizeof (LessonSearchText));
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
