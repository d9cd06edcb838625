/* Reads inline text into runs. */
#include "inline.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "beats.h"

/* What an inline element may have; in the order of LessonRunKind, from
 * LESSON_RUN_EM on. */
typedef struct {
  const char *name;
  const LessonAttributeRule *attributes;
} InlineKind;

static const LessonAttributeRule none[] = {{NULL}};
static const LessonAttributeRule term_attributes[] = {{"id", FALSE}, {NULL}};
static const LessonAttributeRule num_attributes[] = {{"is", TRUE}, {NULL}};

enum { LESSON, SECTION, BEAT, STEP, WHERE, NTH, SEE_ATTRIBUTES };

static const LessonAttributeRule see_attributes[]
    = {[LESSON] = {"lesson", FALSE},    [SECTION] = {"section", FALSE},
       [BEAT] = {"beat", FALSE},        [STEP] = {"step", FALSE},
       [WHERE] = {"where", FALSE},      [NTH] = {"nth", FALSE},
       [SEE_ATTRIBUTES] = {NULL, FALSE}};

static const InlineKind inline_kinds[] = {
    {"em", none},
    {"strong", none},
    {"code", none},
    {"term", term_attributes},
    {"num", num_attributes},
    {"sub", none},
    {"sup", none},
    {"kbd", none},
    {"man", none},
    {"url", none},
    {"see", see_attributes},
};

/* Runs -------------------------------------------------------------------- */

static void
see_free (LessonSee *see)
{
  if (see == NULL)
    return;

  g_free (see->lesson);
  g_free (see->section);
  g_free (see->beat);
  g_free (see->step);
  g_free (see->where);
  g_free (see);
}

static void
run_free (gpointer data)
{
  LessonRun *run = data;

  g_free (run->text);
  g_free (run->query);
  g_free (run->term);
  see_free (run->see);
  g_free (run);
}

GPtrArray *
lesson_runs_none (void)
{
  return g_ptr_array_new_with_free_func (run_free);
}

static LessonRun *
run_new (LessonRunKind kind, char *text, LessonPlace place)
{
  LessonRun *run = g_new0 (LessonRun, 1);

  run->kind = kind;
  run->text = text;
  run->place = place;
  return run;
}

static gboolean
same_see (const LessonSee *a, const LessonSee *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_strcmp0 (a->lesson, b->lesson) == 0
         && g_strcmp0 (a->section, b->section) == 0
         && g_strcmp0 (a->beat, b->beat) == 0
         && g_strcmp0 (a->step, b->step) == 0
         && g_strcmp0 (a->where, b->where) == 0 && a->nth == b->nth;
}

gboolean
lesson_run_same (const LessonRun *a, const LessonRun *b)
{
  gboolean verbatim = a->kind == LESSON_RUN_MAN || a->kind == LESSON_RUN_URL
                      || a->kind == LESSON_RUN_KBD;

  return a->kind == b->kind && g_strcmp0 (a->query, b->query) == 0
         && g_strcmp0 (a->term, b->term) == 0 && same_see (a->see, b->see)
         && (!verbatim || strcmp (a->text, b->text) == 0);
}

/* Inline elements --------------------------------------------------------- */

/* The text of an element without markup, blanks collapsed and trimmed. */
static char *
flat_text (const xmlNode *element)
{
  GString *text = g_string_new (NULL);

  for (const xmlNode *n = element->children; n != NULL; n = n->next)
    if (lesson_xml_is_text (n))
      lesson_append_collapsed (text, (const char *) n->content);
  return g_strstrip (g_string_free (text, FALSE));
}

/* Inline elements hold nothing but text. */
static void
check_contents (LessonLoader *loader, const xmlNode *element)
{
  for (const xmlNode *n = element->children; n != NULL; n = n->next) {
    if (lesson_xml_is_text (n))
      continue;
    LessonPlace place = n->type == XML_ELEMENT_NODE
                            ? lesson_xml_place (loader->xml, n)
                            : lesson_xml_content (loader->xml, element);
    lesson_loader_problem (loader, place,
                           _ ("<%s> holds text only; inline elements do not "
                              "nest"),
                           element->name);
  }
}

