/* A part of the stage whose painting is kept: one figure, or one connector.
 *
 * Between two steps most of a still stays as it is. A layer keeps what it has
 * painted as a render node and makes a new one only where the items differ, so
 * that GTK sees the same node and repaints nothing. It keeps two: the step
 * before and the step after, between which it fades. */
#ifndef PW_LAYER_H
#define PW_LAYER_H

#include <gtk/gtk.h>

#include "paint.h"

typedef struct _PwLayer PwLayer;

/* What is needed to paint; a change of any of it is a new generation. */
typedef struct {
  ScenePainter *painter;
  const ScenePalette *palette;
  guint generation;
} PwBrush;

/* The layer of a figure; or, with a connector's id, of that connector alone.
 * Free with pw_layer_free. */
PwLayer *pw_layer_new_figure (guint figure);
PwLayer *pw_layer_new_connector (SceneId id);
void pw_layer_free (PwLayer *layer);

/* Appends what the layer looks like `fade` (0 to 1) of the way from one still
 * to another; from may be NULL. */
void pw_layer_snapshot (PwLayer *layer, GtkSnapshot *snapshot,
                        const PwBrush *brush, const SceneStill *from,
                        const SceneStill *to, double fade);

/* How often any layer has painted anew, for tests. */
guint pw_layer_paint_count (void);

#endif
