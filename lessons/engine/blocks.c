/* Loads the blocks of a section. */
#include "blocks.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "beats.h"
#include "exercise.h"
#include "op-hint.h"
#include "plot.h"
#include "question-load.h"
#include "table.h"
#include "text.h"

const LessonChildRule lesson_section_children[]
    = {{"title", 0, 1, 1}, {"presenter", 1}, {"p", 2},        {"list", 2},
       {"code", 2},        {"table", 2},     {"plot", 2},     {"callout", 2},
       {"beat", 2},        {"question", 2},  {"exercise", 2}, {NULL}};

/* A remark holds what explains, and nothing that happens. */
static const LessonChildRule callout_children[]
    = {{"title", 0, 0, 1}, {"p", 1},    {"list", 1}, {"code", 1},
       {"table", 1},       {"plot", 1}, {NULL}};

static const char *const callout_kinds[]
    = {"note",    "misconception", "cost", "simplification",
       "history", "linux",         NULL};

/* Children ---------------------------------------------------------------- */

static gboolean
is_child (const xmlNode *node, const char *name)
{
  return lesson_xml_is_element (node) && lesson_loader_named (node, name);
}

LessonText *
lesson_child_text (LessonLoader *loader, const xmlNode *element,
                   const char *name)
{
  for (xmlNode *n = element->children; n != NULL; n = n->next)
    if (is_child (n, name))
      return lesson_text_load (loader, n);
  return NULL;
}

GPtrArray *
lesson_child_texts (LessonLoader *loader, const xmlNode *element,
                    const char *name)
{
  GPtrArray *texts
      = g_ptr_array_new_with_free_func ((GDestroyNotify) lesson_text_free);

  for (xmlNode *n = element->children; n != NULL; n = n->next)
    if (is_child (n, name))
      g_ptr_array_add (texts, lesson_text_load (loader, n));
  return texts;
}

/* Operations -------------------------------------------------------------- */

static void
do_free (gpointer data)
{
  LessonDo *operation = data;

  g_free (operation->line);
  g_free (operation);
}

char *
lesson_raw_text (LessonLoader *loader, const xmlNode *element)
{
  GString *text = g_string_new (NULL);

  for (const xmlNode *n = element->children; n != NULL; n = n->next) {
    if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE)
      g_string_append (text, (const char *) n->content);
    else if (n->type == XML_ELEMENT_NODE)
      lesson_loader_problem (loader, lesson_xml_place (loader->xml, n),
                             _ ("<%s> holds text only"), element->name);
  }
  return g_string_free (text, FALSE);
}

/* The op table says whether the line can be read; whether it can be done is
 * known only when the lesson runs. */
static void
check_line (LessonLoader *loader, const LessonDo *operation, const char *name)
{
  g_autofree struct vm_names *names = g_new0 (struct vm_names, 1);
  struct vm_error error = {0};
  struct vm_op op;

  if (!vm_op_parse (operation->line, names, &op, &error)) {
    LessonPlace place = operation->place;
    g_autofree char *why = lesson_op_error_text (operation->line, &error);
    if (error.column > 0)
      place.column += (int) error.column - 1;
    lesson_loader_problem (loader, place, "%s", why);
  } else if (op.kind == VM_OP_NONE) {
    lesson_loader_problem (loader, operation->place,
                           _ ("<%s> needs an operation"), name);
  }
}

static LessonDo *
load_do (LessonLoader *loader, xmlNode *element)
{
  static const LessonAttributeRule none[] = {{NULL}};
  LessonDo *operation = g_new0 (LessonDo, 1);

  lesson_loader_attributes (loader, element, none, NULL);
  operation->line = g_strstrip (lesson_raw_text (loader, element));
  operation->place
      = element->children != NULL && element->children->type == XML_TEXT_NODE
            ? lesson_xml_text_place (loader->xml, element->children)
            : lesson_xml_content (loader->xml, element);
  check_line (loader, operation, (const char *) element->name);
  return operation;
}

GPtrArray *
lesson_operations_load (LessonLoader *loader, const xmlNode *element,
                        const char *name)
{
  GPtrArray *dos = g_ptr_array_new_with_free_func (do_free);

  for (xmlNode *n = element->children; n != NULL; n = n->next)
    if (is_child (n, name))
      g_ptr_array_add (dos, load_do (loader, n));
  return dos;
}

GPtrArray *
lesson_dos_load (LessonLoader *loader, const xmlNode *element)
{
  return lesson_operations_load (loader, element, "do");
}

/* Prose ------------------------------------------------------------------- */

static void
load_list (LessonLoader *loader, xmlNode *element, LessonBlock *block)
{
  static const LessonAttributeRule none[] = {{NULL}};
  static const LessonChildRule rules[] = {{"item", 0, 1}, {NULL}};

  lesson_loader_attributes (loader, element, none, NULL);
  lesson_loader_children (loader, element, rules);
  block->items = lesson_child_texts (loader, element, "item");
}

