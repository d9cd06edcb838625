/* Holds elements against the tables of what they may have. */
#include "loader.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "machine/ops.h"
#include "query.h"
#include "suggest.h"

#define MAX_ID 48

void
lesson_loader_problem (LessonLoader *loader, LessonPlace place,
                       const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  lesson_problems_add (loader->problems, loader->xml->file, place.line,
                       place.column, "%s", what);
}

gboolean
lesson_loader_named (const xmlNode *element, const char *name)
{
  return strcmp ((const char *) element->name, name) == 0;
}

/* Attributes -------------------------------------------------------------- */

static void
refuse_attribute (LessonLoader *loader, const xmlAttr *attribute,
                  const LessonAttributeRule *rules)
{
  const char *names[LESSON_MAX_RULES + 1] = {NULL};

  for (guint i = 0; rules[i].name != NULL; i++)
    names[i] = rules[i].name;
  g_autofree char *hint
      = lesson_suggest ((const char *) attribute->name, names);
  lesson_loader_problem (loader,
                         lesson_xml_attribute_place (loader->xml, attribute),
                         _ ("<%s> has no attribute “%s”; %s"),
                         attribute->parent->name, attribute->name, hint);
}

/* What decides whether an element of an exercise is there at all has been done
 * by now; see generator.c. */
static gboolean
is_obeyed (const LessonLoader *loader, const xmlAttr *attribute)
{
  static const char *const names[] = {"for", "only", "each", "times", NULL};

  return loader->numbers != NULL && attribute->ns == NULL
         && g_strv_contains (names, (const char *) attribute->name);
}

void
lesson_loader_attributes (LessonLoader *loader, xmlNode *element,
                          const LessonAttributeRule *rules, xmlAttr **found)
{
  for (guint i = 0; rules[i].name != NULL; i++)
    found[i] = NULL;

  for (xmlAttr *a = element->properties; a != NULL; a = a->next) {
    guint i = 0;
    if (is_obeyed (loader, a))
      continue;
    while (rules[i].name != NULL
           && strcmp (rules[i].name, (const char *) a->name) != 0)
      i++;
    if (rules[i].name == NULL || a->ns != NULL)
      refuse_attribute (loader, a, rules);
    else
      found[i] = a;
  }

  for (guint i = 0; rules[i].name != NULL; i++)
    if (rules[i].required && found[i] == NULL)
      lesson_loader_problem (loader, lesson_xml_place (loader->xml, element),
                             _ ("<%s> needs the attribute “%s”"), element->name,
                             rules[i].name);
}

char *
lesson_loader_string (const xmlAttr *attribute)
{
  return attribute == NULL ? NULL : g_strdup (lesson_xml_value (attribute));
}

