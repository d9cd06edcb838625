/* One thing that is wrong with a lesson: where, what, and what would be right.
 */

#include "problem-row.h"

#include <glib/gi18n-lib.h>

/* As compilers write it, and as editors take it. */
static char *
place_of (const char *file, const LessonProblem *problem)
{
  if (problem->line == 0)
    return g_strdup (file);
  if (problem->column == 0)
    return g_strdup_printf ("%s:%d", file, problem->line);
  return g_strdup_printf ("%s:%d:%d", file, problem->line, problem->column);
}

static GtkWidget *
new_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, style);
  return label;
}

static void
on_copy (GtkWidget *button, const char *place)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (button), place);
}

static void
free_place (gpointer place, GClosure *closure)
{
  g_free (place);
}

static GtkWidget *
new_copy (const LessonProblem *problem)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  const char *name = _ ("Copy the place, for your editor");

  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_data (button, "clicked", G_CALLBACK (on_copy),
                         place_of (problem->file, problem), free_place, 0);
  return button;
}

/* The whole path is for the editor; the reader knows which file it is. */
static GtkWidget *
new_text (const LessonProblem *problem)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *name = g_path_get_basename (problem->file);
  g_autofree char *place = place_of (name, problem);
  GtkWidget *label = new_label (place, "pw-number");

  gtk_widget_set_tooltip_text (label, problem->file);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), new_label (problem->what, "pw-problem-what"));
  gtk_widget_set_hexpand (box, TRUE);
  return box;
}

GtkWidget *
pw_problem_row_new (const LessonProblem *problem)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_add_css_class (box, "pw-problem");
  gtk_box_append (GTK_BOX (box), new_text (problem));
  gtk_box_append (GTK_BOX (box), new_copy (problem));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

void
pw_problem_rows_set (GtkListBox *list, const LessonProblems *problems)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, child);
  for (guint i = 0; i < problems->list->len; i++)
    gtk_list_box_append (
        list, pw_problem_row_new (g_ptr_array_index (problems->list, i)));
}
