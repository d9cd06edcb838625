/* Shows a step of the transcript. */

#include "transcript-view.h"

#include <glib/gi18n-lib.h>

#define SPACING 6
#define INDENT 12     /* pixels a level of nesting */
#define MOST_INDENT 6 /* levels */

GtkWidget *
pw_transcript_view_new (void)
{
  GtkWidget *view = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING);
  GtkWidget *number = gtk_label_new (NULL), *sentence = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (number), 1);
  gtk_label_set_yalign (GTK_LABEL (number), 0);
  gtk_widget_add_css_class (number, "pw-number");
  gtk_label_set_xalign (GTK_LABEL (sentence), 0);
  gtk_label_set_wrap (GTK_LABEL (sentence), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (sentence), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (sentence, TRUE);
  gtk_widget_add_css_class (view, "pw-step");
  gtk_box_append (GTK_BOX (view),
                  gtk_image_new_from_icon_name ("pw-current-symbolic"));
  gtk_box_append (GTK_BOX (view), number);
  gtk_box_append (GTK_BOX (view), sentence);
  return view;
}

void
pw_transcript_view_show (GtkWidget *view, PwTranscriptRow *step, int digits)
{
  GtkWidget *number
      = gtk_widget_get_next_sibling (gtk_widget_get_first_child (view));
  GtkWidget *sentence = gtk_widget_get_next_sibling (number);
  guint n = pw_transcript_row_get_step (step);
  guint depth = MIN (pw_transcript_row_get_depth (step), MOST_INDENT);
  g_autofree char *text = g_strdup_printf ("%u", n);
  /* Translators: a step's number, and what happens. */
  g_autofree char *name = g_strdup_printf (
      C_ ("step", "%u: %s"), n, pw_transcript_row_get_sentence (step));

  gtk_label_set_width_chars (GTK_LABEL (number), digits);
  gtk_label_set_text (GTK_LABEL (number), text);
  gtk_label_set_text (GTK_LABEL (sentence),
                      pw_transcript_row_get_sentence (step));
  gtk_widget_set_margin_start (sentence, INDENT * (int) depth);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (view)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (view), "step", GUINT_TO_POINTER (n));
}

guint
pw_transcript_view_get_step (GtkWidget *view)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (view), "step"));
}

/* By a sign, not by colour alone. */
void
pw_transcript_view_mark (GtkWidget *view, gboolean current)
{
  gtk_widget_set_opacity (gtk_widget_get_first_child (view), current ? 1 : 0);
  if (current)
    gtk_widget_add_css_class (view, "current");
  else
    gtk_widget_remove_css_class (view, "current");
}
