/* Reads the book's table of contents, and finds the reader's own lessons. */
#include "catalog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "blocks.h"
#include "links.h"
#include "text.h"
#include "texts.h"

#ifndef PKGDATADIR
#define PKGDATADIR "/usr/share/pagewalk"
#endif

#define MAX_OWN_LESSONS 500

typedef struct {
  LessonLoader loader;
  const char *root; /* the folder that holds book.xml */
  LessonCatalog *catalog;
  GPtrArray *documents;
} Book;

static void
entry_free (gpointer data)
{
  LessonEntry *entry = data;

  g_free (entry->id);
  g_free (entry->path);
  g_free (entry->title);
  g_free (entry->summary);
  g_strfreev (entry->prerequisites);
  g_strfreev (entry->sections);
  g_strfreev (entry->beats);
  g_free (entry);
}

static void
term_free (gpointer data)
{
  LessonTerm *term = data;

  g_free (term->id);
  g_free (term->title);
  g_free (term->text);
  g_ptr_array_unref (term->lessons);
  g_free (term);
}

static void
part_free (gpointer data)
{
  LessonPart *part = data;

  g_free (part->title);
  g_ptr_array_unref (part->lessons);
  g_free (part);
}

static LessonPart *
part_new (LessonCatalog *catalog, int number, char *title)
{
  LessonPart *part = g_new0 (LessonPart, 1);

  part->number = number;
  part->title = title;
  part->lessons = g_ptr_array_new_with_free_func (entry_free);
  g_ptr_array_add (catalog->parts, part);
  return part;
}

/* A child's text in the reader's language, without markup; NULL if there is
 * no such child. */
static char *
plain_child (LessonLoader *loader, const xmlNode *element, const char *name)
{
  LessonText *text = lesson_child_text (loader, element, name);
  char *plain = text != NULL ? lesson_text_plain (text) : NULL;

  lesson_text_free (text);
  return plain;
}

/* Two names below the root, such as "02-translation/08-two-level-walk". */
static gboolean
is_path_below (const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, "/", -1);

  for (guint i = 0; names[i] != NULL; i++) {
    gsize length = strlen (names[i]);
    if (length == 0 || !g_ascii_isalnum (names[i][0])
        || strspn (names[i], "abcdefghijklmnopqrstuvwxyz0123456789-") != length)
      return FALSE;
  }
  return names[0] != NULL;
}

static char **
copy_strings (const GPtrArray *strings)
{
  char **copy = g_new0 (char *, strings->len + 1);

  for (guint i = 0; i < strings->len; i++)
    copy[i] = g_strdup (strings->pdata[i]);
  return copy;
}

static char **
sections_of (const LessonDocument *document)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < document->sections->len; i++)
    g_ptr_array_add (ids, ((LessonSection *) document->sections->pdata[i])->id);
  return copy_strings (ids);
}

static char **
beats_of (const LessonDocument *document)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < document->sections->len; i++) {
    const LessonSection *section = document->sections->pdata[i];
    for (guint j = 0; j < section->blocks->len; j++) {
      const LessonBlock *block = section->blocks->pdata[j];
      if (block->beat != NULL)
        g_ptr_array_add (ids, block->beat->id);
    }
  }
  return copy_strings (ids);
}

/* What a written lesson says of itself; it is kept in documents. False if it
 * is damaged. */
static gboolean
read_lesson (LessonEntry *entry, GPtrArray *documents, LessonProblems *problems)
{
  g_autoptr (LessonDocument) document
      = lesson_document_load (entry->path, problems);
  if (document == NULL)
    return FALSE;

  if (entry->id != NULL && strcmp (entry->id, document->id) != 0) {
    lesson_problems_add (problems, document->file, 0, 0,
                         _ ("the lesson's id is “%s”, but the book calls it "
                            "“%s”"),
                         document->id, entry->id);
    return FALSE;
  }
  if (entry->id == NULL)
    entry->id = g_strdup (document->id);
  g_free (entry->title);
  g_free (entry->summary);
  entry->minutes = document->minutes;
  entry->title = lesson_text_plain (document->title);
  entry->summary = lesson_text_plain (document->summary);
  entry->prerequisites = copy_strings (document->prerequisites);
  entry->sections = sections_of (document);
  entry->beats = beats_of (document);
  g_ptr_array_add (documents, g_steal_pointer (&document));
  return TRUE;
}

