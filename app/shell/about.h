/* The window that says what Pagewalk is, and who wrote it. */
#ifndef PW_ABOUT_H
#define PW_ABOUT_H

#include <gtk/gtk.h>

void pw_about_show (GtkWindow *parent);

#endif
