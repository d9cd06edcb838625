/* What is wrong with the file that was saved, above the lesson as it was. */

#include "problem-bar.h"

#include <glib/gi18n-lib.h>

#include "problem-row.h"

#define RESOURCE "/io/github/pagewalk/Pagewalk/problem-bar.ui"

struct _PwProblemBar {
  AdwBin parent_instance;
  GtkWidget *revealer, *title, *list, *dropped;
};

G_DEFINE_FINAL_TYPE (PwProblemBar, pw_problem_bar, ADW_TYPE_BIN)

/* What has slid away is gone for a screen reader, too. */
static void
on_revealed (PwProblemBar *bar)
{
  if (!gtk_revealer_get_child_revealed (GTK_REVEALER (bar->revealer)))
    gtk_label_set_text (GTK_LABEL (bar->title), "");
}

static void
pw_problem_bar_class_init (PwProblemBarClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE);
  gtk_widget_class_bind_template_child (widget_class, PwProblemBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, PwProblemBar, title);
  gtk_widget_class_bind_template_child (widget_class, PwProblemBar, list);
  gtk_widget_class_bind_template_child (widget_class, PwProblemBar, dropped);
}

static void
pw_problem_bar_init (PwProblemBar *bar)
{
  gtk_widget_init_template (GTK_WIDGET (bar));
  g_signal_connect_swapped (bar->revealer, "notify::child-revealed",
                            G_CALLBACK (on_revealed), bar);
}

GtkWidget *
pw_problem_bar_new (void)
{
  return g_object_new (PW_TYPE_PROBLEM_BAR, NULL);
}

void
pw_problem_bar_set (PwProblemBar *bar, const LessonProblems *problems)
{
  guint count = problems != NULL ? lesson_problems_count (problems) : 0;
  g_autofree char *title = NULL, *dropped = NULL;

  gtk_revealer_set_reveal_child (GTK_REVEALER (bar->revealer), count > 0);
  if (count == 0)
    return;
  title = g_strdup_printf (
      ngettext ("The saved file has %u problem. You see the last version that "
                "had none.",
                "The saved file has %u problems. You see the last version that "
                "had none.",
                count),
      count);
  dropped = g_strdup_printf (
      ngettext ("… and %u more.", "… and %u more.", problems->dropped),
      problems->dropped);
  gtk_label_set_text (GTK_LABEL (bar->title), title);
  pw_problem_rows_set (GTK_LIST_BOX (bar->list), problems);
  gtk_label_set_text (GTK_LABEL (bar->dropped), dropped);
  gtk_widget_set_visible (bar->dropped, problems->dropped > 0);
}
