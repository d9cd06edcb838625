/* A lesson's inline text as labels show it. */

#include "markup.h"

#include <string.h>

#include "fonts.h"
#include "uri.h"

#define MONO_OPEN "<span font_family=\"" SCENE_MONO_FAMILIES "\" size=\"92%\">"

static void
append (GString *markup, const char *open, const char *text, const char *close)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (markup, open);
  g_string_append (markup, escaped);
  g_string_append (markup, close);
}

/* Chinese has no italics: its characters are only slanted, and look broken. */
static gboolean
has_italics (const char *text)
{
  return !g_unichar_iswide (g_utf8_get_char (text));
}

/* "1 048 576" and "4 MiB" are not taken apart at the end of a line; between
 * their parts stands a space of the text's, for that of the digits is wide. */
static void
append_number (GString *markup, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++) {
    g_string_append (markup, i > 0 ? "\u00a0" : "");
    append (markup, MONO_OPEN, parts[i], "</span>");
  }
}

static void
append_run (GString *markup, const LessonRun *run)
{
  switch (run->kind) {
  case LESSON_RUN_TEXT:
  case LESSON_RUN_SEE:
    append (markup, "", run->text, "");
    break;
  case LESSON_RUN_EM:
    if (has_italics (run->text))
      append (markup, "<i>", run->text, "</i>");
    else
      append (markup, "<b>", run->text, "</b>");
    break;
  case LESSON_RUN_STRONG:
    append (markup, "<b>", run->text, "</b>");
    break;
  case LESSON_RUN_CODE:
  case LESSON_RUN_KBD:
  case LESSON_RUN_MAN:
  case LESSON_RUN_URL:
    append (markup, MONO_OPEN, run->text, "</span>");
    break;
  case LESSON_RUN_NUM:
    append_number (markup, run->text);
    break;
  case LESSON_RUN_TERM:
    if (has_italics (run->text))
      append (markup, "<b><i>", run->text, "</i></b>");
    else
      append (markup, "<b>", run->text, "</b>");
    break;
  case LESSON_RUN_SUB:
    append (markup, "<sub>", run->text, "</sub>");
    break;
  case LESSON_RUN_SUP:
    append (markup, "<sup>", run->text, "</sup>");
    break;
  }
}

/* Where the run leads; NULL if nowhere. */
static char *
uri_of (const LessonRun *run)
{
  if (run->see != NULL)
    return lesson_see_uri (run->see);
  return run->term != NULL ? g_strconcat (PW_MARKUP_TERM, run->term, NULL)
                           : NULL;
}

/* So many bytes a run takes in a label. */
static int
length_of (const LessonRun *run)
{
  int length = (int) strlen (run->text);

  for (const char *p = run->text; run->kind == LESSON_RUN_NUM && *p != '\0';
       p++)
    length += *p == ' '; /* which does not break, and is one byte longer */
  return length;
}

gboolean
pw_markup_find_link (const LessonText *text, const char *uri, int *start,
                     int *end)
{
  *start = 0;
  for (guint i = 0; i < text->runs->len; i++) {
    const LessonRun *run = g_ptr_array_index (text->runs, i);
    g_autofree char *own = uri_of (run);

    *end = *start + length_of (run);
    if (g_strcmp0 (own, uri) == 0)
      return TRUE;
    *start = *end;
  }
  return FALSE;
}

char *
pw_markup_with_links (const LessonText *text, PwMarkupLeads leads,
                      gconstpointer data)
{
  GString *markup = g_string_new (NULL);

  for (guint i = 0; i < text->runs->len; i++) {
    const LessonRun *run = g_ptr_array_index (text->runs, i);
    g_autofree char *uri = leads (run, data) ? uri_of (run) : NULL;

    if (uri != NULL) {
      g_autofree char *escaped = g_markup_escape_text (uri, -1);
      g_string_append_printf (markup, "<a href=\"%s\">", escaped);
    }
    append_run (markup, run);
    if (uri != NULL)
      g_string_append (markup, "</a>");
  }
  return g_string_free (markup, FALSE);
}

char *
pw_markup_of (const LessonText *text)
{
  GString *markup = g_string_new (NULL);

  for (guint i = 0; text != NULL && i < text->runs->len; i++)
    append_run (markup, g_ptr_array_index (text->runs, i));
  return g_string_free (markup, FALSE);
}

GtkWidget *
pw_markup_title_new (const LessonText *text)
{
  g_autofree char *markup = pw_markup_of (text);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  /* As wide as there is room, and not as would look square. */
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

GtkWidget *
pw_markup_label_new (const LessonText *text)
{
  GtkWidget *label = pw_markup_title_new (text);

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  /* Else every paragraph would be a stop on the way of the Tab key, and would
   * take the arrows that step. And not just not focusable: a label that can be
   * selected then claims to have taken the focus, and Tab comes no further. */
  gtk_widget_set_can_focus (label, FALSE);
  return label;
}