/* mmap(2), pthread_create(3), proc_pid_maps(5): a name and its section. */
static gboolean
is_manual_page (const char *text)
{
  gsize name = strspn (text, "abcdefghijklmnopqrstuvwxyz"
                             "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:+-");
  const char *section = text + name;

  if (name == 0 || section[0] != '(' || !g_ascii_isdigit (section[1]))
    return FALSE;
  gsize letters = strspn (section + 2, "abcdefghijklmnopqrstuvwxyz");
  return strcmp (section + 2 + letters, ")") == 0;
}

static gboolean
is_web_address (const char *text)
{
  const char *scheme = g_str_has_prefix (text, "https://") ? "https://"
                                                           : "http://";

  return g_str_has_prefix (text, scheme) && text[strlen (scheme)] != '\0'
         && strpbrk (text, " \"<>") == NULL;
}

static void
check_shape (LessonLoader *loader, const LessonRun *run)
{
  if (run->kind == LESSON_RUN_MAN && !is_manual_page (run->text))
    lesson_loader_problem (loader, run->place,
                           _ ("“%.60s” is not a manual page; write a name and "
                              "its section, such as mmap(2)"),
                           run->text);
  if (run->kind == LESSON_RUN_URL && !is_web_address (run->text))
    lesson_loader_problem (loader, run->place,
                           _ ("“%.60s” is not an address in the web; it must "
                              "begin with https:// or http://"),
                           run->text);
}

/* Reports an attribute that is there although what it needs is not. */
static void
check_needs (LessonLoader *loader, xmlAttr *const *found, guint attribute,
             guint needed)
{
  if (found[attribute] != NULL && found[needed] == NULL)
    lesson_loader_problem (
        loader, lesson_xml_attribute_place (loader->xml, found[attribute]),
        _ ("“%s” needs “%s” beside it"), see_attributes[attribute].name,
        see_attributes[needed].name);
}

/* A step is looked for in the lesson that is played, so it cannot be that of
 * another one. */
static void
check_see (LessonLoader *loader, const xmlNode *element, xmlAttr *const *found)
{
  if (found[LESSON] == NULL && found[SECTION] == NULL && found[BEAT] == NULL)
    lesson_loader_problem (loader, lesson_xml_place (loader->xml, element),
                           _ ("<see> needs “lesson”, “section” or “beat”"));
  if (found[SECTION] != NULL && found[BEAT] != NULL)
    lesson_loader_problem (
        loader, lesson_xml_attribute_place (loader->xml, found[BEAT]),
        _ ("<see> leads to a section or to a beat; remove one of the two"));
  if (found[STEP] != NULL && found[LESSON] != NULL)
    lesson_loader_problem (
        loader, lesson_xml_attribute_place (loader->xml, found[STEP]),
        _ ("only a step of this lesson can be named; name a beat of the "
           "other one"));
  check_needs (loader, found, STEP, BEAT);
  check_needs (loader, found, WHERE, STEP);
  check_needs (loader, found, NTH, STEP);
}

static LessonSee *
load_see (LessonLoader *loader, const xmlNode *element, xmlAttr *const *found)
{
  LessonSee *see = g_new0 (LessonSee, 1);
  const xmlAttr *last = NULL;
  LessonStepName name;

  check_see (loader, element, found);
  see->lesson = lesson_loader_name (loader, found[LESSON]);
  see->section = lesson_loader_name (loader, found[SECTION]);
  see->beat = lesson_loader_name (loader, found[BEAT]);
  lesson_step_name_load (loader, found[STEP], found[WHERE], found[NTH], &name);
  see->step = name.step;
  see->where = name.where;
  see->nth = name.nth;
  for (guint i = LESSON; i <= BEAT; i++)
    if (found[i] != NULL)
      last = found[i];
  see->place = last != NULL ? lesson_xml_value_place (loader->xml, last, 0)
                            : lesson_xml_place (loader->xml, element);
  return see;
}

/* In an exercise nobody can write down a number that the machine says: it is
 * left empty, and filled in when the machine has run. */
static gboolean
is_blank_number (const LessonLoader *loader, const LessonRun *run)
{
  return loader->numbers != NULL && run->kind == LESSON_RUN_NUM
         && run->text[0] == '\0';
}