/* Lower-case letters, digits and single hyphens, beginning with a letter. */
static gboolean
is_name (const char *text)
{
  gsize length = strlen (text);

  if (length == 0 || length > MAX_ID || !g_ascii_islower (text[0])
      || text[length - 1] == '-' || strstr (text, "--") != NULL)
    return FALSE;
  return strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

char *
lesson_loader_name (LessonLoader *loader, const xmlAttr *attribute)
{
  if (attribute == NULL)
    return NULL;

  const char *value = lesson_xml_value (attribute);
  if (is_name (value))
    return g_strdup (value);
  lesson_loader_problem (
      loader, lesson_xml_value_place (loader->xml, attribute, 0),
      _ ("“%.60s” cannot be a name; use up to %d lower-case letters, digits "
         "and single hyphens, beginning with a letter"),
      value, MAX_ID);
  return NULL;
}

char *
lesson_loader_id (LessonLoader *loader, const xmlAttr *attribute)
{
  g_autofree char *id = lesson_loader_name (loader, attribute);
  if (id == NULL)
    return NULL;

  LessonPlace place = lesson_xml_value_place (loader->xml, attribute, 0);
  gpointer line = g_hash_table_lookup (loader->ids, id);
  if (line != NULL)
    lesson_loader_problem (loader, place,
                           _ ("the id “%s” is taken by line %d; choose "
                              "another one"),
                           id, GPOINTER_TO_INT (line));
  else
    g_hash_table_insert (loader->ids, g_strdup (id),
                         GINT_TO_POINTER (place.line));
  return g_steal_pointer (&id);
}

guint64
lesson_loader_number (LessonLoader *loader, const xmlAttr *attribute,
                      guint64 low, guint64 high, guint64 fallback)
{
  guint64 number;

  if (attribute == NULL)
    return fallback;

  const char *value = lesson_xml_value (attribute);
  gsize length = strlen (value);
  gboolean digits = length > 0 && strspn (value, "0123456789") == length;
  if (digits && vm_number_parse (value, length, &number) && number >= low
      && number <= high)
    return number;
  lesson_loader_problem (loader,
                         lesson_xml_value_place (loader->xml, attribute, 0),
                         _ ("“%s” must be a whole number from %" PRIu64
                            " to %" PRIu64 ", not “%.40s”"),
                         attribute->name, low, high, value);
  return fallback;
}

guint
lesson_loader_word (LessonLoader *loader, const xmlAttr *attribute,
                    const char *const *words)
{
  if (attribute == NULL)
    return 0;

  const char *value = lesson_xml_value (attribute);
  for (guint i = 0; words[i] != NULL; i++)
    if (strcmp (words[i], value) == 0)
      return i;

  g_autofree char *hint = lesson_suggest (value, words);
  lesson_loader_problem (
      loader, lesson_xml_value_place (loader->xml, attribute, 0),
      _ ("“%s” cannot be “%.40s”; %s"), attribute->name, value, hint);
  return 0;
}

char *
lesson_loader_query (LessonLoader *loader, const xmlAttr *attribute)
{
  return lesson_loader_query_with (loader, attribute, NULL);
}

char *
lesson_loader_query_with (LessonLoader *loader, const xmlAttr *attribute,
                          const char *variable)
{
  LessonQueryFault fault = {0};
  LessonValue value;

  if (attribute == NULL)
    return NULL;

  const char *query = lesson_xml_value (attribute);
  if (lesson_query_check_with (query, variable, &value, &fault))
    return g_strdup (query);
  lesson_loader_problem (
      loader, lesson_xml_value_place (loader->xml, attribute, fault.offset),
      "%s", fault.why);
  lesson_query_fault_clear (&fault);
  return NULL;
}

/* Children ---------------------------------------------------------------- */

static int
rule_of (const xmlNode *child, const LessonChildRule *rules)
{
  if (!lesson_xml_is_element (child))
    return -1;
  for (int i = 0; rules[i].name != NULL; i++)
    if (lesson_loader_named (child, rules[i].name))
      return i;
  return -1;
}

void
lesson_loader_refuse (LessonLoader *loader, const xmlNode *child,
                      const LessonChildRule *rules)
{
  const char *names[LESSON_MAX_RULES + 1] = {NULL};
  LessonPlace place = lesson_xml_place (loader->xml, child);

  for (guint i = 0; rules[i].name != NULL; i++)
    names[i] = rules[i].name;
  if (!lesson_xml_is_element (child)) {
    lesson_loader_problem (
        loader, place,
        _ ("<%s> is not of the lesson language; its namespace must be %s"),
        child->name, LESSON_NAMESPACE);
    return;
  }

  g_autofree char *hint = lesson_suggest ((const char *) child->name, names);
  lesson_loader_problem (loader, place, _ ("<%s> cannot stand in <%s>; %s"),
                         child->name, child->parent->name, hint);
}

static gboolean
is_blank (const xmlNode *text)
{
  const char *p = (const char *) text->content;

  while (p != NULL && g_ascii_isspace (*p))
    p++;
  return p == NULL || *p == '\0';
}

/* Comments are for authors, and stay unseen. */
static void
refuse_node (LessonLoader *loader, const xmlNode *node)
{
  gboolean text = node->type == XML_TEXT_NODE
                  || node->type == XML_CDATA_SECTION_NODE;

  if (node->type == XML_COMMENT_NODE || (text && is_blank (node)))
    return;
  if (text)
    lesson_loader_problem (loader, lesson_xml_text_place (loader->xml, node),
                           _ ("<%s> holds no text of its own; put this into "
                              "an element"),
                           node->parent->name);
  else
    lesson_loader_problem (
        loader, lesson_xml_content (loader->xml, node->parent),
        _ ("in <%s> stands something that is neither element nor text"),
        node->parent->name);
}

static void
check_count (LessonLoader *loader, const xmlNode *element,
             const LessonChildRule *rule, guint count, const xmlNode *excess)
{
  if (count < rule->least && rule->least == 1)
    lesson_loader_problem (loader, lesson_xml_place (loader->xml, element),
                           _ ("<%s> needs a <%s>"), element->name, rule->name);
  else if (count < rule->least)
    lesson_loader_problem (loader, lesson_xml_place (loader->xml, element),
                           _ ("<%s> needs at least %u of <%s>"), element->name,
                           rule->least, rule->name);
  else if (rule->most != 0 && count > rule->most)
    lesson_loader_problem (loader, lesson_xml_place (loader->xml, excess),
                           _ ("<%s> already has a <%s>; remove one"),
                           element->name, rule->name);
}

void
lesson_loader_children (LessonLoader *loader, xmlNode *element,
                        const LessonChildRule *rules)
{
  guint counts[LESSON_MAX_RULES] = {0};
  const xmlNode *excess[LESSON_MAX_RULES] = {NULL};
  const LessonChildRule *latest = &rules[0];

  for (xmlNode *child = element->children; child != NULL; child = child->next) {
    int i = rule_of (child, rules);
    if (i < 0 && child->type == XML_ELEMENT_NODE)
      lesson_loader_refuse (loader, child, rules);
    else if (i < 0)
      refuse_node (loader, child);
    if (i < 0)
      continue;

    if (rules[i].rank < latest->rank)
      lesson_loader_problem (loader, lesson_xml_place (loader->xml, child),
                             _ ("<%s> must stand before <%s>"), rules[i].name,
                             latest->name);
    else
      latest = &rules[i];
    if (counts[i]++ == rules[i].most)
      excess[i] = child;
  }

  for (guint i = 0; rules[i].name != NULL; i++)
    check_count (loader, element, &rules[i], counts[i], excess[i]);
}

static xmlNode *
allowed_from (xmlNode *node, const LessonChildRule *rules)
{
  while (node != NULL && rule_of (node, rules) < 0)
    node = node->next;
  return node;
}

xmlNode *
lesson_loader_first (const xmlNode *element, const LessonChildRule *rules)
{
  return allowed_from (element->children, rules);
}

xmlNode *
lesson_loader_next (const xmlNode *child, const LessonChildRule *rules)
{
  return allowed_from (child->next, rules);
}

void
lesson_loader_empty (LessonLoader *loader, xmlNode *element)
{
  static const LessonChildRule nothing[] = {{NULL}};

  lesson_loader_children (loader, element, nothing);
}
