/* Reads inline text and looks up its translation. */
#include "text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* In the order of LessonRunKind, from LESSON_RUN_EM on. */
static const char *const inline_names[]
    = {"em", "strong", "code", "term", "num", "sub", "sup", NULL};

static void
run_free (gpointer data)
{
  LessonRun *run = data;

  g_free (run->text);
  g_free (run->query);
  g_free (run);
}

void
lesson_text_free (LessonText *text)
{
  if (text == NULL)
    return;

  g_ptr_array_unref (text->runs);
  g_free (text->msgid);
  g_free (text);
}

/* The source form --------------------------------------------------------- */

/* xgettext extracts an element's inner XML like this: in each text node every
 * run of blanks becomes one space; the contents of an element lose the blanks
 * at both ends; text is escaped; an element without contents is closed at
 * once. A look-up only succeeds if this is repeated exactly. */

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t' || c == '\n';
}

static gboolean
is_text (const xmlNode *node)
{
  return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
}

static void
append_collapsed (GString *out, const char *text)
{
  gboolean blank = FALSE;

  for (; text != NULL && *text != '\0'; text++) {
    if (!is_blank (*text))
      g_string_append_c (out, *text);
    else if (!blank)
      g_string_append_c (out, ' ');
    blank = is_blank (*text);
  }
}

static void
append_escaped (GString *out, const char *text, gboolean attribute)
{
  for (; *text != '\0'; text++) {
    if (*text == '&')
      g_string_append (out, "&amp;");
    else if (*text == '<')
      g_string_append (out, "&lt;");
    else if (*text == '>')
      g_string_append (out, "&gt;");
    else if (*text == '"' && attribute)
      g_string_append (out, "&quot;");
    else
      g_string_append_c (out, *text);
  }
}

/* Takes the blanks off both ends of what was appended since `from`. */
static void
trim (GString *out, gsize from)
{
  gsize blanks = 0;

  while (out->len > from && is_blank (out->str[out->len - 1]))
    g_string_truncate (out, out->len - 1);
  while (from + blanks < out->len && is_blank (out->str[from + blanks]))
    blanks++;
  g_string_erase (out, (gssize) from, (gssize) blanks);
}

static void append_contents (GString *out, const xmlNode *element);

static void
append_element (GString *out, const xmlNode *element)
{
  g_string_append_printf (out, "<%s", element->name);
  for (const xmlAttr *a = element->properties; a != NULL; a = a->next) {
    g_autoptr (GString) value = g_string_new (NULL);
    append_collapsed (value, lesson_xml_value (a));
    g_string_append_printf (out, " %s=\"", a->name);
    append_escaped (out, value->str, TRUE);
    g_string_append_c (out, '"');
  }

  gsize opened = out->len;
  g_string_append_c (out, '>');
  append_contents (out, element);
  if (out->len == opened + 1) {
    g_string_truncate (out, opened);
    g_string_append (out, "/>");
    return;
  }
  g_string_append_printf (out, "</%s>", element->name);
}

static void
append_contents (GString *out, const xmlNode *element)
{
  gsize from = out->len;

  for (const xmlNode *n = element->children; n != NULL; n = n->next) {
    if (n->type == XML_ELEMENT_NODE)
      append_element (out, n);
    if (!is_text (n))
      continue;
    g_autoptr (GString) text = g_string_new (NULL);
    append_collapsed (text, (const char *) n->content);
    append_escaped (out, text->str, FALSE);
  }
  trim (out, from);
}

/* Runs -------------------------------------------------------------------- */

