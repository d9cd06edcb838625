/* A brush: what is needed to turn items into a render node. */
#ifndef PW_BRUSH_H
#define PW_BRUSH_H

#include <gtk/gtk.h>

#include "paint.h"

/* A change of any of it is a new generation. */
typedef struct {
  ScenePainter *painter;
  const ScenePalette *palette;
  guint generation;
} PwBrush;

/* A node, tight around some items (of SceneItem) of a still, with room for what
 * sticks out of their rectangles; NULL if there are none. Free with
 * gsk_render_node_unref. */
GskRenderNode *pw_brush_paint (const PwBrush *brush, const SceneStill *still,
                               const GArray *items);

/* The rectangle that such a node fills for one item. */
graphene_rect_t pw_brush_bounds (const SceneStill *still,
                                 const SceneItem *item);

/* How often anything was painted anew, for tests. */
guint pw_brush_paint_count (void);

#endif
