/* Loads a lesson: the frame around its sections, and what joins its parts. */
#include "document.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "back.h"
#include "beats.h"
#include "blocks.h"
#include "exercise-document.h"
#include "links.h"
#include "question-load.h"
#include "staging.h"
#include "text.h"

static const LessonAttributeRule no_attributes[] = {{NULL}};

static LessonDocument *
document_new (const char *file)
{
  LessonDocument *document = g_new0 (LessonDocument, 1);

  document->file = g_strdup (file);
  document->prerequisites = g_ptr_array_new_with_free_func (g_free);
  document->prerequisite_places
      = g_array_new (FALSE, FALSE, sizeof (LessonPlace));
  return document;
}

static void
section_free (gpointer data)
{
  LessonSection *section = data;

  g_free (section->id);
  lesson_text_free (section->title);
  g_ptr_array_unref (section->presenter);
  g_ptr_array_unref (section->blocks);
  g_free (section);
}

void
lesson_document_free (LessonDocument *document)
{
  if (document == NULL)
    return;

  g_free (document->folder);
  g_free (document->file);
  g_free (document->id);
  lesson_text_free (document->title);
  lesson_text_free (document->summary);
  g_ptr_array_unref (document->prerequisites);
  g_array_unref (document->prerequisite_places);
  g_clear_pointer (&document->objectives, g_ptr_array_unref);
  g_clear_pointer (&document->machine, g_ptr_array_unref);
  g_clear_pointer (&document->figures, g_ptr_array_unref);
  g_clear_pointer (&document->misconceptions, g_ptr_array_unref);
  g_clear_pointer (&document->sections, g_ptr_array_unref);
  g_clear_pointer (&document->definitions, g_ptr_array_unref);
  g_clear_pointer (&document->notes, g_ptr_array_unref);
  g_clear_pointer (&document->wrongs, g_ptr_array_unref);
  g_clear_pointer (&document->reading, g_ptr_array_unref);
  g_clear_pointer (&document->sources, g_ptr_array_unref);
  g_free (document);
}

/* Parts of a lesson ------------------------------------------------------- */

static gboolean
has_string (const GPtrArray *strings, const char *string)
{
  for (guint i = 0; i < strings->len; i++)
    if (strcmp (strings->pdata[i], string) == 0)
      return TRUE;
  return FALSE;
}

static void
load_prerequisite (LessonLoader *loader, xmlNode *element,
                   LessonDocument *document)
{
  static const LessonAttributeRule rules[] = {{"lesson", TRUE}, {NULL}};
  xmlAttr *lesson;

  lesson_loader_attributes (loader, element, rules, &lesson);
  lesson_loader_empty (loader, element);
  g_autofree char *name = lesson_loader_name (loader, lesson);
  if (name == NULL)
    return;

  LessonPlace place = lesson_xml_value_place (loader->xml, lesson, 0);
  if (g_strcmp0 (name, document->id) == 0)
    lesson_loader_problem (loader, place,
                           _ ("a lesson cannot come before itself"));
  else if (has_string (document->prerequisites, name))
    lesson_loader_problem (loader, place, _ ("“%s” is named twice"), name);
  g_ptr_array_add (document->prerequisites, g_steal_pointer (&name));
  g_array_append_val (document->prerequisite_places, place);
}

static void
load_prerequisites (LessonLoader *loader, xmlNode *element,
                    LessonDocument *document)
{
  static const LessonChildRule rules[] = {{"ref", 0, 1}, {NULL}};

  lesson_loader_attributes (loader, element, no_attributes, NULL);
  lesson_loader_children (loader, element, rules);
  for (xmlNode *n = lesson_loader_first (element, rules); n != NULL;
       n = lesson_loader_next (n, rules))
    load_prerequisite (loader, n, document);
}

/* objectives, notes and sources are lists of texts. */
static GPtrArray *
load_texts (LessonLoader *loader, xmlNode *element, const char *name)
{
  const LessonChildRule rules[] = {{name, 0, 1}, {NULL}};

  lesson_loader_attributes (loader, element, no_attributes, NULL);
  lesson_loader_children (loader, element, rules);
  return lesson_child_texts (loader, element, name);
}

static GPtrArray *
load_machine (LessonLoader *loader, xmlNode *element)
{
  static const LessonChildRule rules[] = {{"do", 0, 1}, {NULL}};

  lesson_loader_attributes (loader, element, no_attributes, NULL);
  lesson_loader_children (loader, element, rules);
  return lesson_dos_load (loader, element);
}

static LessonSection *
load_section (LessonLoader *loader, xmlNode *element)
{
  static const LessonAttributeRule rules[] = {{"id", TRUE}, {NULL}};
  LessonSection *section = g_new0 (LessonSection, 1);
  xmlAttr *id;

  lesson_loader_attributes (loader, element, rules, &id);
  lesson_loader_children (loader, element, lesson_section_children);
  section->id = lesson_loader_id (loader, id);
  section->title = lesson_child_text (loader, element, "title");
  section->presenter = lesson_child_texts (loader, element, "presenter");
  section->blocks = lesson_blocks_load (loader, element);
  return section;
}

