/* What is wrong with a lesson, in the window: each problem with its place. */

#include "problem-page.h"

#include <glib/gi18n-lib.h>

#include "problem-row.h"

#define RESOURCE "/io/github/pagewalk/Pagewalk/problem-page.ui"

struct _PwProblemPage {
  AdwBin parent_instance;
  GtkWidget *title, *list, *dropped;
};

G_DEFINE_FINAL_TYPE (PwProblemPage, pw_problem_page, ADW_TYPE_BIN)

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
  g_autofree char *dropped = g_strdup_printf (
      ngettext ("… and %u more.", "… and %u more.", problems->dropped),
      problems->dropped);

  pw_problem_rows_set (GTK_LIST_BOX (page->list), problems);
  gtk_label_set_text (GTK_LABEL (page->title), title);
  gtk_label_set_text (GTK_LABEL (page->dropped), dropped);
  gtk_widget_set_visible (page->dropped, problems->dropped > 0);
}
