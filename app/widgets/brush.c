/* A brush: what is needed to turn items into a render node. */

#include "brush.h"

/* Lines are drawn on the edge of their rectangle; arrow heads stick out. */
#define OVERHANG 16.0f

static guint paint_count;

static void
include (graphene_rect_t *bounds, double x, double y, double width,
         double height)
{
  graphene_rect_t box = GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width,
                                            (float) height);

  if (bounds->size.width == 0 && bounds->size.height == 0)
    *bounds = box;
  else
    graphene_rect_union (bounds, &box, bounds);
}

graphene_rect_t
pw_brush_bounds (const SceneStill *still, const SceneItem *item)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, 0, 0);

  if (!scene_kind_is_stroke (item->kind))
    include (&bounds, item->rect.x, item->rect.y, item->rect.width,
             item->rect.height);
  for (guint i = 0; i < item->point_count; i++) {
    const ScenePoint *point
        = &g_array_index (still->points, ScenePoint, item->first_point + i);

    include (&bounds, point->x, point->y, 0.01, 0.01);
  }
  graphene_rect_inset (&bounds, -OVERHANG, -OVERHANG);
  graphene_rect_round_extents (&bounds, &bounds);
  return bounds;
}

GskRenderNode *
pw_brush_paint (const PwBrush *brush, const SceneStill *still,
                const GArray *items)
{
  SceneStill alone = *still;
  graphene_rect_t bounds;
  GskRenderNode *node;
  cairo_t *cr;

  if (items->len == 0)
    return NULL;
  bounds = pw_brush_bounds (still, &g_array_index (items, SceneItem, 0));
  for (guint i = 1; i < items->len; i++) {
    graphene_rect_t more
        = pw_brush_bounds (still, &g_array_index (items, SceneItem, i));

    graphene_rect_union (&bounds, &more, &bounds);
  }

  /* The painter paints stills: it is shown one that has nothing else. */
  alone.items = (GArray *) items;
  node = gsk_cairo_node_new (&bounds);
  cr = gsk_cairo_node_get_draw_context (node);
  scene_painter_items (brush->painter, cr, &alone, brush->palette, -1);
  cairo_destroy (cr);
  paint_count++;
  return node;
}

guint
pw_brush_paint_count (void)
{
  return paint_count;
}
