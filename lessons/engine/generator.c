/* Makes an exercise of the numbers that were rolled for it. */
#include "generator.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "blocks.h"
#include "generator-roll.h"

#define MAX_TIMES 64
#define MAX_REPEATED 4096u /* operations that repetition makes, in all */

/* Putting numbers in ------------------------------------------------------ */

/* Elements that hold prose: translators see what stands in them. */
static gboolean
is_prose (const xmlNode *element)
{
  static const char *const names[]
      = {"title", "summary", "ask",  "mistake",       "choice", "item",
         "to",    "column",  "name", "hint",          "right",  "point",
         "goal",  "table",   "p",    "misconception", NULL};

  return g_strv_contains (names, (const char *) element->name);
}

/* A text node's, or an attribute's, with the numbers in it. */
static gboolean
fill_node (LessonLoader *loader, xmlNode *text, LessonPlace place,
           const LessonNumbers *numbers)
{
  LessonQueryFault fault = {0};

  if (text == NULL || text->content == NULL
      || strchr ((const char *) text->content, '{') == NULL)
    return TRUE;
  g_autofree char *filled
      = lesson_numbers_fill (numbers, (const char *) text->content, &fault);
  if (filled == NULL)
    lesson_loader_problem (loader, place, "%s", fault.why);
  else
    xmlNodeSetContent (text, (const xmlChar *) filled);
  lesson_query_fault_clear (&fault);
  return filled != NULL;
}

/* All text nodes of an element that holds nothing else. */
static gboolean
fill_texts (LessonLoader *loader, const xmlNode *element, LessonPlace place,
            const LessonNumbers *numbers)
{
  gboolean good = TRUE;

  for (xmlNode *n = element->children; n != NULL; n = n->next)
    if (lesson_xml_is_text (n))
      good &= fill_node (loader, n, place, numbers);
  return good;
}

static gboolean
fill_attributes (LessonLoader *loader, xmlNode *element,
                 const LessonNumbers *numbers)
{
  gboolean good = TRUE;

  for (xmlAttr *a = element->properties; a != NULL; a = a->next)
    good &= fill_node (loader, a->children,
                       lesson_xml_value_place (loader->xml, a, 0), numbers);
  return good;
}

static void
drop (xmlNode *node)
{
  xmlUnlinkNode (node);
  xmlFreeNode (node);
}

/* Repeating --------------------------------------------------------------- */

/* A copy of an element that holds text, put before it, with the numbers in. */
static gboolean
add_copy (LessonLoader *loader, xmlNode *element, const LessonNumbers *numbers)
{
  xmlNode *copy = xmlDocCopyNode (element, element->doc, 1);

  if (copy == NULL)
    return FALSE;
  copy->_private = element->_private;
  xmlAddPrevSibling (element, copy);
  return fill_texts (loader, copy, lesson_xml_content (loader->xml, element),
                     numbers);
}

/* Only text is copied: what is inside an element has a place in the file, and
 * a copy would have none. */
static gboolean
can_be_repeated (LessonLoader *loader, const xmlNode *element)
{
  guint before = lesson_problems_count (loader->problems);

  if (lesson_generator_attribute (element, "each") == NULL
      || lesson_generator_attribute (element, "times") == NULL
      || !lesson_generator_named (element, "do")) {
    lesson_loader_problem (loader, lesson_xml_place (loader->xml, element),
                           _ ("only <do> can be repeated, with “each” and "
                              "“times”"));
    return FALSE;
  }
  g_free (lesson_raw_text (loader, element));
  return lesson_problems_count (loader->problems) == before;
}

/* How often an element is repeated; false, and a problem, if that is too
 * often. */
static gboolean
ask_times (LessonLoader *loader, const xmlNode *element,
           const LessonNumbers *numbers, LessonValue *times)
{
  const xmlAttr *attribute = lesson_generator_attribute (element, "times");
  LessonPlace place = lesson_xml_value_place (loader->xml, attribute, 0);

  if (!lesson_generator_ask (loader, numbers, attribute, times))
    return FALSE;
  if (times->v > MAX_TIMES) {
    lesson_loader_problem (loader, place, _ ("at most %d times"), MAX_TIMES);
    return FALSE;
  }
  loader->repeated += (guint) times->v;
  if (loader->repeated <= MAX_REPEATED)
    return TRUE;
  lesson_loader_problem (loader, place,
                         _ ("at most %u operations may be made by repeating"),
                         MAX_REPEATED);
  return FALSE;
}

