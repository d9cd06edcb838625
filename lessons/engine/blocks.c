/* Loads the blocks of a section. */
#include "blocks.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "beats.h"
#include "exercise.h"
#include "question-load.h"
#include "text.h"

const LessonChildRule lesson_section_children[]
    = {{"title", 0, 1, 1}, {"p", 1},        {"list", 1},
       {"code", 1},        {"callout", 1},  {"beat", 1},
       {"question", 1},    {"exercise", 1}, {NULL}};

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

/* All text of an element that must hold nothing else; to be freed. */
static char *
raw_text (LessonLoader *loader, const xmlNode *element)
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
    g_autofree char *why = lesson_error_text (&error);
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
  operation->line = g_strstrip (raw_text (loader, element));
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

/* Listings ---------------------------------------------------------------- */

static gboolean
is_blank_line (const char *line)
{
  return line[strspn (line, " \t\r")] == '\0';
}

/* Takes blank lines off both ends and off every line the indentation that all
 * have, so that a listing can be indented with its element. */
static char *
trim_listing (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint first = 0, end = g_strv_length (lines);
  gsize indent = G_MAXSIZE;
  GString *out = g_string_new (NULL);

  while (first < end && is_blank_line (lines[first]))
    first++;
  while (end > first && is_blank_line (lines[end - 1]))
    end--;
  for (guint i = first; i < end; i++)
    if (!is_blank_line (lines[i]))
      indent = MIN (indent, strspn (lines[i], " "));
  for (guint i = first; i < end; i++) {
    const char *line = lines[i] + MIN (indent, strspn (lines[i], " "));
    g_string_append (out, g_strchomp ((char *) line));
    if (i + 1 < end)
      g_string_append_c (out, '\n');
  }
  return g_string_free (out, FALSE);
}

static guint
count_lines (const char *text)
{
  guint lines = 1;

  for (; *text != '\0'; text++)
    lines += *text == '\n';
  return lines;
}

static void
load_code (LessonLoader *loader, xmlNode *element, LessonBlock *block)
{
  static const LessonAttributeRule rules[] = {{"highlight", FALSE}, {NULL}};
  xmlAttr *found[1];
  g_autofree char *text = raw_text (loader, element);

  lesson_loader_attributes (loader, element, rules, found);
  block->code = trim_listing (text);
  if (block->code[0] == '\0')
    lesson_loader_problem (loader, lesson_xml_place (loader->xml, element),
                           _ ("<%s> is empty"), element->name);
  block->highlight = (int) lesson_loader_number (loader, found[0], 1,
                                                 count_lines (block->code), 0);
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

static void
load_callout (LessonLoader *loader, xmlNode *element, LessonBlock *block)
{
  static const LessonAttributeRule attributes[] = {{"kind", TRUE}, {NULL}};
  static const LessonChildRule rules[]
      = {{"title", 0, 1, 1}, {"p", 1, 1}, {"code", 2, 0, 1}, {NULL}};
  xmlAttr *kind;

  lesson_loader_attributes (loader, element, attributes, &kind);
  lesson_loader_children (loader, element, rules);
  block->callout
      = (LessonCalloutKind) lesson_loader_word (loader, kind, callout_kinds);
  block->title = lesson_child_text (loader, element, "title");
  block->items = lesson_child_texts (loader, element, "p");
  for (xmlNode *n = element->children; n != NULL && block->code == NULL;
       n = n->next)
    if (is_child (n, "code"))
      load_code (loader, n, block);
}

static LessonExercise *
load_exercise (LessonLoader *loader, xmlNode *element)
{
  static const LessonAttributeRule rules[]
      = {{"id", TRUE}, {"kind", TRUE}, {"seed", FALSE}, {NULL}};
  static const LessonChildRule children[] = {{"ask", 0, 1, 1}, {NULL}};
  LessonExercise *exercise = g_new0 (LessonExercise, 1);
  xmlAttr *found[3];

  lesson_loader_attributes (loader, element, rules, found);
  lesson_loader_children (loader, element, children);
  exercise->place = lesson_xml_place (loader->xml, element);
  exercise->id = lesson_loader_id (loader, found[0]);
  exercise->kind = lesson_loader_string (found[1]);
  exercise->seed = lesson_loader_number (loader, found[2], 0, G_MAXUINT64, 1);
  exercise->ask = lesson_child_text (loader, element, "ask");
  lesson_loader_word (loader, found[1], lesson_exercise_kinds ());
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

static LessonBlock *
load_block (LessonLoader *loader, xmlNode *n)
{
  static const LessonAttributeRule none[] = {{NULL}};
  LessonBlock *block;

  if (lesson_loader_named (n, "p")) {
    block = block_new (loader, n, LESSON_BLOCK_PARAGRAPH);
    lesson_loader_attributes (loader, n, none, NULL);
    block->text = lesson_text_load (loader, n);
  } else if (lesson_loader_named (n, "list")) {
    block = block_new (loader, n, LESSON_BLOCK_LIST);
    load_list (loader, n, block);
  } else if (lesson_loader_named (n, "code")) {
    block = block_new (loader, n, LESSON_BLOCK_CODE);
    load_code (loader, n, block);
  } else if (lesson_loader_named (n, "callout")) {
    block = block_new (loader, n, LESSON_BLOCK_CALLOUT);
    load_callout (loader, n, block);
  } else if (lesson_loader_named (n, "beat")) {
    block = block_new (loader, n, LESSON_BLOCK_BEAT);
    block->beat = lesson_beat_load (loader, n);
  } else if (lesson_loader_named (n, "question")) {
    block = block_new (loader, n, LESSON_BLOCK_QUESTION);
    block->question = lesson_question_load (loader, n);
  } else {
    block = block_new (loader, n, LESSON_BLOCK_EXERCISE);
    block->exercise = load_exercise (loader, n);
  }
  return block;
}

static void
block_free (gpointer data)
{
  LessonBlock *block = data;

  lesson_text_free (block->text);
  lesson_text_free (block->title);
  g_clear_pointer (&block->items, g_ptr_array_unref);
  g_free (block->code);
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

GPtrArray *
lesson_blocks_load (LessonLoader *loader, xmlNode *section)
{
  const LessonChildRule *rules = lesson_section_children;
  GPtrArray *blocks = g_ptr_array_new_with_free_func (block_free);

  for (xmlNode *n = lesson_loader_first (section, rules); n != NULL;
       n = lesson_loader_next (n, rules))
    if (!lesson_loader_named (n, "title"))
      g_ptr_array_add (blocks, load_block (loader, n));
  return blocks;
}
