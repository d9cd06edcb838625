/* Reads inline text and looks up its translation. */
#include "text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "inline.h"
#include "exercise-numbers.h"

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

void
lesson_append_collapsed (GString *out, const char *text)
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
    lesson_append_collapsed (value, lesson_xml_value (a));
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
    if (!lesson_xml_is_text (n))
      continue;
    g_autoptr (GString) text = g_string_new (NULL);
    lesson_append_collapsed (text, (const char *) n->content);
    append_escaped (out, text->str, FALSE);
  }
  trim (out, from);
}

/* Translation ------------------------------------------------------------- */

/* Takes out of `left` a run like this one; false if there is none. */
static gboolean
strike_out (GPtrArray *left, const LessonRun *run)
{
  for (guint i = 0; i < left->len; i++) {
    if (!lesson_run_same (left->pdata[i], run))
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

/* Reads a source form as a document of its own, by the same rules. NULL, and
 * in *why what is wrong, if it cannot be read; why may be NULL. */
static GPtrArray *
read_source_form (const char *source, const LessonNumbers *numbers, char **why)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autofree char *document = g_strconcat ("<p xmlns=\"" LESSON_NAMESPACE "\">",
                                           source, "</p>", NULL);
  g_autoptr (LessonXml) xml
      = lesson_xml_parse (document, strlen (document), "translation", problems);
  g_autoptr (GPtrArray) runs = NULL;

  if (xml != NULL) {
    LessonLoader loader
        = {.xml = xml, .problems = problems, .numbers = numbers};
    runs = lesson_runs_load (&loader, xmlDocGetRootElement (xml->doc));
  }
  if (lesson_problems_count (problems) == 0)
    return g_steal_pointer (&runs);
  if (why != NULL)
    *why = g_strdup (((LessonProblem *) problems->list->pdata[0])->what);
  return NULL;
}

/* The runs of a translation, which must hold what the source holds. */
static GPtrArray *
translate_runs (const char *source_form, const char *translation,
                const LessonNumbers *numbers, LessonPlace place)
{
  g_autoptr (GPtrArray) source = read_source_form (source_form, numbers, NULL);
  g_autoptr (GPtrArray) runs = read_source_form (translation, numbers, NULL);

  if (source == NULL || runs == NULL || runs->len == 0
      || !same_elements (source, runs))
    return NULL;
  for (guint i = 0; i < runs->len; i++)
    ((LessonRun *) runs->pdata[i])->place = place;
  return g_steal_pointer (&runs);
}

GPtrArray *
lesson_text_translate (const char *msgid, const char *msgstr, LessonPlace place)
{
  return translate_runs (msgid, msgstr, NULL, place);
}

static void
set_runs (LessonText *text, GPtrArray *runs)
{
  text->translation = runs != NULL ? LESSON_TRANSLATION_GOOD
                                   : LESSON_TRANSLATION_BAD;
  if (runs == NULL)
    return;
  g_ptr_array_unref (text->runs);
  text->runs = runs;
}

static void
translate (LessonText *text)
{
  /* Not GLib's function: that decides once whether this program is translated
   * at all, and lessons can be looked at in one language after another. */
  const char *msgstr = dgettext (GETTEXT_PACKAGE, text->msgid);

  if (msgstr != text->msgid)
    set_runs (text, lesson_text_translate (text->msgid, msgstr, text->place));
}

/* Exercises --------------------------------------------------------------- */

/* The source form with the numbers of the exercise in it; NULL after a
 * problem. */
static char *
fill (LessonLoader *loader, const LessonText *text)
{
  LessonQueryFault fault = {0};
  char *filled = lesson_numbers_fill (loader->numbers, text->msgid, &fault);

  if (filled == NULL)
    lesson_loader_problem (loader, text->place, "%s", fault.why);
  lesson_query_fault_clear (&fault);
  return filled;
}

static GPtrArray *
load_filled (LessonLoader *loader, const LessonText *text)
{
  g_autofree char *filled = fill (loader, text);
  g_autofree char *why = NULL;
  GPtrArray *runs = filled != NULL
                        ? read_source_form (filled, loader->numbers, &why)
                        : NULL;

  if (filled != NULL && runs == NULL)
    lesson_loader_problem (loader, text->place, "%s", why);
  for (guint i = 0; runs != NULL && i < runs->len; i++)
    ((LessonRun *) runs->pdata[i])->place = text->place;
  return runs != NULL ? runs : lesson_runs_none ();
}

/* Translators see the names of numbers, so the translation is filled anew. */
static void
translate_filled (LessonLoader *loader, LessonText *text)
{
  const char *msgstr = dgettext (GETTEXT_PACKAGE, text->msgid);
  LessonQueryFault fault = {0};

  if (msgstr == text->msgid)
    return;
  g_autofree char *source
      = lesson_numbers_fill (loader->numbers, text->msgid, &fault);
  lesson_query_fault_clear (&fault);
  g_autofree char *translation
      = lesson_numbers_fill (loader->numbers, msgstr, &fault);
  lesson_query_fault_clear (&fault);
  set_runs (text, source == NULL || translation == NULL
                      ? NULL
                      : translate_runs (source, translation, loader->numbers,
                                        text->place));
}

/* Public ------------------------------------------------------------------ */

LessonText *
lesson_text_load (LessonLoader *loader, xmlNode *element)
{
  LessonText *text = g_new0 (LessonText, 1);
  GString *msgid = g_string_new (NULL);

  append_contents (msgid, element);
  text->place = lesson_xml_place (loader->xml, element);
  text->msgid = g_string_free (msgid, FALSE);
  text->runs = loader->numbers != NULL ? load_filled (loader, text)
                                       : lesson_runs_load (loader, element);
  if (text->msgid[0] == '\0'
      || (text->runs->len == 0 && loader->numbers == NULL))
    lesson_loader_problem (loader, text->place, _ ("<%s> is empty"),
                           element->name);
  else if (loader->numbers != NULL)
    translate_filled (loader, text);
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
