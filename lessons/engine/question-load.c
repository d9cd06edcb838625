/* Loads questions. */
#include "question-load.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "beats.h"
#include "blocks.h"
#include "misconception.h"
#include "query.h"
#include "text.h"

char *
lesson_question_is (LessonLoader *loader, xmlNode *element, LessonPlace *place)
{
  static const LessonAttributeRule rules[] = {{"is", TRUE}, {NULL}};
  xmlAttr *is;

  lesson_loader_attributes (loader, element, rules, &is);
  *place = is != NULL ? lesson_xml_value_place (loader->xml, is, 0)
                      : lesson_xml_place (loader->xml, element);
  return lesson_loader_query (loader, is);
}

/* Mistakes and choices ---------------------------------------------------- */

/* The attributes is and of. */
static char *
load_is_of (LessonLoader *loader, xmlNode *element, char **of,
            LessonPlace *place, LessonPlace *of_place)
{
  static const LessonAttributeRule rules[]
      = {{"is", TRUE}, {"of", FALSE}, {NULL}};
  xmlAttr *found[2];

  lesson_loader_attributes (loader, element, rules, found);
  *place = found[0] != NULL ? lesson_xml_value_place (loader->xml, found[0], 0)
                            : lesson_xml_place (loader->xml, element);
  *of = lesson_loader_name (loader, found[1]);
  if (found[1] != NULL)
    *of_place = lesson_xml_value_place (loader->xml, found[1], 0);
  return lesson_loader_query (loader, found[0]);
}

void
lesson_mistake_free (gpointer data)
{
  LessonMistake *mistake = data;

  g_free (mistake->query);
  g_free (mistake->of);
  lesson_text_free (mistake->text);
  g_free (mistake);
}

LessonMistake *
lesson_mistake_load (LessonLoader *loader, xmlNode *element)
{
  LessonMistake *mistake = g_new0 (LessonMistake, 1);

  mistake->query = load_is_of (loader, element, &mistake->of, &mistake->place,
                               &mistake->of_place);
  if (mistake->of == NULL || element->children != NULL)
    mistake->text = lesson_text_load (loader, element);
  return mistake;
}

static void
choice_free (gpointer data)
{
  LessonChoice *choice = data;

  g_free (choice->query);
  g_free (choice->of);
  lesson_text_free (choice->text);
  g_free (choice);
}

/* The attributes is and level. */
static void
load_table (LessonLoader *loader, xmlNode *element, LessonChoice *table)
{
  static const LessonAttributeRule rules[]
      = {{"is", TRUE}, {"level", FALSE}, {NULL}};
  xmlAttr *found[2];

  lesson_loader_attributes (loader, element, rules, found);
  table->place = lesson_xml_place (loader->xml, element);
  table->query = lesson_loader_query (loader, found[0]);
  table->level
      = (int) lesson_loader_number (loader, found[1], 1, VM_MAX_LEVELS, 0);
}

LessonChoice *
lesson_choice_load (LessonLoader *loader, xmlNode *element)
{
  LessonChoice *choice = g_new0 (LessonChoice, 1);

  if (lesson_loader_named (element, "choice"))
    choice->query = load_is_of (loader, element, &choice->of, &choice->place,
                                &choice->of_place);
  else if (lesson_loader_named (element, "table"))
    load_table (loader, element, choice);
  else
    choice->query = lesson_question_is (loader, element, &choice->place);
  choice->text = lesson_text_load (loader, element);
  return choice;
}

static void
load_answer (LessonLoader *loader, xmlNode *element, LessonQuestion *question)
{
  LessonQueryFault fault = {0};
  LessonValue value;

  lesson_loader_empty (loader, element);
  if (question->answer != NULL)
    return;
  question->answer
      = lesson_question_is (loader, element, &question->answer_place);
  if (question->answer == NULL || question->format != NULL)
    return;
  if (lesson_query_check (question->answer, &value, &fault))
    question->format
        = g_strdup (value.style == LESSON_STYLE_HEX ? "hex" : "dec");
  lesson_query_fault_clear (&fault);
}

/* What each kind holds ---------------------------------------------------- */

#define HINTS_AND_RIGHT(rank)                                                  \
  {"hint", rank}, {"right", rank + 1, 0, 1},                                   \
  {                                                                            \
    NULL                                                                       \
  }

