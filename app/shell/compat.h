/* The few things that GTK 4.8 and its successors do in different ways. */
#ifndef PW_COMPAT_H
#define PW_COMPAT_H

#include <gtk/gtk.h>

/* Lets the reader choose a lesson file; chosen gets its path, and is not
 * called if none was chosen. */
typedef void (*PwChosen) (const char *path, gpointer data);
void pw_compat_open_file (GtkWindow *parent, PwChosen chosen, gpointer data);

#endif