/* The whole --------------------------------------------------------------- */

static const LessonChildRule lesson_children[] = {{"title", 0, 1, 1},
                                                  {"summary", 1, 1, 1},
                                                  {"prerequisites", 2, 0, 1},
                                                  {"objectives", 3, 1, 1},
                                                  {"machine", 4, 1, 1},
                                                  {"stage", 5, 1, 1},
                                                  {"misconceptions", 6, 0, 1},
                                                  {"section", 7, 1},
                                                  {"glossary", 8, 0, 1},
                                                  {"notes", 9, 0, 1},
                                                  {"reading", 10, 0, 1},
                                                  {"sources", 11, 0, 1},
                                                  {NULL}};

/* Loads one child of <lesson>; a second one of its kind, which was reported,
 * is left alone. */
static void
load_part (LessonLoader *loader, xmlNode *n, LessonDocument *document)
{
  if (lesson_loader_named (n, "prerequisites"))
    load_prerequisites (loader, n, document);
  else if (lesson_loader_named (n, "objectives")
           && document->objectives == NULL)
    document->objectives = load_texts (loader, n, "objective");
  else if (lesson_loader_named (n, "machine") && document->machine == NULL)
    document->machine = load_machine (loader, n);
  else if (lesson_loader_named (n, "stage"))
    lesson_stage_load (loader, n, document->figures);
  else if (lesson_loader_named (n, "misconceptions")
           && document->misconceptions == NULL)
    document->misconceptions = lesson_misconceptions_load (loader, n);
  else if (lesson_loader_named (n, "section"))
    g_ptr_array_add (document->sections, load_section (loader, n));
  else if (lesson_loader_named (n, "glossary") && document->definitions == NULL)
    document->definitions = lesson_definitions_load (loader, n);
  else if (lesson_loader_named (n, "notes") && document->notes == NULL)
    lesson_notes_load (loader, n, document);
  else if (lesson_loader_named (n, "reading") && document->reading == NULL)
    document->reading = load_texts (loader, n, "item");
  else if (lesson_loader_named (n, "sources") && document->sources == NULL)
    document->sources = load_texts (loader, n, "source");
}

/* What a lesson does not have is an empty list. */
static void
fill_empty (GPtrArray **list)
{
  if (*list == NULL)
    *list = g_ptr_array_new ();
}

static void
fill_all_empty (LessonDocument *document)
{
  fill_empty (&document->objectives);
  fill_empty (&document->definitions);
  fill_empty (&document->notes);
  fill_empty (&document->wrongs);
  fill_empty (&document->reading);
  fill_empty (&document->sources);
  fill_empty (&document->misconceptions);
}

static void
load_lesson (LessonLoader *loader, xmlNode *root, LessonDocument *document)
{
  static const LessonAttributeRule rules[]
      = {{"id", TRUE}, {"part", TRUE}, {"minutes", TRUE}, {NULL}};
  xmlAttr *found[3];

  lesson_loader_attributes (loader, root, rules, found);
  lesson_loader_children (loader, root, lesson_children);
  document->id = lesson_loader_name (loader, found[0]);
  document->part = (int) lesson_loader_number (loader, found[1], 1, 99, 1);
  if (found[1] != NULL)
    document->part_place = lesson_xml_value_place (loader->xml, found[1], 0);
  document->minutes = (int) lesson_loader_number (loader, found[2], 1, 600, 1);
  document->title = lesson_child_text (loader, root, "title");
  document->summary = lesson_child_text (loader, root, "summary");
  document->figures = g_ptr_array_new_with_free_func (lesson_figure_free);
  document->sections = g_ptr_array_new_with_free_func (section_free);
  for (xmlNode *n = lesson_loader_first (root, lesson_children); n != NULL;
       n = lesson_loader_next (n, lesson_children))
    load_part (loader, n, document);

  fill_all_empty (document);
  lesson_questions_link (loader, document);
  lesson_links_check (document, loader->problems);
}

/* Exercises --------------------------------------------------------------- */

static const LessonChildRule exercise_children[]
    = {{"title", 0, 1, 1},          {"summary", 1, 1, 1},
       {"numbers", 2, 0, 1},        {"machine", 3, 1, 1},
       {"misconceptions", 4, 0, 1}, {"beat", 5, 1},
       {"question", 5, 1},          {NULL}};

/* What happens and what is asked stands in one section. */
static LessonSection *
load_exercise_section (LessonLoader *loader, xmlNode *root)
{
  LessonSection *section = g_new0 (LessonSection, 1);

  section->id = g_strdup ("exercise");
  section->title = lesson_child_text (loader, root, "title");
  section->presenter = g_ptr_array_new ();
  section->blocks = lesson_blocks_load (loader, root);
  return section;
}

