/* Loads a lesson's misconceptions, and joins questions with what they name. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "misconception.h"
#include "question-load.h"
#include "suggest.h"
#include "text.h"

static void
misconception_free (gpointer data)
{
  LessonMisconception *misconception = data;

  g_free (misconception->id);
  lesson_text_free (misconception->text);
  g_free (misconception);
}

static LessonMisconception *
load_misconception (LessonLoader *loader, xmlNode *element)
{
  static const LessonAttributeRule rules[] = {{"id", TRUE}, {NULL}};
  LessonMisconception *misconception = g_new0 (LessonMisconception, 1);
  xmlAttr *id;

  lesson_loader_attributes (loader, element, rules, &id);
  misconception->id = lesson_loader_id (loader, id);
  misconception->text = lesson_text_load (loader, element);
  if (misconception->id != NULL
      && g_strv_contains (lesson_misconception_ids (), misconception->id))
    lesson_loader_problem (loader, lesson_xml_value_place (loader->xml, id, 0),
                           _ ("“%s” is a misconception of the book already; "
                              "choose another id"),
                           misconception->id);
  return misconception;
}

GPtrArray *
lesson_misconceptions_load (LessonLoader *loader, xmlNode *element)
{
  static const LessonAttributeRule attributes[] = {{NULL}};
  static const LessonChildRule rules[] = {{"misconception", 0, 1}, {NULL}};
  GPtrArray *list = g_ptr_array_new_with_free_func (misconception_free);

  lesson_loader_attributes (loader, element, attributes, NULL);
  lesson_loader_children (loader, element, rules);
  for (xmlNode *n = lesson_loader_first (element, rules); n != NULL;
       n = lesson_loader_next (n, rules))
    g_ptr_array_add (list, load_misconception (loader, n));
  return list;
}

/* What questions name ----------------------------------------------------- */

static gboolean
has_beat (const LessonDocument *document, const char *id)
{
  for (guint i = 0; i < document->sections->len; i++) {
    const LessonSection *section = document->sections->pdata[i];
    for (guint j = 0; j < section->blocks->len; j++) {
      const LessonBlock *block = section->blocks->pdata[j];
      if (block->kind == LESSON_BLOCK_BEAT
          && g_strcmp0 (block->beat->id, id) == 0)
        return TRUE;
    }
  }
  return FALSE;
}

static void
check_of (LessonLoader *loader, const LessonDocument *document, const char *of,
          LessonPlace place)
{
  if (of == NULL || lesson_misconception_find (document, of) != NULL)
    return;

  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (guint i = 0; i < document->misconceptions->len; i++) {
    const LessonMisconception *own = document->misconceptions->pdata[i];
    if (own->id != NULL)
      g_ptr_array_add (names, own->id);
  }
  for (guint i = 0; lesson_misconception_ids ()[i] != NULL; i++)
    g_ptr_array_add (names, (gpointer) lesson_misconception_ids ()[i]);
  g_ptr_array_add (names, NULL);
  g_autofree char *hint
      = lesson_suggest (of, (const char *const *) names->pdata);
  lesson_loader_problem (loader, place,
                         _ ("no misconception is called “%s”; %s"), of, hint);
}

static void
link_mistakes (LessonLoader *loader, const LessonDocument *document,
               const GPtrArray *mistakes)
{
  for (guint i = 0; i < mistakes->len; i++) {
    const LessonMistake *mistake = mistakes->pdata[i];
    check_of (loader, document, mistake->of, mistake->of_place);
  }
}

static void
link_rows (LessonLoader *loader, const LessonDocument *document,
           const GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++) {
    const LessonRow *row = rows->pdata[i];
    for (guint j = 0; j < row->cells->len; j++) {
      const LessonCell *cell = row->cells->pdata[j];
      link_mistakes (loader, document, cell->mistakes);
    }
  }
}

static void
link_question (LessonLoader *loader, const LessonDocument *document,
               const LessonQuestion *question)
{
  if (question->beat != NULL && !has_beat (document, question->beat))
    lesson_loader_problem (loader, question->beat_place,
                           _ ("there is no beat “%s”"), question->beat);
  link_mistakes (loader, document, question->mistakes);
  link_rows (loader, document, question->rows);
  for (guint i = 0; i < question->choices->len; i++) {
    const LessonChoice *choice = question->choices->pdata[i];
    check_of (loader, document, choice->of, choice->of_place);
  }
}

void
lesson_questions_link (LessonLoader *loader, const LessonDocument *document)
{
  for (guint i = 0; i < document->sections->len; i++) {
    const LessonSection *section = document->sections->pdata[i];
    for (guint j = 0; j < section->blocks->len; j++) {
      const LessonBlock *block = section->blocks->pdata[j];
      if (block->kind == LESSON_BLOCK_QUESTION)
        link_question (loader, document, block->question);
    }
  }
}
