/* A choice among things whose names may be long. */
#ifndef PW_TRACES_COMBO_H
#define PW_TRACES_COMBO_H

#include <gtk/gtk.h>

/* A row, AdwComboRow, for a model of strings: those that do not fit end with
 * an ellipsis, and a screen reader hears them whole. */
GtkWidget *pw_traces_combo_new (const char *title);

#endif
