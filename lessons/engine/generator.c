/* Rolls the numbers of an exercise, and makes the exercise of them. */
#include "generator.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "blocks.h"

#define MAX_ROLLS 2000
#define MAX_TIMES 64
#define MAX_REPEATED 4096u /* operations that repetition makes, in all */
#define MAX_NUMBERS 200u   /* parts of <numbers>: each is rolled many times */

static const LessonChildRule number_children[]
    = {{"vary", 0, 0, 0}, {"let", 0, 0, 0}, {"require", 0, 0, 0}, {NULL}};

static gboolean
is_named (const xmlNode *node, const char *name)
{
  return lesson_xml_is_element (node) && lesson_loader_named (node, name);
}

static xmlAttr *
attribute_of (const xmlNode *element, const char *name)
{
  for (xmlAttr *a = element->properties; a != NULL; a = a->next)
    if (a->ns == NULL && strcmp ((const char *) a->name, name) == 0)
      return a;
  return NULL;
}

/* Asks the numbers alone; a problem if they have no answer. */
static gboolean
ask (LessonLoader *loader, const LessonNumbers *numbers,
     const xmlAttr *attribute, LessonValue *value)
{
  LessonQueryFault fault = {0};

  if (lesson_numbers_ask (numbers, lesson_xml_value (attribute), value, &fault))
    return TRUE;
  lesson_loader_problem (loader,
                         lesson_xml_value_place (loader->xml, attribute, 0),
                         "%s", fault.why);
  lesson_query_fault_clear (&fault);
  return FALSE;
}

/* Which elements are there ------------------------------------------------ */

/* "2 3": the levels that an element is for. */
static gboolean
is_for (LessonLoader *loader, const xmlAttr *attribute, guint level)
{
  g_auto (GStrv) words = g_strsplit (lesson_xml_value (attribute), " ", -1);
  gboolean found = FALSE;

  for (guint i = 0; words[i] != NULL; i++) {
    guint64 number = 0;
    if (!g_ascii_string_to_unsigned (
            words[i], 10, 1, LESSON_LEVELS_OF_DIFFICULTY, &number, NULL))
      lesson_loader_problem (
          loader, lesson_xml_value_place (loader->xml, attribute, 0),
          _ ("“%.20s” is not a level; write 1, 2 and 3, with a space between"),
          words[i]);
    found |= number == level;
  }
  return found;
}

static gboolean
is_there (LessonLoader *loader, const xmlNode *element, guint level,
          const LessonNumbers *numbers)
{
  const xmlAttr *levels = attribute_of (element, "for");
  const xmlAttr *only = attribute_of (element, "only");
  LessonValue value = {0};

  if (levels != NULL && !is_for (loader, levels, level))
    return FALSE;
  return only == NULL || (ask (loader, numbers, only, &value) && value.v != 0);
}

/* Rolling ----------------------------------------------------------------- */

/* What is rolled, and for which level. */
typedef struct {
  LessonLoader *loader;
  LessonRandom *random;
  LessonNumbers *numbers;
  guint level;
} Roll;

/* A hyphen alone stands for the word without letters. */
static void
roll_word (const Roll *roll, const char *name, const xmlAttr *of)
{
  g_auto (GStrv) words = g_strsplit (lesson_xml_value (of), " ", -1);
  guint count = g_strv_length (words);

  if (count == 0) {
    lesson_loader_problem (roll->loader,
                           lesson_xml_value_place (roll->loader->xml, of, 0),
                           _ ("“of” needs words, with a space between"));
    return;
  }
  guint64 nth = lesson_random_below (roll->random, count);
  const char *word = strcmp (words[nth], "-") == 0 ? "" : words[nth];
  lesson_numbers_set (roll->numbers, name, g_strdup (word), nth,
                      LESSON_NUMBER_DECIMAL);
}

