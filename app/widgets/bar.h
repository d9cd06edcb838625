/* A bar as long as a number is large. */
#ifndef PW_BAR_H
#define PW_BAR_H

#include <gtk/gtk.h>

#define PW_TYPE_BAR (pw_bar_get_type ())
G_DECLARE_FINAL_TYPE (PwBar, pw_bar, PW, BAR, GtkWidget)

/* A bar that fills that part of its width, 0 to 1, in its style's colour. It
 * says nothing by itself: the number stands beside it. */
GtkWidget *pw_bar_new (double part);

#endif