/* The text of an element without markup, blanks collapsed and trimmed. */
static char *
flat_text (const xmlNode *element)
{
  GString *text = g_string_new (NULL);

  for (const xmlNode *n = element->children; n != NULL; n = n->next)
    if (is_text (n))
      append_collapsed (text, (const char *) n->content);
  trim (text, 0);
  return g_string_free (text, FALSE);
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

/* Inline elements hold nothing but text. */
static void
check_inline_contents (LessonLoader *loader, const xmlNode *element)
{
  for (const xmlNode *n = element->children; n != NULL; n = n->next) {
    if (is_text (n))
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

static LessonRun *
load_inline (LessonLoader *loader, xmlNode *element)
{
  static const LessonAttributeRule none[] = {{NULL}};
  static const LessonAttributeRule num[] = {{"is", TRUE}, {NULL}};
  guint kind = 0;

  while (!lesson_loader_named (element, inline_names[kind]))
    kind++;
  LessonRun *run = run_new ((LessonRunKind) (LESSON_RUN_EM + kind),
                            flat_text (element),
                            lesson_xml_content (loader->xml, element));

  xmlAttr *is[1] = {NULL};
  gboolean number = run->kind == LESSON_RUN_NUM;
  lesson_loader_attributes (loader, element, number ? num : none, is);
  if (number)
    run->query = lesson_loader_query (loader, is[0]);
  check_inline_contents (loader, element);
  if (run->text[0] == '\0')
    lesson_loader_problem (loader, lesson_xml_place (loader->xml, element),
                           _ ("<%s> is empty"), element->name);
  return run;
}

static gboolean
is_inline (const xmlNode *node)
{
  if (!lesson_xml_is_element (node))
    return FALSE;
  for (guint i = 0; inline_names[i] != NULL; i++)
    if (lesson_loader_named (node, inline_names[i]))
      return TRUE;
  return FALSE;
}

static void
refuse_in_text (LessonLoader *loader, const xmlNode *node)
{
  static const LessonChildRule rules[] = {{"em"},   {"strong"}, {"code"},
                                          {"term"}, {"num"},    {"sub"},
                                          {"sup"},  {NULL}};

  if (node->type == XML_ELEMENT_NODE)
    lesson_loader_refuse (loader, node, rules);
  else
    lesson_loader_problem (loader,
                           lesson_xml_content (loader->xml, node->parent),
                           _ ("in the text of <%s> stands a comment or an "
                              "instruction; put it before the element"),
                           node->parent->name);
}

/* Takes the blank off the beginning of the first run or the end of the last,
 * which stand at the edge of the element. */
static void
trim_edges (GPtrArray *runs)
{
  LessonRun *first = runs->len > 0 ? runs->pdata[0] : NULL;
  LessonRun *last = runs->len > 0 ? runs->pdata[runs->len - 1] : NULL;

  if (first != NULL && first->kind == LESSON_RUN_TEXT
      && is_blank (first->text[0]))
    memmove (first->text, first->text + 1, strlen (first->text));
  if (last == NULL || last->kind != LESSON_RUN_TEXT)
    return;
  gsize length = strlen (last->text);
  if (length > 0 && is_blank (last->text[length - 1]))
    last->text[length - 1] = '\0';
}

static GPtrArray *
load_runs (LessonLoader *loader, xmlNode *element)
{
  GPtrArray *runs = g_ptr_array_new_with_free_func (run_free);

  for (xmlNode *n = element->children; n != NULL; n = n->next) {
    if (is_text (n)) {
      GString *text = g_string_new (NULL);
      append_collapsed (text, (const char *) n->content);
      g_ptr_array_add (runs,
                       run_new (LESSON_RUN_TEXT, g_string_free (text, FALSE),
                                lesson_xml_text_place (loader->xml, n)));
    } else if (is_inline (n)) {
      g_ptr_array_add (runs, load_inline (loader, n));
    } else {
      refuse_in_text (loader, n);
    }
  }

  trim_edges (runs);
  for (guint i = runs->len; i-- > 0;)
    if (((LessonRun *) runs->pdata[i])->text[0] == '\0')
      g_ptr_array_remove_index (runs, i);
  return runs;
}

/* Translation ------------------------------------------------------------- */

/* Takes out of `left` a run like this one; false if there is none. */
static gboolean
strike_out (GPtrArray *left, const LessonRun *run)
{
  for (guint i = 0; i < left->len; i++) {
    const LessonRun *other = left->pdata[i];
    if (other->kind != run->kind || g_strcmp0 (other->query, run->query) != 0)
      continue;
    g_ptr_array_remove_index (left, i);
    return TRUE;
  }
  return FALSE;
}

/* True if both hold the same inline elements, in whatever order. */
static gboolean
same_elements (const GPtrArray *a, const GPtrArray *b)
{
  g_autoptr (GPtrArray) left = g_ptr_array_new ();

  for (guint i = 0; i < a->len; i++)
    if (((LessonRun *) a->pdata[i])->kind != LESSON_RUN_TEXT)
      g_ptr_array_add (left, a->pdata[i]);
  for (guint i = 0; i < b->len; i++) {
    const LessonRun *run = b->pdata[i];
    if (run->kind != LESSON_RUN_TEXT && !strike_out (left, run))
      return FALSE;
  }
  return left->len == 0;
}

/* Reads a source form as a document of its own, by the same rules. */
static GPtrArray *
read_source_form (const char *source)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autofree char *document = g_strconcat ("<p xmlns=\"" LESSON_NAMESPACE "\">",
                                           source, "</p>", NULL);
  g_autoptr (LessonXml) xml
      = lesson_xml_parse (document, strlen (document), "translation", problems);
  if (xml == NULL)
    return NULL;

  LessonLoader loader = {.xml = xml, .problems = problems};
  g_autoptr (GPtrArray) runs
      = load_runs (&loader, xmlDocGetRootElement (xml->doc));
  return lesson_problems_count (problems) == 0 ? g_steal_pointer (&runs) : NULL;
}

GPtrArray *
lesson_text_translate (const char *msgid, const char *msgstr, LessonPlace place)
{
  g_autoptr (GPtrArray) source = read_source_form (msgid);
  g_autoptr (GPtrArray) runs = read_source_form (msgstr);

  if (source == NULL || runs == NULL || runs->len == 0
      || !same_elements (source, runs))
    return NULL;
  for (guint i = 0; i < runs->len; i++)
    ((LessonRun *) runs->pdata[i])->place = place;
  return g_steal_pointer (&runs);
}

static void
translate (LessonText *text)
{
  const char *msgstr = g_dgettext (GETTEXT_PACKAGE, text->msgid);
  if (strcmp (msgstr, text->msgid) == 0)
    return;

  GPtrArray *runs = lesson_text_translate (text->msgid, msgstr, text->place);
  text->translation = runs != NULL ? LESSON_TRANSLATION_GOOD
                                   : LESSON_TRANSLATION_BAD;
  if (runs == NULL)
    return;
  g_ptr_array_unref (text->runs);
  text->runs = runs;
}

/* Public ------------------------------------------------------------------ */

LessonText *
lesson_text_load (LessonLoader *loader, xmlNode *element)
{
  LessonText *text = g_new0 (LessonText, 1);
  GString *msgid = g_string_new (NULL);

  append_contents (msgid, element);
  text->place = lesson_xml_place (loader->xml, element);
  text->runs = load_runs (loader, element);
  text->msgid = g_string_free (msgid, FALSE);
  if (text->runs->len == 0)
    lesson_loader_problem (loader, text->place, _ ("<%s> is empty"),
                           element->name);
  else
    translate (text);
  return text;
}

char *
lesson_text_plain (const LessonText *text)
{
  GString *plain = g_string_new (NULL);

  for (guint i = 0; text != NULL && i < text->runs->len; i++)
    g_string_append (plain, ((LessonRun *) text->runs->pdata[i])->text);
  return g_string_free (plain, FALSE);
}
