/* Text as HTML, and as strings of a script in it. */
#include "html_text.h"

#include <string.h>

#include "svg_item.h"

void
export_html_escaped (GString *out, const char *text)
{
  scene_svg_escaped (out, text);
}

/* Which element a run is. */
static const char *
element_of (LessonRunKind kind)
{
  switch (kind) {
  case LESSON_RUN_TEXT:
  case LESSON_RUN_SEE:
    return NULL;
  case LESSON_RUN_EM:
    return "em";
  case LESSON_RUN_STRONG:
    return "strong";
  case LESSON_RUN_CODE:
  case LESSON_RUN_MAN:
  case LESSON_RUN_URL:
    return "code";
  case LESSON_RUN_NUM:
    return "data";
  case LESSON_RUN_TERM:
    return "dfn";
  case LESSON_RUN_SUB:
    return "sub";
  case LESSON_RUN_SUP:
    return "sup";
  case LESSON_RUN_KBD:
    return "kbd";
  }
  return NULL;
}

static void
append_number (GString *out, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);
  g_autofree char *joined = g_strjoinv ("\u00a0", parts);
  g_autoptr (GString) plain = g_string_new (NULL);

  export_html_escaped (plain, joined);
  g_string_append_printf (out, "<data class=\"n\" value=\"%s\">%s</data>",
                          plain->str, plain->str);
}

/* TRUE, and where, if the run leads to a place of this lesson. */
static gboolean
leads_to (LessonPlay *play, const LessonRun *run, guint64 *step)
{
  const LessonSee *see = run->see;
  guint64 cursor;

  if (see == NULL || play == NULL
      || (see->lesson != NULL
          && g_strcmp0 (see->lesson, play->document->id) != 0)
      || !lesson_play_find_see (play, see, &cursor))
    return FALSE;
  *step = MAX (cursor, play->first_step) - play->first_step;
  return TRUE;
}

static void
append_run (GString *out, LessonPlay *play, const LessonRun *run)
{
  const char *element = element_of (run->kind);
  guint64 step;

  if (run->kind == LESSON_RUN_NUM) {
    append_number (out, run->text);
    return;
  }
  if (leads_to (play, run, &step)) {
    g_string_append_printf (out,
                            "<a href=\"#s%" G_GUINT64_FORMAT
                            "\" data-step=\"%" G_GUINT64_FORMAT "\">",
                            step, step);
    element = "a";
  } else if (element != NULL) {
    g_string_append_printf (out, "<%s>", element);
  }
  export_html_escaped (out, run->text);
  if (element != NULL)
    g_string_append_printf (out, "</%s>", element);
}

void
export_html_inline (GString *out, LessonPlay *play, const LessonText *text)
{
  for (guint i = 0; text != NULL && i < text->runs->len; i++)
    append_run (out, play, g_ptr_array_index (text->runs, i));
}

char *
export_html_of (LessonPlay *play, const LessonText *text)
{
  GString *out = g_string_new (NULL);

  export_html_inline (out, play, text);
  return g_string_free (out, FALSE);
}

/* "<" may begin the end of the script, or a comment: it is written as its
 * number where one of these could follow. */
static gboolean
is_dangerous (const char *p)
{
  return *p == '<'
         && (p[1] == '/' || p[1] == '!' || p[1] == '?' || p[1] == 's');
}

void
export_json_string (GString *out, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  g_string_append_c (out, '"');
  for (const char *p = valid; *p != '\0'; p++)
    if (*p == '"' || *p == '\\')
      g_string_append_printf (out, "\\%c", *p);
    else if ((guchar) *p < 0x20)
      g_string_append_printf (out, "\\u%04x", (guint) (guchar) *p);
    else if (is_dangerous (p) && p[1] == '/')
      g_string_append (out, "<\\/"), p++;
    else if (is_dangerous (p))
      g_string_append (out, "\\u003c");
    else
      g_string_append_c (out, *p);
  g_string_append_c (out, '"');
}

void
export_json_member (GString *out, const char *name, const char *text)
{
  g_string_append_printf (out, "\"%s\":", name);
  if (text != NULL)
    export_json_string (out, text);
  else
    g_string_append (out, "null");
}
