/* Loads what stands behind a lesson's sections: glossary and teacher's notes.
 */
#include "back.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "blocks.h"
#include "text.h"

static const LessonAttributeRule no_attributes[] = {{NULL}};

/* Glossary ---------------------------------------------------------------- */

static void
definition_free (gpointer data)
{
  LessonDefinition *definition = data;

  g_free (definition->id);
  lesson_text_free (definition->title);
  g_ptr_array_unref (definition->paragraphs);
  g_free (definition);
}

/* Ids of words are apart from the others: a section may be called as the word
 * that it explains. */
static void
check_id (LessonLoader *loader, const xmlAttr *id, const GPtrArray *definitions,
          const LessonDefinition *definition)
{
  for (guint i = 0; i < definitions->len; i++) {
    const LessonDefinition *other = definitions->pdata[i];
    if (g_strcmp0 (other->id, definition->id) != 0 || other->id == NULL)
      continue;
    lesson_loader_problem (loader, lesson_xml_value_place (loader->xml, id, 0),
                           _ ("the id “%s” is taken by line %d; choose "
                              "another one"),
                           definition->id, other->place.line);
  }
}

static LessonDefinition *
load_definition (LessonLoader *loader, xmlNode *element,
                 const GPtrArray *definitions)
{
  static const LessonAttributeRule attributes[] = {{"id", TRUE}, {NULL}};
  static const LessonChildRule children[]
      = {{"title", 0, 1, 1}, {"p", 1, 1}, {NULL}};
  LessonDefinition *definition = g_new0 (LessonDefinition, 1);
  xmlAttr *id;

  lesson_loader_attributes (loader, element, attributes, &id);
  lesson_loader_children (loader, element, children);
  definition->place = lesson_xml_place (loader->xml, element);
  definition->id = lesson_loader_name (loader, id);
  check_id (loader, id, definitions, definition);
  definition->title = lesson_child_text (loader, element, "title");
  definition->paragraphs = lesson_child_texts (loader, element, "p");
  return definition;
}

GPtrArray *
lesson_definitions_load (LessonLoader *loader, xmlNode *element)
{
  static const LessonChildRule children[] = {{"definition", 0, 1}, {NULL}};
  GPtrArray *definitions = g_ptr_array_new_with_free_func (definition_free);

  lesson_loader_attributes (loader, element, no_attributes, NULL);
  lesson_loader_children (loader, element, children);
  for (xmlNode *n = lesson_loader_first (element, children); n != NULL;
       n = lesson_loader_next (n, children))
    g_ptr_array_add (definitions, load_definition (loader, n, definitions));
  return definitions;
}

/* Teacher's notes --------------------------------------------------------- */

static void
wrong_free (gpointer data)
{
  LessonWrong *wrong = data;

  g_free (wrong->question);
  lesson_text_free (wrong->says);
  lesson_text_free (wrong->why);
  lesson_text_free (wrong->ask);
  g_free (wrong);
}

static gboolean
has_question (const LessonDocument *document, const char *id)
{
  for (guint i = 0; i < document->sections->len; i++) {
    const LessonSection *section = document->sections->pdata[i];
    for (guint j = 0; j < section->blocks->len; j++) {
      const LessonBlock *block = section->blocks->pdata[j];
      if (block->question != NULL && g_strcmp0 (block->question->id, id) == 0)
        return TRUE;
    }
  }
  return FALSE;
}

static LessonWrong *
load_wrong (LessonLoader *loader, xmlNode *element,
            const LessonDocument *document)
{
  static const LessonAttributeRule attributes[] = {{"question", FALSE}, {NULL}};
  static const LessonChildRule children[]
      = {{"says", 0, 1, 1}, {"why", 1, 1, 1}, {"ask", 2, 1, 1}, {NULL}};
  LessonWrong *wrong = g_new0 (LessonWrong, 1);
  xmlAttr *question;

  lesson_loader_attributes (loader, element, attributes, &question);
  lesson_loader_children (loader, element, children);
  wrong->place = lesson_xml_place (loader->xml, element);
  wrong->question = lesson_loader_name (loader, question);
  if (wrong->question != NULL && !has_question (document, wrong->question))
    lesson_loader_problem (loader,
                           lesson_xml_value_place (loader->xml, question, 0),
                           _ ("there is no question “%s”"), wrong->question);
  wrong->says = lesson_child_text (loader, element, "says");
  wrong->why = lesson_child_text (loader, element, "why");
  wrong->ask = lesson_child_text (loader, element, "ask");
  return wrong;
}

void
lesson_notes_load (LessonLoader *loader, xmlNode *element,
                   LessonDocument *document)
{
  static const LessonChildRule children[] = {{"note", 0}, {"wrong", 0}, {NULL}};

  lesson_loader_attributes (loader, element, no_attributes, NULL);
  lesson_loader_children (loader, element, children);
  document->notes = lesson_child_texts (loader, element, "note");
  document->wrongs = g_ptr_array_new_with_free_func (wrong_free);
  for (xmlNode *n = lesson_loader_first (element, children); n != NULL;
       n = lesson_loader_next (n, children))
    if (lesson_loader_named (n, "wrong"))
      g_ptr_array_add (document->wrongs, load_wrong (loader, n, document));
  if (document->notes->len + document->wrongs->len == 0)
    lesson_loader_problem (loader, lesson_xml_place (loader->xml, element),
                           _ ("<notes> needs a <note> or a <wrong>"));
}
