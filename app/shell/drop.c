/* Lessons that are dropped on the window. */

#include "drop.h"

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y,
         GtkWidget *widget)
{
  const GSList *files = g_value_get_boxed (value);
  g_autofree char *path = NULL;

  if (files == NULL)
    return FALSE;
  path = g_file_get_path (files->data);
  return path != NULL
         && gtk_widget_activate_action (widget, "win.lesson", "s", path);
}

void
pw_drop_install (GtkWidget *widget)
{
  GtkDropTarget *target
      = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (on_drop), widget);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}
