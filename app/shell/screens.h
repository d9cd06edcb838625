/* The screens that there are: a list that follows plugging and unplugging. */
#ifndef PW_SCREENS_H
#define PW_SCREENS_H

#include <gtk/gtk.h>

#define PW_TYPE_SCREEN (pw_screen_get_type ())
G_DECLARE_FINAL_TYPE (PwScreen, pw_screen, PW, SCREEN, GObject)

/* What to call it: its maker and model, or the connector. */
const char *pw_screen_get_name (PwScreen *screen);

/* Its size in logical pixels. */
void pw_screen_get_size (PwScreen *screen, int *width, int *height);

/* Whether a window lies on it, or most of it. */
gboolean pw_screen_holds (PwScreen *screen, GtkWindow *window);

/* Fills it with a window. */
void pw_screen_fill (PwScreen *screen, GtkWindow *window);

/* The screens, a list model of PwScreen that emits "items-changed", also where
 * one has got another place or size; to be unreffed. The variable
 * PAGEWALK_SCREENS may name a file with a line "WIDTHxHEIGHT NAME" for each
 * screen, read anew when it is saved: then windows have those sizes, no screen
 * is filled, and all others lie on the first. So can be tried what happens with
 * screens that are not there. */
GListModel *pw_screens_new (void);

#endif