static void
load_entry (Book *book, xmlNode *element, LessonPart *part)
{
  static const LessonAttributeRule rules[]
      = {{"id", TRUE}, {"path", FALSE}, {NULL}};
  static const LessonChildRule children[]
      = {{"title", 0, 1, 1}, {"summary", 1, 0, 1}, {NULL}};
  LessonLoader *loader = &book->loader;
  LessonEntry *entry = g_new0 (LessonEntry, 1);
  xmlAttr *found[2];

  lesson_loader_attributes (loader, element, rules, found);
  lesson_loader_children (loader, element, children);
  entry->part = part->number;
  entry->number = (int) ++book->catalog->total;
  entry->id = lesson_loader_id (loader, found[0]);
  entry->title = plain_child (loader, element, "title");
  entry->summary = plain_child (loader, element, "summary");

  g_autofree char *path = lesson_loader_string (found[1]);
  if (path != NULL && is_path_below (path))
    entry->path = g_build_filename (book->root, path, NULL);
  else if (path != NULL)
    lesson_loader_problem (loader,
                           lesson_xml_value_place (loader->xml, found[1], 0),
                           _ ("“%.80s” is not a folder below this one"), path);

  gboolean good = entry->id != NULL && entry->title != NULL;
  if (good && entry->path != NULL)
    good = read_lesson (entry, book->documents, loader->problems);
  if (good)
    g_ptr_array_add (part->lessons, entry);
  else
    entry_free (entry);
}

static void
load_part (Book *book, xmlNode *element)
{
  static const LessonAttributeRule rules[] = {{"number", TRUE}, {NULL}};
  static const LessonChildRule children[]
      = {{"title", 0, 1, 1}, {"lesson", 1}, {NULL}};
  LessonLoader *loader = &book->loader;
  xmlAttr *number;

  lesson_loader_attributes (loader, element, rules, &number);
  lesson_loader_children (loader, element, children);
  int position = (int) book->catalog->parts->len + 1;
  if (lesson_loader_number (loader, number, 1, 99, (guint64) position)
      != (guint64) position)
    lesson_loader_problem (loader,
                           lesson_xml_value_place (loader->xml, number, 0),
                           _ ("this is part %d"), position);

  LessonPart *part = part_new (book->catalog, position,
                               plain_child (loader, element, "title"));
  for (xmlNode *n = lesson_loader_first (element, children); n != NULL;
       n = lesson_loader_next (n, children))
    if (lesson_loader_named (n, "lesson"))
      load_entry (book, n, part);
}

static void
load_book (Book *book, xmlNode *root)
{
  static const LessonAttributeRule none[] = {{NULL}};
  static const LessonChildRule children[] = {{"part", 0, 1}, {NULL}};
  LessonLoader *loader = &book->loader;

  if (!lesson_xml_is_element (root) || !lesson_loader_named (root, "book")) {
    lesson_loader_problem (loader, lesson_xml_place (loader->xml, root),
                           _ ("a table of contents begins with "
                              "<book xmlns=\"%s\">"),
                           LESSON_NAMESPACE);
    return;
  }

  lesson_loader_attributes (loader, root, none, NULL);
  lesson_loader_children (loader, root, children);
  for (xmlNode *n = lesson_loader_first (root, children); n != NULL;
       n = lesson_loader_next (n, children))
    load_part (book, n);
}

static void
read_book (LessonCatalog *catalog, const char *root, GPtrArray *documents,
           LessonProblems *problems)
{
  g_autofree char *file = g_build_filename (root, "book.xml", NULL);
  gsize length = 0;
  g_autofree char *data = lesson_xml_read_file (file, file, &length, problems);
  if (data == NULL)
    return;

  g_autoptr (LessonXml) xml = lesson_xml_parse (data, length, file, problems);
  if (xml == NULL)
    return;

  g_autoptr (GHashTable) ids
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Book book = {.loader = {.xml = xml, .problems = problems, .ids = ids},
               .root = root,
               .catalog = catalog,
               .documents = documents};
  load_book (&book, xmlDocGetRootElement (xml->doc));
}

/* The reader's own lessons ------------------------------------------------ */

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The names of the folders that hold a lesson.xml, sorted. */
static GPtrArray *
list_lessons (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && names->len < MAX_OWN_LESSONS
         && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *file = g_build_filename (folder, name, "lesson.xml", NULL);
    if (g_file_test (file, G_FILE_TEST_EXISTS))
      g_ptr_array_add (names, g_strdup (name));
  }
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void
add_own_lesson (LessonCatalog *catalog, LessonPart *part, char *path,
                GPtrArray *documents, LessonProblems *problems)
{
  LessonEntry *entry = g_new0 (LessonEntry, 1);

  entry->own = TRUE;
  entry->path = path;
  entry->part = part->number;
  entry->number = (int) part->lessons->len + 1;
  if (!read_lesson (entry, documents, problems)) {
    entry_free (entry);
    return;
  }

  /* Progress is kept by id: two lessons cannot share one. */
  if (lesson_catalog_find (catalog, entry->id) != NULL) {
    g_ptr_array_remove_index (documents, documents->len - 1);
    lesson_problems_add (problems, path, 0, 0,
                         _ ("another lesson has the id “%s” already"),
                         entry->id);
    entry_free (entry);
    return;
  }
  g_ptr_array_add (part->lessons, entry);
}