LessonDocument *
lesson_document_of_exercise (LessonLoader *loader, xmlNode *root)
{
  static const LessonAttributeRule rules[] = {{"id", TRUE}, {NULL}};
  g_autoptr (LessonDocument) document = document_new (loader->xml->file);
  xmlAttr *id;

  lesson_loader_attributes (loader, root, rules, &id);
  lesson_loader_children (loader, root, exercise_children);
  document->rolled = TRUE;
  document->id = lesson_loader_name (loader, id);
  document->part = document->minutes = 1;
  document->title = lesson_child_text (loader, root, "title");
  document->summary = lesson_child_text (loader, root, "summary");
  document->figures = g_ptr_array_new_with_free_func (lesson_figure_free);
  document->sections = g_ptr_array_new_with_free_func (section_free);
  for (xmlNode *n = lesson_loader_first (root, exercise_children); n != NULL;
       n = lesson_loader_next (n, exercise_children)) {
    if (lesson_loader_named (n, "machine") && document->machine == NULL)
      document->machine = load_machine (loader, n);
    else if (lesson_loader_named (n, "misconceptions")
             && document->misconceptions == NULL)
      document->misconceptions = lesson_misconceptions_load (loader, n);
  }
  g_ptr_array_add (document->sections, load_exercise_section (loader, root));
  fill_all_empty (document);
  lesson_questions_link (loader, document);
  return lesson_problems_count (loader->problems) == 0
             ? g_steal_pointer (&document)
             : NULL;
}

/* The whole --------------------------------------------------------------- */

/* True if the root is a lesson's. */
static gboolean
check_root (LessonLoader *loader, const xmlNode *root)
{
  LessonPlace place = lesson_xml_place (loader->xml, root);

  if (!lesson_loader_named (root, "lesson"))
    lesson_loader_problem (loader, place,
                           _ ("a lesson begins with <lesson>, not <%s>"),
                           root->name);
  else if (!lesson_xml_is_element (root))
    lesson_loader_problem (loader, place, _ ("<lesson> needs xmlns=\"%s\""),
                           LESSON_NAMESPACE);
  else
    return TRUE;
  return FALSE;
}

LessonDocument *
lesson_document_parse (const char *data, gsize length, const char *file,
                       LessonProblems *problems)
{
  g_autoptr (LessonXml) xml = lesson_xml_parse (data, length, file, problems);
  if (xml == NULL)
    return NULL;

  g_autoptr (GHashTable) ids
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  LessonLoader loader = {.xml = xml, .problems = problems, .ids = ids};
  xmlNode *root = xmlDocGetRootElement (xml->doc);
  guint before = lesson_problems_count (problems);
  if (!check_root (&loader, root))
    return NULL;

  g_autoptr (LessonDocument) document = document_new (file);
  load_lesson (&loader, root, document);
  if (lesson_problems_count (problems) > before)
    return NULL;
  return g_steal_pointer (&document);
}

LessonDocument *
lesson_document_load (const char *path, LessonProblems *problems)
{
  gboolean folder = g_file_test (path, G_FILE_TEST_IS_DIR);
  g_autofree char *file = folder ? g_build_filename (path, "lesson.xml", NULL)
                                 : g_strdup (path);
  gsize length = 0;
  g_autofree char *data = lesson_xml_read_file (file, file, &length, problems);
  if (data == NULL)
    return NULL;

  LessonDocument *document
      = lesson_document_parse (data, length, file, problems);
  if (document == NULL)
    return NULL;

  g_autofree char *absolute = g_canonicalize_filename (file, NULL);
  document->folder = g_path_get_dirname (absolute);
  return document;
}

const LessonSection *
lesson_document_section (const LessonDocument *document, const char *id)
{
  for (guint i = 0; i < document->sections->len; i++) {
    const LessonSection *section = document->sections->pdata[i];
    if (g_strcmp0 (section->id, id) == 0)
      return section;
  }
  return NULL;
}

const LessonBeat *
lesson_document_beat (const LessonDocument *document, const char *id)
{
  for (guint i = 0; i < document->sections->len; i++) {
    const LessonSection *section = document->sections->pdata[i];
    for (guint j = 0; j < section->blocks->len; j++) {
      const LessonBlock *block = section->blocks->pdata[j];
      if (block->beat != NULL && g_strcmp0 (block->beat->id, id) == 0)
        return block->beat;
    }
  }
  return NULL;
}

const LessonDefinition *
lesson_document_definition (const LessonDocument *document, const char *id)
{
  for (guint i = 0; i < document->definitions->len; i++) {
    const LessonDefinition *definition = document->definitions->pdata[i];
    if (g_strcmp0 (definition->id, id) == 0)
      return definition;
  }
  return NULL;
}

const char *
lesson_callout_title (LessonCalloutKind kind)
{
  switch (kind) {
  case LESSON_CALLOUT_NOTE:
    return _ ("Note");
  case LESSON_CALLOUT_MISCONCEPTION:
    return _ ("A common mistake");
  case LESSON_CALLOUT_COST:
    return _ ("What it costs");
  case LESSON_CALLOUT_SIMPLIFICATION:
    return _ ("Simplified here");
  case LESSON_CALLOUT_HISTORY:
    return _ ("History");
  case LESSON_CALLOUT_LINUX:
    return _ ("On your own Linux");
  }
  g_return_val_if_reached ("");
}
