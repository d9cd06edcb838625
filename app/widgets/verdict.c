/* What a verdict looks like, and what is said about it. */

#include "verdict.h"

#include <glib/gi18n-lib.h>

#include "answer.h"
#include "fonts.h"

PwVerdictLook
pw_verdict_look (LessonMark mark)
{
  switch (mark) {
  case LESSON_MARK_RIGHT:
    return (PwVerdictLook){"pw-right-symbolic", "pw-right", _ ("Right.")};
  case LESSON_MARK_WRONG:
    return (PwVerdictLook){"pw-wrong-symbolic", "pw-wrong", _ ("Not quite.")};
  case LESSON_MARK_PARTLY:
    return (PwVerdictLook){"pw-wrong-symbolic", "pw-wrong",
                           _ ("Partly right.")};
  case LESSON_MARK_UNREADABLE:
    return (PwVerdictLook){"pw-unsure-symbolic", "pw-unsure", ""};
  case LESSON_MARK_NOT_SURE:
    return (PwVerdictLook){"pw-unsure-symbolic", "pw-unsure", ""};
  }
  g_assert_not_reached ();
}

static char *
key_markup (const char *key)
{
  g_autofree char *told = g_markup_printf_escaped (
      "<span font_family=\"" SCENE_MONO_FAMILIES "\" weight=\"bold\">%s</span>",
      key);

  /* Translators: the right answer. Keep <b> and </b>. */
  return g_strdup_printf (_ ("<b>The answer is</b> %s."), told);
}

/* How it went, in a few words; "" where the reason says it all. */
static char *
words_markup (const LessonVerdict *verdict, gboolean in_place)
{
  if (verdict->mark == LESSON_MARK_PARTLY)
    /* Translators: an answer has several parts; so many of them are right.
       Keep <b> and </b>. */
    return g_strdup_printf (_ ("<b>Partly right:</b> %u of %u."),
                            verdict->right, verdict->total);
  if (verdict->mark != LESSON_MARK_NOT_SURE)
    return g_markup_printf_escaped ("<b>%s</b>",
                                    pw_verdict_look (verdict->mark).words);
  if (in_place)
    return g_strdup_printf ("<b>%s</b>", _ ("This is the answer."));
  return verdict->key_text != NULL ? key_markup (verdict->key_text)
                                   : g_strdup ("");
}

char *
pw_verdict_markup (const LessonVerdict *verdict, gboolean in_place,
                   const char *why)
{
  g_autofree char *words = words_markup (verdict, in_place);

  if (why == NULL || *why == '\0')
    return g_steal_pointer (&words);
  if (verdict->mark == LESSON_MARK_UNREADABLE)
    return g_strdup (why);
  /* Translators: "Not quite.", and why: two sentences. */
  return g_strdup_printf (_ ("%s %s"), words, why);
}

GtkWidget *
pw_verdict_part_new (const LessonAnswerPart *part)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *glyph = pw_glyph_new ();
  g_autofree char *text = g_strdup_printf (_ ("%s: %s"), part->name, part->why);
  GtkWidget *label = gtk_label_new (text);

  pw_glyph_set (glyph, part);
  gtk_widget_set_valign (glyph, GTK_ALIGN_START);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), glyph);
  gtk_box_append (GTK_BOX (row), label);
  return row;
}