static void
roll_number (const Roll *roll, const char *name, xmlAttr *const *found,
             LessonNumberFormat format)
{
  LessonValue from, to, step = {.v = 1};

  if (!ask (roll->loader, roll->numbers, found[0], &from)
      || !ask (roll->loader, roll->numbers, found[1], &to)
      || (found[2] != NULL
          && !ask (roll->loader, roll->numbers, found[2], &step)))
    return;
  if (to.v < from.v || step.v == 0 || to.v - from.v == G_MAXUINT64) {
    lesson_loader_problem (
        roll->loader, lesson_xml_value_place (roll->loader->xml, found[1], 0),
        _ ("“to” must not be less than “from”, and “step” not 0"));
    return;
  }
  guint64 count = (to.v - from.v) / step.v + 1;
  lesson_numbers_set (
      roll->numbers, name, NULL,
      from.v + lesson_random_below (roll->random, count) * step.v, format);
}

static LessonNumberFormat
load_format (LessonLoader *loader, const xmlAttr *attribute,
             LessonNumberFormat usual)
{
  static const char *const words[] = {"dec", "hex", "bin", NULL};

  return attribute == NULL ? usual
                           : (LessonNumberFormat) lesson_loader_word (
                               loader, attribute, words);
}

/* A name that may stand between braces. */
static char *
load_name (LessonLoader *loader, const xmlAttr *attribute)
{
  if (attribute == NULL)
    return NULL;

  const char *name = lesson_xml_value (attribute);
  gsize length = strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789");
  if (length > 0 && name[length] == '\0' && g_ascii_islower (name[0]))
    return g_strdup (name);
  lesson_loader_problem (
      loader, lesson_xml_value_place (loader->xml, attribute, 0),
      _ ("“%.40s” cannot be a number's name; use lower-case letters and "
         "digits, beginning with a letter"),
      name);
  return NULL;
}

static void
roll_vary (const Roll *roll, xmlNode *element)
{
  static const LessonAttributeRule rules[]
      = {{"name", TRUE},    {"from", FALSE}, {"to", FALSE}, {"step", FALSE},
         {"format", FALSE}, {"of", FALSE},   {NULL}};
  xmlAttr *found[6];

  lesson_loader_attributes (roll->loader, element, rules, found);
  lesson_loader_empty (roll->loader, element);
  g_autofree char *name = load_name (roll->loader, found[0]);
  LessonNumberFormat format
      = load_format (roll->loader, found[4], LESSON_NUMBER_DECIMAL);
  if (name == NULL)
    return;
  if (found[5] != NULL)
    roll_word (roll, name, found[5]);
  else if (found[1] != NULL && found[2] != NULL)
    roll_number (roll, name, found + 1, format);
  else
    lesson_loader_problem (roll->loader,
                           lesson_xml_place (roll->loader->xml, element),
                           _ ("<vary> needs “from” and “to”, or “of”"));
}

static void
roll_let (const Roll *roll, xmlNode *element)
{
  static const LessonAttributeRule rules[]
      = {{"name", TRUE}, {"is", TRUE}, {"format", FALSE}, {NULL}};
  LessonValue value;
  xmlAttr *found[3];

  lesson_loader_attributes (roll->loader, element, rules, found);
  lesson_loader_empty (roll->loader, element);
  g_autofree char *name = load_name (roll->loader, found[0]);
  if (name == NULL || found[1] == NULL
      || !ask (roll->loader, roll->numbers, found[1], &value))
    return;
  LessonNumberFormat usual = value.style == LESSON_STYLE_HEX
                                 ? LESSON_NUMBER_HEX
                                 : LESSON_NUMBER_DECIMAL;
  lesson_numbers_set (roll->numbers, name, NULL, value.v,
                      load_format (roll->loader, found[2], usual));
}

/* False if the numbers are to be rolled again. */
static gboolean
meets (const Roll *roll, xmlNode *element)
{
  static const LessonAttributeRule rules[] = {{"that", TRUE}, {NULL}};
  LessonValue value = {.v = 1};
  xmlAttr *that;

  lesson_loader_attributes (roll->loader, element, rules, &that);
  lesson_loader_empty (roll->loader, element);
  return that == NULL || !ask (roll->loader, roll->numbers, that, &value)
         || value.v != 0;
}

