/* Menus that are made when they are first opened. */
#ifndef PW_MENU_H
#define PW_MENU_H

#include <gtk/gtk.h>

/* Gives a menu button the menu "menu" of a resource, when it is first wanted.
 * The name of the resource must live on, as a constant does. */
void pw_menu_attach (GtkWidget *button, const char *resource);

#endif