static const LessonChildRule predict_children[] = {
    {"ask", 0, 1, 1}, {"answer", 1, 1, 1}, {"mistake", 2}, HINTS_AND_RIGHT (3)};
static const LessonChildRule choose_children[]
    = {{"ask", 0, 1, 1}, {"choice", 1, 2, 26}, HINTS_AND_RIGHT (2)};
static const LessonChildRule order_children[]
    = {{"ask", 0, 1, 1}, {"item", 1, 2, 26}, HINTS_AND_RIGHT (2)};
static const LessonChildRule match_children[] = {{"ask", 0, 1, 1},
                                                 {"item", 1, 2, 26},
                                                 {"to", 2, 2, 26},
                                                 HINTS_AND_RIGHT (3)};
static const LessonChildRule fill_children[] = {{"ask", 0, 1, 1},
                                                {"column", 1, 1, 9},
                                                {"row", 2, 1, 64},
                                                HINTS_AND_RIGHT (3)};
static const LessonChildRule edit_children[]
    = {{"ask", 0, 1, 1},   {"entry", 1, 1, 1},  {"try", 2, 1, 16},
       {"goal", 3, 1, 26}, {"answer", 4, 1, 1}, {"mistake", 5},
       HINTS_AND_RIGHT (6)};
static const LessonChildRule build_children[] = {{"ask", 0, 1, 1},
                                                 {"table", 1, 1, 26},
                                                 {"map", 2, 1, 16},
                                                 HINTS_AND_RIGHT (3)};

static const LessonChildRule *
children_of (LessonQuestionKind kind)
{
  switch (kind) {
  case LESSON_QUESTION_PREDICT:
    return predict_children;
  case LESSON_QUESTION_CHOOSE:
  case LESSON_QUESTION_SEVERAL:
    return choose_children;
  case LESSON_QUESTION_ORDER:
    return order_children;
  case LESSON_QUESTION_MATCH:
    return match_children;
  case LESSON_QUESTION_FILL:
    return fill_children;
  case LESSON_QUESTION_EDIT:
    return edit_children;
  case LESSON_QUESTION_BUILD:
    return build_children;
  }
  g_return_val_if_reached (NULL);
}

static gboolean
is_choice (const xmlNode *n)
{
  return lesson_loader_named (n, "choice") || lesson_loader_named (n, "item")
         || lesson_loader_named (n, "goal") || lesson_loader_named (n, "table");
}

static void
load_child (LessonLoader *loader, xmlNode *n, LessonQuestion *question)
{
  if (lesson_loader_named (n, "answer"))
    load_answer (loader, n, question);
  else if (lesson_loader_named (n, "mistake"))
    g_ptr_array_add (question->mistakes, lesson_mistake_load (loader, n));
  else if (is_choice (n))
    g_ptr_array_add (question->choices, lesson_choice_load (loader, n));
  else if (lesson_loader_named (n, "to"))
    g_ptr_array_add (question->targets, lesson_choice_load (loader, n));
  else if (lesson_loader_named (n, "row"))
    g_ptr_array_add (question->rows,
                     lesson_row_load (loader, n, question->columns->len));
  else if (lesson_loader_named (n, "entry"))
    lesson_entry_load (loader, n, question);
  else if (lesson_loader_named (n, "map"))
    g_ptr_array_add (question->maps, lesson_mapping_load (loader, n));
}

/* What is tried must change nothing, so that only the entry decides. */
static void
check_tries (LessonLoader *loader, const GPtrArray *tries)
{
  for (guint i = 0; i < tries->len; i++) {
    const LessonDo *try = tries->pdata[i];
    if (strcspn (try->line, " \t") != strlen ("access")
        || !g_str_has_prefix (try->line, "access"))
      lesson_loader_problem (loader, try->place,
                             _ ("only “access” can be tried"));
  }
}

static void
load_children (LessonLoader *loader, xmlNode *element, LessonQuestion *question)
{
  const LessonChildRule *rules = children_of (question->kind);

  lesson_loader_children (loader, element, rules);
  question->ask = lesson_child_text (loader, element, "ask");
  question->columns = lesson_child_texts (loader, element, "column");
  question->hints = lesson_child_texts (loader, element, "hint");
  question->right = lesson_child_text (loader, element, "right");
  question->tries = lesson_operations_load (loader, element, "try");
  check_tries (loader, question->tries);
  question->choices = g_ptr_array_new_with_free_func (choice_free);
  question->targets = g_ptr_array_new_with_free_func (choice_free);
  question->mistakes = g_ptr_array_new_with_free_func (lesson_mistake_free);
  question->rows = g_ptr_array_new_with_free_func (lesson_row_free);
  question->maps = g_ptr_array_new_with_free_func (lesson_mapping_free);
  for (xmlNode *n = lesson_loader_first (element, rules); n != NULL;
       n = lesson_loader_next (n, rules))
    load_child (loader, n, question);
}

