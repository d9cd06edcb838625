/* How large everything in a window is: what suits its size, times what the
 * reader has chosen. */
#ifndef PW_ZOOM_H
#define PW_ZOOM_H

#include <gtk/gtk.h>

/* What suits a window of a size in logical pixels, in quarters: 1 up to
 * 1920 x 1080. A larger one that the desktop does not enlarge by itself is a
 * projector or a wall, read from afar. */
double pw_zoom_for_size (int width, int height);

/* The reader's own factor some steps up or down, within bounds; 1 lies on a
 * step. */
double pw_zoom_step (double own, int steps);

/* The desktop's text size, as a factor. */
double pw_zoom_of_desktop (GtkWidget *widget);

/* Lets Ctrl and the wheel, and a pinch, activate "win.text-larger" and
 * "win.text-smaller" of a window. */
void pw_zoom_listen (GtkWidget *window);

#endif
