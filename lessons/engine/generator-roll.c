/* Rolls the numbers of an exercise. */
#include "generator-roll.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_ROLLS 2000
#define MAX_NUMBERS 200u /* parts of <numbers>: each is rolled many times */

static const LessonChildRule number_children[]
    = {{"vary", 0, 0, 0}, {"let", 0, 0, 0}, {"require", 0, 0, 0}, {NULL}};

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

  if (!lesson_generator_ask (roll->loader, roll->numbers, found[0], &from)
      || !lesson_generator_ask (roll->loader, roll->numbers, found[1], &to)
      || (found[2] != NULL
          && !lesson_generator_ask (roll->loader, roll->numbers, found[2],
                                    &step)))
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

static void
roll_vary (const Roll *roll, xmlNode *element)
{
  static const LessonAttributeRule rules[]
      = {{"name", TRUE},    {"from", FALSE}, {"to", FALSE}, {"step", FALSE},
         {"format", FALSE}, {"of", FALSE},   {NULL}};
  xmlAttr *found[6];

  lesson_loader_attributes (roll->loader, element, rules, found);
  lesson_loader_empty (roll->loader, element);
  g_autofree char *name = lesson_generator_name (roll->loader, found[0]);
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
  g_autofree char *name = lesson_generator_name (roll->loader, found[0]);
  if (name == NULL || found[1] == NULL
      || !lesson_generator_ask (roll->loader, roll->numbers, found[1], &value))
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
  return that == NULL
         || !lesson_generator_ask (roll->loader, roll->numbers, that, &value)
         || value.v != 0;
}

/* Rolls everything once; NULL, or what was not met. */
static xmlNode *
roll_once (const Roll *roll, xmlNode *element)
{
  lesson_numbers_clear (roll->numbers);
  for (xmlNode *n = lesson_loader_first (element, number_children); n != NULL;
       n = lesson_loader_next (n, number_children)) {
    if (!lesson_generator_is_there (roll->loader, n, roll->level,
                                    roll->numbers))
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
lesson_generator_named (const xmlNode *node, const char *name)
{
  return lesson_xml_is_element (node) && lesson_loader_named (node, name);
}

xmlAttr *
lesson_generator_attribute (const xmlNode *element, const char *name)
{
  for (xmlAttr *a = element->properties; a != NULL; a = a->next)
    if (a->ns == NULL && strcmp ((const char *) a->name, name) == 0)
      return a;
  return NULL;
}

char *
lesson_generator_name (LessonLoader *loader, const xmlAttr *attribute)
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

gboolean
lesson_generator_ask (LessonLoader *loader, const LessonNumbers *numbers,
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

gboolean
lesson_generator_is_there (LessonLoader *loader, const xmlNode *element,
                           guint level, const LessonNumbers *numbers)
{
  const xmlAttr *levels = lesson_generator_attribute (element, "for");
  const xmlAttr *only = lesson_generator_attribute (element, "only");
  LessonValue value = {0};

  if (levels != NULL && !is_for (loader, levels, level))
    return FALSE;
  return only == NULL
         || (lesson_generator_ask (loader, numbers, only, &value)
             && value.v != 0);
}

gboolean
lesson_generator_roll (LessonLoader *loader, xmlNode *root, guint level,
                       LessonRandom *random, LessonNumbers *numbers)
{
  static const LessonAttributeRule none[] = {{NULL}};
  const Roll roll = {loader, random, numbers, level};

  for (xmlNode *n = root->children; n != NULL; n = n->next) {
    if (!lesson_generator_named (n, "numbers"))
      continue;
    lesson_loader_attributes (loader, n, none, NULL);
    lesson_loader_children (loader, n, number_children);
    check_count (loader, n);
    return lesson_problems_count (loader->problems) == 0
           && roll_until_met (&roll, n);
  }
  return TRUE;
}
