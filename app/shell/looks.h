/* How a window looks: its colours, its zoom, and whether it is narrow. */
#ifndef PW_LOOKS_H
#define PW_LOOKS_H

#include <gtk/gtk.h>

#include "memory.h"
#include "palette.h"

typedef struct _PwLooks PwLooks;

/* Told when any of what is asked for below has changed. */
typedef void (*PwLooksChanged) (gpointer data);

/* Follows the desktop, the size of the window and the memory, which must live
 * longer; adds the actions "win.color-scheme", and zooms with Ctrl and the
 * wheel. Free with pw_looks_free. */
PwLooks *pw_looks_new (GtkWindow *window, PwMemory *memory,
                       PwLooksChanged changed, gpointer data);
void pw_looks_free (PwLooks *looks);

/* To be called when the window has a surface, and before it loses it. */
void pw_looks_follow_surface (PwLooks *looks);

/* Some steps larger or smaller; 0: as usual. */
void pw_looks_zoom (PwLooks *looks, int steps);

const ScenePalette *pw_looks_get_palette (PwLooks *looks);

/* The reader's own factor, and that of all text: of the desktop, the window's
 * size and the reader together. */
double pw_looks_get_own_zoom (PwLooks *looks);
double pw_looks_get_text_zoom (PwLooks *looks);

/* Too narrow, at this zoom, for two things side by side. */
gboolean pw_looks_get_narrow (PwLooks *looks);

#endif
