/* Menus that are made when they are first opened. */

#include "menu.h"

static void
fill (GtkMenuButton *button, gpointer resource)
{
  g_autoptr (GtkBuilder) builder = NULL;

  if (gtk_menu_button_get_menu_model (button) != NULL)
    return;
  builder = gtk_builder_new_from_resource (resource);
  gtk_menu_button_set_menu_model (
      button, G_MENU_MODEL (gtk_builder_get_object (builder, "menu")));
}

void
pw_menu_attach (GtkWidget *button, const char *resource)
{
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), fill,
                                         (gpointer) resource, NULL);
}
