/* What is wrong with a lesson, in the window: each problem with its place. */

#include "problem-page.h"

#include <glib/gi18n-lib.h>

#define RESOURCE "/io/github/pagewalk/Pagewalk/problem-page.ui"

struct _PwProblemPage {
  AdwBin parent_instance;
  GtkWidget *title, *list, *dropped;
};

G_DEFINE_FINAL_TYPE (PwProblemPage, pw_problem_page, ADW_TYPE_BIN)

static char *
place_of (const LessonProblem *problem)
{
  if (problem->line == 0)
    return g_strdup (problem->file);
  if (problem->column == 0)
    return g_strdup_printf ("%s:%d", problem->file, problem->line);
  return g_strdup_printf ("%s:%d:%d", problem->file, problem->line,
                          problem->column);
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

static GtkWidget *
new_row (const LessonProblem *problem)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *place = place_of (problem);

  gtk_widget_add_css_class (box, "pw-problem");
  gtk_box_append (GTK_BOX (box), new_label (place, "pw-number"));
  gtk_box_append (GTK_BOX (box), new_label (problem->what, "pw-problem-what"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
pw_problem_page_class_init (PwProblemPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE);
  gtk_widget_class_bind_template_child (widget_class, PwProblemPage, title);
  gtk_widget_class_bind_template_child (widget_class, PwProblemPage, list);
  gtk_widget_class_bind_template_child (widget_class, PwProblemPage, dropped);
}

static void
pw_problem_page_init (PwProblemPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
}

GtkWidget *
pw_problem_page_new (void)
{
  return g_object_new (PW_TYPE_PROBLEM_PAGE, NULL);
}

void
pw_problem_page_set (PwProblemPage *page, const char *title,
                     const LessonProblems *problems)
{
  GtkWidget *child;
  g_autofree char *dropped = g_strdup_printf (
      ngettext ("… and %u more.", "… and %u more.", problems->dropped),
      problems->dropped);

  while ((child = gtk_widget_get_first_child (page->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (page->list), child);
  for (guint i = 0; i < problems->list->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (page->list),
                         new_row (g_ptr_array_index (problems->list, i)));
  gtk_label_set_text (GTK_LABEL (page->title), title);
  gtk_label_set_text (GTK_LABEL (page->dropped), dropped);
  gtk_widget_set_visible (page->dropped, problems->dropped > 0);
}
