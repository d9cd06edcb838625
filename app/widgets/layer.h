/* A part of the stage whose painting is kept: one figure, or one connector.
 *
 * Between two steps most of a still stays as it is. A layer keeps what it has
 * painted as a render node and makes a new one only where the items differ, so
 * that GTK sees the same node and repaints nothing. Between two stills it fades
 * only where they differ. */
#ifndef PW_LAYER_H
#define PW_LAYER_H

#include <gtk/gtk.h>

#include "brush.h"
#include "transition.h"

typedef struct _PwLayer PwLayer;

/* The layer of a figure; or, with a connector's id, of that connector alone.
 * Free with pw_layer_free. */
PwLayer *pw_layer_new_figure (guint figure);
PwLayer *pw_layer_new_connector (SceneId id);
void pw_layer_free (PwLayer *layer);

/* Appends what the layer looks like at a phase (0 to 1) of a transition: what
 * stands still fades from one look to the other, what moves lies in small nodes
 * of its own between what is painted before and after it. */
void pw_layer_snapshot (PwLayer *layer, GtkSnapshot *snapshot,
                        const PwBrush *brush, const SceneTransition *transition,
                        double phase);

#endif