/* They make a part of their own behind the book's, if there are any. */
static void
read_own_lessons (LessonCatalog *catalog, GPtrArray *documents,
                  LessonProblems *problems)
{
  g_autofree char *folder
      = g_build_filename (g_get_user_data_dir (), "pagewalk", "lessons", NULL);
  g_autoptr (GPtrArray) names = list_lessons (folder);
  if (names->len == 0)
    return;

  LessonPart *part = part_new (catalog, (int) catalog->parts->len + 1,
                               g_strdup (_ ("Your lessons")));
  for (guint i = 0; i < names->len; i++)
    add_own_lesson (catalog, part,
                    g_build_filename (folder, names->pdata[i], NULL), documents,
                    problems);
}

/* The glossary ------------------------------------------------------------ */

static char *
text_of (const LessonDefinition *definition)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < definition->paragraphs->len; i++) {
    g_autofree char *plain
        = lesson_text_plain (definition->paragraphs->pdata[i]);
    g_string_append_printf (text, "%s%s", i > 0 ? "\n\n" : "", plain);
  }
  return g_string_free (text, FALSE);
}

/* Of two definitions the first is kept; the other is reported later. */
static void
add_terms (LessonCatalog *catalog, const LessonDocument *document)
{
  const LessonEntry *entry = lesson_catalog_find (catalog, document->id);

  for (guint i = 0; entry != NULL && i < document->definitions->len; i++) {
    const LessonDefinition *definition = document->definitions->pdata[i];
    if (lesson_catalog_term (catalog, definition->id) != NULL)
      continue;
    LessonTerm *term = g_new0 (LessonTerm, 1);
    term->id = g_strdup (definition->id);
    term->title = lesson_text_plain (definition->title);
    term->text = text_of (definition);
    term->lesson = entry->id;
    term->lessons = g_ptr_array_new ();
    g_ptr_array_add (catalog->terms, term);
  }
}

typedef struct {
  const LessonCatalog *catalog;
  const LessonEntry *entry;
} Uses;

static void
note_uses (const LessonText *text, LessonRole role G_GNUC_UNUSED, gpointer data)
{
  const Uses *uses = data;

  for (guint i = 0; i < text->runs->len; i++) {
    const char *id = ((LessonRun *) text->runs->pdata[i])->term;
    const LessonTerm *term
        = id != NULL ? lesson_catalog_term (uses->catalog, id) : NULL;
    if (term != NULL
        && !g_ptr_array_find (term->lessons, uses->entry->id, NULL))
      g_ptr_array_add (term->lessons, uses->entry->id);
  }
}

static int
compare_terms (gconstpointer a, gconstpointer b)
{
  const LessonTerm *const *one = a, *const *two = b;

  return g_utf8_collate ((*one)->title, (*two)->title);
}

/* Joins what the lessons say of words, and looks at what they refer to. */
static void
join_lessons (LessonCatalog *catalog, const GPtrArray *documents,
              LessonProblems *problems)
{
  for (guint i = 0; i < documents->len; i++)
    add_terms (catalog, documents->pdata[i]);
  for (guint i = 0; i < documents->len; i++) {
    const LessonDocument *document = documents->pdata[i];
    Uses uses = {catalog, lesson_catalog_find (catalog, document->id)};
    if (uses.entry != NULL)
      lesson_document_each_text (document, note_uses, &uses);
    lesson_links_check_book (document, catalog, problems);
  }
  g_ptr_array_sort (catalog->terms, compare_terms);
}

static void
document_free (gpointer document)
{
  lesson_document_free (document);
}

/* Public ------------------------------------------------------------------ */

LessonCatalog *
lesson_catalog_load (const char *root, LessonProblems *problems)
{
  g_autoptr (GPtrArray) documents
      = g_ptr_array_new_with_free_func (document_free);
  LessonCatalog *catalog = g_new0 (LessonCatalog, 1);

  catalog->parts = g_ptr_array_new_with_free_func (part_free);
  catalog->terms = g_ptr_array_new_with_free_func (term_free);
  if (root == NULL)
    root = g_getenv ("PAGEWALK_LESSONS");
  read_book (catalog, root != NULL ? root : PKGDATADIR "/lessons", documents,
             problems);
  read_own_lessons (catalog, documents, problems);
  join_lessons (catalog, documents, problems);
  return catalog;
}

void
lesson_catalog_free (LessonCatalog *catalog)
{
  if (catalog == NULL)
    return;

  g_ptr_array_unref (catalog->parts);
  g_ptr_array_unref (catalog->terms);
  g_free (catalog);
}

const LessonEntry *
lesson_catalog_find (const LessonCatalog *catalog, const char *id)
{
  for (guint i = 0; i < catalog->parts->len; i++) {
    const LessonPart *part = catalog->parts->pdata[i];
    for (guint j = 0; j < part->lessons->len; j++) {
      const LessonEntry *entry = part->lessons->pdata[j];
      if (strcmp (entry->id, id) == 0)
        return entry;
    }
  }
  return NULL;
}

const LessonTerm *
lesson_catalog_term (const LessonCatalog *catalog, const char *id)
{
  for (guint i = 0; i < catalog->terms->len; i++) {
    const LessonTerm *term = catalog->terms->pdata[i];
    if (strcmp (term->id, id) == 0)
      return term;
  }
  return NULL;
}