static LessonRun *
load_inline (LessonLoader *loader, xmlNode *element, guint kind)
{
  xmlAttr *found[SEE_ATTRIBUTES] = {NULL};
  LessonRun *run = run_new ((LessonRunKind) (LESSON_RUN_EM + kind),
                            flat_text (element),
                            lesson_xml_content (loader->xml, element));

  lesson_loader_attributes (loader, element, inline_kinds[kind].attributes,
                            found);
  if (run->kind == LESSON_RUN_NUM)
    run->query = lesson_loader_query (loader, found[0]);
  if (run->kind == LESSON_RUN_TERM)
    run->term = lesson_loader_name (loader, found[0]);
  if (run->kind == LESSON_RUN_SEE)
    run->see = load_see (loader, element, found);
  check_contents (loader, element);
  if (is_blank_number (loader, run))
    return run;
  if (run->text[0] == '\0')
    lesson_loader_problem (loader, lesson_xml_place (loader->xml, element),
                           _ ("<%s> is empty"), element->name);
  else
    check_shape (loader, run);
  return run;
}

/* Which of inline_kinds an element is; their number if none. */
static guint
kind_of (const xmlNode *node)
{
  guint kind = 0;

  if (!lesson_xml_is_element (node))
    return G_N_ELEMENTS (inline_kinds);
  while (kind < G_N_ELEMENTS (inline_kinds)
         && !lesson_loader_named (node, inline_kinds[kind].name))
    kind++;
  return kind;
}

static void
refuse (LessonLoader *loader, const xmlNode *node)
{
  LessonChildRule rules[G_N_ELEMENTS (inline_kinds) + 1] = {{NULL}};

  for (guint i = 0; i < G_N_ELEMENTS (inline_kinds); i++)
    rules[i].name = inline_kinds[i].name;
  if (node->type == XML_ELEMENT_NODE)
    lesson_loader_refuse (loader, node, rules);
  else
    lesson_loader_problem (loader,
                           lesson_xml_content (loader->xml, node->parent),
                           _ ("in the text of <%s> stands a comment or an "
                              "instruction; put it before the element"),
                           node->parent->name);
}

/* Inline text ------------------------------------------------------------- */

/* Takes the blank off the beginning of the first run or the end of the last,
 * which stand at the edge of the element. */
static void
trim_edges (GPtrArray *runs)
{
  LessonRun *first = runs->len > 0 ? runs->pdata[0] : NULL;
  LessonRun *last = runs->len > 0 ? runs->pdata[runs->len - 1] : NULL;

  if (first != NULL && first->kind == LESSON_RUN_TEXT && first->text[0] == ' ')
    memmove (first->text, first->text + 1, strlen (first->text));
  if (last == NULL || last->kind != LESSON_RUN_TEXT)
    return;
  gsize length = strlen (last->text);
  if (length > 0 && last->text[length - 1] == ' ')
    last->text[length - 1] = '\0';
}

static LessonRun *
load_text (LessonLoader *loader, const xmlNode *node)
{
  GString *text = g_string_new (NULL);

  lesson_append_collapsed (text, (const char *) node->content);
  return run_new (LESSON_RUN_TEXT, g_string_free (text, FALSE),
                  lesson_xml_text_place (loader->xml, node));
}

GPtrArray *
lesson_runs_load (LessonLoader *loader, const xmlNode *element)
{
  GPtrArray *runs = g_ptr_array_new_with_free_func (run_free);

  for (xmlNode *n = element->children; n != NULL; n = n->next) {
    guint kind = kind_of (n);
    if (lesson_xml_is_text (n))
      g_ptr_array_add (runs, load_text (loader, n));
    else if (kind < G_N_ELEMENTS (inline_kinds))
      g_ptr_array_add (runs, load_inline (loader, n, kind));
    else
      refuse (loader, n);
  }

  trim_edges (runs);
  for (guint i = runs->len; i-- > 0;)
    if (((LessonRun *) runs->pdata[i])->text[0] == '\0'
        && !is_blank_number (loader, runs->pdata[i]))
      g_ptr_array_remove_index (runs, i);
  return runs;
}