/* Rolls everything once; NULL, or what was not met. */
static xmlNode *
roll_once (const Roll *roll, xmlNode *element)
{
  lesson_numbers_clear (roll->numbers);
  for (xmlNode *n = lesson_loader_first (element, number_children); n != NULL;
       n = lesson_loader_next (n, number_children)) {
    if (!is_there (roll->loader, n, roll->level, roll->numbers))
      continue;
    if (lesson_loader_named (n, "vary"))
      roll_vary (roll, n);
    else if (lesson_loader_named (n, "let"))
      roll_let (roll, n);
    else if (!meets (roll, n))
      return n;
    if (lesson_problems_count (roll->loader->problems) > 0)
      return n;
  }
  return NULL;
}

static gboolean
roll_until_met (const Roll *roll, xmlNode *element)
{
  xmlNode *missed = NULL;

  for (guint i = 0; i < MAX_ROLLS; i++) {
    missed = roll_once (roll, element);
    if (missed == NULL)
      return TRUE;
    if (lesson_problems_count (roll->loader->problems) > 0)
      return FALSE;
  }
  lesson_loader_problem (roll->loader,
                         lesson_xml_place (roll->loader->xml, missed),
                         _ ("none of %d rolls meets this"), MAX_ROLLS);
  return FALSE;
}

static void
check_count (LessonLoader *loader, xmlNode *element)
{
  xmlNode *n = lesson_loader_first (element, number_children);

  for (guint i = 0; n != NULL && i < MAX_NUMBERS; i++)
    n = lesson_loader_next (n, number_children);
  if (n != NULL)
    lesson_loader_problem (loader, lesson_xml_place (loader->xml, n),
                           _ ("<numbers> has at most %u parts"), MAX_NUMBERS);
}

gboolean
lesson_generator_roll (LessonLoader *loader, xmlNode *root, guint level,
                       LessonRandom *random, LessonNumbers *numbers)
{
  static const LessonAttributeRule none[] = {{NULL}};
  const Roll roll = {loader, random, numbers, level};

  for (xmlNode *n = root->children; n != NULL; n = n->next) {
    if (!is_named (n, "numbers"))
      continue;
    lesson_loader_attributes (loader, n, none, NULL);
    lesson_loader_children (loader, n, number_children);
    check_count (loader, n);
    return lesson_problems_count (loader->problems) == 0
           && roll_until_met (&roll, n);
  }
  return TRUE;
}

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

  if (attribute_of (element, "each") == NULL
      || attribute_of (element, "times") == NULL || !is_named (element, "do")) {
    lesson_loader_problem (loader, lesson_xml_place (loader->xml, element),
                           _ ("only <do> can be repeated, with “each” and "
                              "“times”"));
    return FALSE;
  }
  g_autofree char *text = lesson_raw_text (loader, element);
  return lesson_problems_count (loader->problems) == before;
}

/* How often an element is repeated; false, and a problem, if that is too
 * often. */
static gboolean
ask_times (LessonLoader *loader, const xmlNode *element,
           const LessonNumbers *numbers, LessonValue *times)
{
  const xmlAttr *attribute = attribute_of (element, "times");
  LessonPlace place = lesson_xml_value_place (loader->xml, attribute, 0);

  if (!ask (loader, numbers, attribute, times))
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
  name = load_name (loader, attribute_of (element, "each"));
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
      const xmlAttr *found
          = n->type == XML_ELEMENT_NODE ? attribute_of (n, names[i]) : NULL;
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
  if (!is_there (loader, n, level, numbers)) {
    drop (n);
    return TRUE;
  }
  if (attribute_of (n, "each") != NULL || attribute_of (n, "times") != NULL)
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
    if (n->type == XML_ELEMENT_NODE && !is_named (n, "numbers"))
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
    count += is_named (n, "question");
  return count;
}

static void
keep_question (xmlNode *root, guint64 chosen)
{
  guint64 i = 0;
  xmlNode *next;

  for (xmlNode *n = root->children; n != NULL; n = next) {
    next = n->next;
    if (is_named (n, "question") && i++ != chosen)
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
