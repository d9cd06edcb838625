/* A choice among things whose names may be long. */
#include "traces-combo.h"

#include <adwaita.h>

static void
on_item_setup (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

/* The item itself takes the focus, and would have no name. */
static void
on_item_bind (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  const char *text
      = gtk_string_object_get_string (gtk_list_item_get_item (item));

  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (gtk_widget_get_parent (label)),
      GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

GtkWidget *
pw_traces_combo_new (const char *title)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_item_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_item_bind), NULL);
  adw_combo_row_set_factory (ADW_COMBO_ROW (row), factory);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  return row;
}