/* <do each="i" times="4">: four operations, i from 0 to 3. */
static gboolean
repeat (LessonLoader *loader, xmlNode *element, LessonNumbers *numbers)
{
  g_autofree char *name = NULL;
  LessonValue value;

  if (!can_be_repeated (loader, element))
    return FALSE;
  name = lesson_generator_name (loader,
                                lesson_generator_attribute (element, "each"));
  if (name == NULL || !ask_times (loader, element, numbers, &value))
    return FALSE;
  for (guint64 i = 0; i < value.v; i++) {
    lesson_numbers_set (numbers, name, NULL, i, LESSON_NUMBER_DECIMAL);
    if (!add_copy (loader, element, numbers))
      return FALSE;
  }
  drop (element);
  return TRUE;
}

/* The counter of a repetition is known to it alone. */
static gboolean
repeat_with_own_counter (LessonLoader *loader, xmlNode *element,
                         const LessonNumbers *numbers)
{
  g_autoptr (LessonNumbers) own = lesson_numbers_copy (numbers);

  return repeat (loader, element, own);
}

/* The tree ---------------------------------------------------------------- */

static gboolean apply (LessonLoader *loader, xmlNode *element, guint level,
                       const LessonNumbers *numbers);

/* Of a sentence nothing can be left out: translators have seen it whole. */
static gboolean
check_sentence (LessonLoader *loader, const xmlNode *prose)
{
  static const char *const names[] = {"for", "only", "each", "times"};

  for (const xmlNode *n = prose->children; n != NULL; n = n->next)
    for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
      const xmlAttr *found = n->type == XML_ELEMENT_NODE
                                 ? lesson_generator_attribute (n, names[i])
                                 : NULL;
      if (found == NULL)
        continue;
      lesson_loader_problem (loader,
                             lesson_xml_attribute_place (loader->xml, found),
                             _ ("“%s” is not obeyed inside a sentence; give it "
                                "to <%s>, and write that for each case"),
                             names[i], prose->name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
apply_child (LessonLoader *loader, xmlNode *n, guint level,
             const LessonNumbers *numbers)
{
  if (!lesson_generator_is_there (loader, n, level, numbers)) {
    drop (n);
    return TRUE;
  }
  if (lesson_generator_attribute (n, "each") != NULL
      || lesson_generator_attribute (n, "times") != NULL)
    return repeat_with_own_counter (loader, n, numbers);
  if (!fill_attributes (loader, n, numbers))
    return FALSE;
  return is_prose (n) ? check_sentence (loader, n)
                      : apply (loader, n, level, numbers);
}

static gboolean
apply (LessonLoader *loader, xmlNode *element, guint level,
       const LessonNumbers *numbers)
{
  gboolean good = TRUE;
  xmlNode *next;

  for (xmlNode *n = element->children; n != NULL; n = next) {
    next = n->next;
    if (n->type == XML_ELEMENT_NODE && !lesson_generator_named (n, "numbers"))
      good &= apply_child (loader, n, level, numbers);
    else if (lesson_xml_is_text (n))
      good &= fill_node (loader, n, lesson_xml_content (loader->xml, element),
                         numbers);
  }
  return good && lesson_problems_count (loader->problems) == 0;
}

static guint
count_questions (const xmlNode *root)
{
  guint count = 0;

  for (const xmlNode *n = root->children; n != NULL; n = n->next)
    count += lesson_generator_named (n, "question");
  return count;
}

static void
keep_question (xmlNode *root, guint64 chosen)
{
  guint64 i = 0;
  xmlNode *next;

  for (xmlNode *n = root->children; n != NULL; n = next) {
    next = n->next;
    if (lesson_generator_named (n, "question") && i++ != chosen)
      drop (n);
  }
}

gboolean
lesson_generator_apply (LessonLoader *loader, xmlNode *root, guint level,
                        LessonRandom *random, const LessonNumbers *numbers)
{
  if (!apply (loader, root, level, numbers))
    return FALSE;

  guint count = count_questions (root);
  if (count == 0) {
    lesson_loader_problem (loader, lesson_xml_place (loader->xml, root),
                           _ ("no <question> is left at level %u"), level);
    return FALSE;
  }
  keep_question (root, lesson_random_below (random, count));
  return TRUE;
}
