/* Shows the hints of a question, one after the other. */

#include "hints.h"

#include <glib/gi18n-lib.h>

#include "markup.h"

static guint
count_of (const PwHints *hints)
{
  guint count = 0;

  for (GtkWidget *hint = gtk_widget_get_first_child (hints->box); hint != NULL;
       hint = gtk_widget_get_next_sibling (hint))
    count++;
  return count;
}

static void
show (PwHints *hints, guint shown)
{
  guint count = count_of (hints), i = 0;

  hints->shown = shown;
  for (GtkWidget *hint = gtk_widget_get_first_child (hints->box); hint != NULL;
       hint = gtk_widget_get_next_sibling (hint))
    gtk_widget_set_visible (hint, i++ < shown);
  gtk_widget_set_visible (hints->box, shown > 0);
  gtk_button_set_label (GTK_BUTTON (hints->button), shown == 0 ? _ ("Hint")
                                                    : shown < count
                                                        ? _ ("Next hint")
                                                        : _ ("Hide hints"));
}

void
pw_hints_set (PwHints *hints, const GPtrArray *texts)
{
  GtkWidget *hint;
  guint count = texts != NULL ? texts->len : 0;

  while ((hint = gtk_widget_get_first_child (hints->box)) != NULL)
    gtk_box_remove (GTK_BOX (hints->box), hint);
  for (guint i = 0; i < count; i++) {
    hint = pw_markup_title_new (g_ptr_array_index (texts, i));
    gtk_widget_add_css_class (hint, "pw-hint");
    gtk_box_append (GTK_BOX (hints->box), hint);
  }
  gtk_widget_set_visible (hints->button, count > 0);
  show (hints, 0);
}

void
pw_hints_next (PwHints *hints)
{
  show (hints, hints->shown == count_of (hints) ? 0 : hints->shown + 1);
}