/* Attributes -------------------------------------------------------------- */

enum { ID, KIND, BEAT, STEP, WHERE, NTH, FORMAT, ATTRIBUTES };

/* where and nth say which step, and format how a number is printed. */
static void
check_attributes (LessonLoader *loader, xmlAttr *const *found,
                  LessonQuestionKind kind)
{
  gboolean whole = kind == LESSON_QUESTION_EDIT
                   || kind == LESSON_QUESTION_BUILD;

  for (guint i = WHERE; i <= NTH; i++)
    if (found[i] != NULL && found[STEP] == NULL)
      lesson_loader_problem (loader,
                             lesson_xml_attribute_place (loader->xml, found[i]),
                             _ ("“%s” needs “step” beside it"), found[i]->name);
  if (found[STEP] != NULL && whole)
    lesson_loader_problem (
        loader, lesson_xml_attribute_place (loader->xml, found[STEP]),
        _ ("a question of kind “edit” or “build” is asked before its whole "
           "beat; remove “step”"));
  if (found[FORMAT] != NULL && kind != LESSON_QUESTION_PREDICT)
    lesson_loader_problem (
        loader, lesson_xml_attribute_place (loader->xml, found[FORMAT]),
        _ ("only a question of kind “predict” has a “format”"));
}

static const LessonAttributeRule question_attributes[]
    = {[ID] = {"id", TRUE},          [KIND] = {"kind", TRUE},
       [BEAT] = {"beat", TRUE},      [STEP] = {"step", FALSE},
       [WHERE] = {"where", FALSE},   [NTH] = {"nth", FALSE},
       [FORMAT] = {"format", FALSE}, [ATTRIBUTES] = {NULL, FALSE}};

LessonQuestion *
lesson_question_load (LessonLoader *loader, xmlNode *element)
{
  static const char *const kinds[] = {"predict", "choose", "several",
                                      "order",   "match",  "fill",
                                      "edit",    "build",  NULL};
  static const char *const formats[] = {"hex", "dec", NULL};
  LessonQuestion *question = g_new0 (LessonQuestion, 1);
  xmlAttr *found[ATTRIBUTES];
  LessonStepName name;

  lesson_loader_attributes (loader, element, question_attributes, found);
  question->place = lesson_xml_place (loader->xml, element);
  question->id = lesson_loader_id (loader, found[ID]);
  question->kind
      = (LessonQuestionKind) lesson_loader_word (loader, found[KIND], kinds);
  question->beat = lesson_loader_name (loader, found[BEAT]);
  if (found[BEAT] != NULL)
    question->beat_place = lesson_xml_value_place (loader->xml, found[BEAT], 0);
  lesson_step_name_load (loader, found[STEP], found[WHERE], found[NTH], &name);
  question->point_step = name.step;
  question->point_where = name.where;
  question->point_nth = name.nth;
  check_attributes (loader, found, question->kind);
  if (found[FORMAT] != NULL)
    question->format = g_strdup (
        formats[lesson_loader_word (loader, found[FORMAT], formats)]);
  load_children (loader, element, question);
  return question;
}

void
lesson_question_free (LessonQuestion *question)
{
  if (question == NULL)
    return;

  g_free (question->id);
  g_free (question->beat);
  g_free (question->point_step);
  g_free (question->point_where);
  lesson_text_free (question->ask);
  g_free (question->answer);
  g_free (question->format);
  g_ptr_array_unref (question->choices);
  g_ptr_array_unref (question->targets);
  g_ptr_array_unref (question->mistakes);
  g_ptr_array_unref (question->columns);
  g_ptr_array_unref (question->rows);
  g_free (question->entry_pa);
  g_ptr_array_unref (question->tries);
  g_ptr_array_unref (question->maps);
  g_ptr_array_unref (question->hints);
  lesson_text_free (question->right);
  g_free (question);
}
