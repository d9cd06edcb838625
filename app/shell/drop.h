/* Lessons that are dropped on the window. */
#ifndef PW_DROP_H
#define PW_DROP_H

#include <gtk/gtk.h>

/* A lesson's file or folder that is dropped on the widget is opened, by the
 * action win.lesson. */
void pw_drop_install (GtkWidget *widget);

#endif