static LessonExercise *
load_exercise (LessonLoader *loader, xmlNode *element)
{
  static const LessonAttributeRule rules[] = {
      {"id", TRUE}, {"kind", TRUE}, {"seed", FALSE}, {"level", FALSE}, {NULL}};
  static const LessonChildRule children[] = {{"ask", 0, 1, 1}, {NULL}};
  g_auto (GStrv) kinds = lesson_exercise_kinds ();
  LessonExercise *exercise = g_new0 (LessonExercise, 1);
  xmlAttr *found[4];

  lesson_loader_attributes (loader, element, rules, found);
  lesson_loader_children (loader, element, children);
  exercise->place = lesson_xml_place (loader->xml, element);
  exercise->id = lesson_loader_id (loader, found[0]);
  exercise->kind = lesson_loader_string (found[1]);
  exercise->seed = lesson_loader_number (loader, found[2], 0, G_MAXUINT64, 1);
  exercise->ask = lesson_child_text (loader, element, "ask");
  exercise->level = (guint) lesson_loader_number (loader, found[3], 1,
                                                  LESSON_EXERCISE_LEVELS, 1);
  lesson_loader_word (loader, found[1], (const char *const *) kinds);
  return exercise;
}

/* Blocks ------------------------------------------------------------------ */

static LessonBlock *
block_new (LessonLoader *loader, const xmlNode *element, LessonBlockKind kind)
{
  LessonBlock *block = g_new0 (LessonBlock, 1);

  block->kind = kind;
  block->place = lesson_xml_place (loader->xml, element);
  return block;
}

static void
load_paragraph (LessonLoader *loader, xmlNode *element, LessonBlock *block)
{
  static const LessonAttributeRule none[] = {{NULL}};

  lesson_loader_attributes (loader, element, none, NULL);
  block->text = lesson_text_load (loader, element);
}

static void
load_table (LessonLoader *loader, xmlNode *element, LessonBlock *block)
{
  block->table = lesson_table_load (loader, element);
}

static void
load_plot (LessonLoader *loader, xmlNode *element, LessonBlock *block)
{
  block->plot = lesson_plot_load (loader, element);
}

static void
load_beat (LessonLoader *loader, xmlNode *element, LessonBlock *block)
{
  block->beat = lesson_beat_load (loader, element);
}

static void
load_question (LessonLoader *loader, xmlNode *element, LessonBlock *block)
{
  block->question = lesson_question_load (loader, element);
}

static void
load_exercise_block (LessonLoader *loader, xmlNode *element, LessonBlock *block)
{
  block->exercise = load_exercise (loader, element);
}

static void load_callout (LessonLoader *loader, xmlNode *element,
                          LessonBlock *block);

/* How each element of a section becomes a block. */
typedef struct {
  const char *name;
  LessonBlockKind kind;
  void (*load) (LessonLoader *loader, xmlNode *element, LessonBlock *block);
} BlockLoader;

static const BlockLoader block_loaders[] = {
    {"p", LESSON_BLOCK_PARAGRAPH, load_paragraph},
    {"list", LESSON_BLOCK_LIST, load_list},
    {"code", LESSON_BLOCK_CODE, lesson_listing_load},
    {"table", LESSON_BLOCK_TABLE, load_table},
    {"plot", LESSON_BLOCK_PLOT, load_plot},
    {"callout", LESSON_BLOCK_CALLOUT, load_callout},
    {"beat", LESSON_BLOCK_BEAT, load_beat},
    {"question", LESSON_BLOCK_QUESTION, load_question},
    {"exercise", LESSON_BLOCK_EXERCISE, load_exercise_block},
};

static void
block_free (gpointer data)
{
  LessonBlock *block = data;

  lesson_text_free (block->text);
  lesson_text_free (block->title);
  g_clear_pointer (&block->items, g_ptr_array_unref);
  g_clear_pointer (&block->blocks, g_ptr_array_unref);
  g_free (block->code);
  lesson_table_free (block->table);
  lesson_plot_free (block->plot);
  lesson_beat_free (block->beat);
  lesson_question_free (block->question);
  if (block->exercise != NULL) {
    g_free (block->exercise->id);
    g_free (block->exercise->kind);
    lesson_text_free (block->exercise->ask);
    g_free (block->exercise);
  }
  g_free (block);
}

/* What is no block, such as a title, is left to others. */
static void
load_block (LessonLoader *loader, xmlNode *n, GPtrArray *blocks)
{
  for (guint i = 0; i < G_N_ELEMENTS (block_loaders); i++) {
    if (!lesson_loader_named (n, block_loaders[i].name))
      continue;
    LessonBlock *block = block_new (loader, n, block_loaders[i].kind);
    block_loaders[i].load (loader, n, block);
    g_ptr_array_add (blocks, block);
  }
}

static GPtrArray *
load_blocks (LessonLoader *loader, xmlNode *element,
             const LessonChildRule *rules)
{
  GPtrArray *blocks = g_ptr_array_new_with_free_func (block_free);

  for (xmlNode *n = lesson_loader_first (element, rules); n != NULL;
       n = lesson_loader_next (n, rules))
    load_block (loader, n, blocks);
  if (blocks->len == 0)
    lesson_loader_problem (loader, lesson_xml_place (loader->xml, element),
                           _ ("<%s> needs something beside its title"),
                           element->name);
  return blocks;
}

static void
load_callout (LessonLoader *loader, xmlNode *element, LessonBlock *block)
{
  static const LessonAttributeRule attributes[] = {{"kind", TRUE}, {NULL}};
  xmlAttr *kind;

  lesson_loader_attributes (loader, element, attributes, &kind);
  lesson_loader_children (loader, element, callout_children);
  block->callout
      = (LessonCalloutKind) lesson_loader_word (loader, kind, callout_kinds);
  block->title = lesson_child_text (loader, element, "title");
  block->blocks = load_blocks (loader, element, callout_children);
}

GPtrArray *
lesson_blocks_load (LessonLoader *loader, xmlNode *section)
{
  return load_blocks (loader, section, lesson_section_children);
}
