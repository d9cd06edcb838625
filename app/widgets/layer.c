/* A part of the stage whose painting is kept: one figure, or one connector. */

#include "layer.h"

#include <math.h>
#include <string.h>

/* Lines are drawn on the edge of their rectangle; arrow heads stick out. */
#define OVERHANG 8.0

/* One painting, and what it shows. */
typedef struct {
  gboolean used;
  guint generation;
  guint64 cursors[2];  /* the stills it was last known to show */
  GByteArray *content; /* the items, flattened */
  GskRenderNode *node; /* NULL: nothing to see */
} Painting;

struct _PwLayer {
  guint figure;
  SceneId connector; /* 0: the whole figure */
  Painting kept[2];
  guint latest; /* the one used last */
};

static guint paint_count;

static gboolean
holds (const PwLayer *layer, const SceneItem *item)
{
  if (layer->connector != 0)
    return item->id == layer->connector;
  return SCENE_ID_FIGURE (item->id) == layer->figure;
}

static void
append_text (GByteArray *content, const char *text)
{
  const guint8 none = 0xff;

  if (text != NULL)
    g_byte_array_append (content, (const guint8 *) text,
                         (guint) strlen (text) + 1);
  else
    g_byte_array_append (content, &none, 1);
}

/* Everything of an item that can be seen, as bytes. */
static void
append_item (GByteArray *content, const SceneStill *still,
             const SceneItem *item)
{
  const guint looks[] = {item->kind,  item->role,  item->emphasis,
                         item->style, item->align, item->point_count,
                         item->stroke};

  g_byte_array_append (content, (const guint8 *) &item->id, sizeof item->id);
  g_byte_array_append (content, (const guint8 *) &item->rect,
                       sizeof item->rect);
  g_byte_array_append (content, (const guint8 *) looks, sizeof looks);
  append_text (content, item->text);
  if (item->point_count > 0)
    g_byte_array_append (content,
                         (const guint8 *) &g_array_index (
                             still->points, ScenePoint, item->first_point),
                         item->point_count * (guint) sizeof (ScenePoint));
}

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

static void
include_item (graphene_rect_t *bounds, const SceneStill *still,
              const SceneItem *item)
{
  if (!scene_kind_is_stroke (item->kind))
    include (bounds, item->rect.x, item->rect.y, item->rect.width,
             item->rect.height);
  for (guint i = 0; i < item->point_count; i++) {
    const ScenePoint *point
        = &g_array_index (still->points, ScenePoint, item->first_point + i);

    include (bounds, point->x, point->y, 0.01, 0.01);
  }
}

static GByteArray *
flatten (const PwLayer *layer, const SceneStill *still, graphene_rect_t *bounds)
{
  GByteArray *content = g_byte_array_new ();

  *bounds = GRAPHENE_RECT_INIT (0, 0, 0, 0);
  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);

    if (!holds (layer, item))
      continue;
    append_item (content, still, item);
    include_item (bounds, still, item);
  }
  graphene_rect_inset (bounds, (float) -OVERHANG, (float) -OVERHANG);
  graphene_rect_round_extents (bounds, bounds);
  return content;
}

/* The painter paints whole figures: a single connector is shown to it as a
 * still that has nothing else. */
static void
paint_connector (const PwLayer *layer, cairo_t *cr, const PwBrush *brush,
                 const SceneStill *still)
{
  const SceneItem *item = scene_still_find (still, layer->connector);
  SceneStill alone = *still;

  if (item == NULL)
    return;
  alone.items = g_array_new (FALSE, FALSE, sizeof (SceneItem));
  g_array_append_vals (alone.items, item, 1);
  scene_painter_items (brush->painter, cr, &alone, brush->palette, -1);
  g_array_unref (alone.items);
}

static GskRenderNode *
paint (const PwLayer *layer, const PwBrush *brush, const SceneStill *still,
       const graphene_rect_t *bounds)
{
  GskRenderNode *node = gsk_cairo_node_new (bounds);
  cairo_t *cr = gsk_cairo_node_get_draw_context (node);

  if (layer->connector != 0)
    paint_connector (layer, cr, brush, still);
  else
    scene_painter_items (brush->painter, cr, still, brush->palette,
                         (int) layer->figure);
  cairo_destroy (cr);
  paint_count++;
  return node;
}

static void
forget (Painting *painting)
{
  g_clear_pointer (&painting->content, g_byte_array_unref);
  g_clear_pointer (&painting->node, gsk_render_node_unref);
  painting->used = FALSE;
}

static gboolean
same_bytes (const GByteArray *a, const GByteArray *b)
{
  return a->len == b->len && memcmp (a->data, b->data, a->len) == 0;
}

/* The kept painting that is of this content, or NULL. */
static Painting *
find_content (PwLayer *layer, const PwBrush *brush, const GByteArray *content)
{
  for (guint i = 0; i < G_N_ELEMENTS (layer->kept); i++) {
    Painting *painting = &layer->kept[i];

    if (painting->used && painting->generation == brush->generation
        && same_bytes (painting->content, content))
      return painting;
  }
  return NULL;
}

static Painting *
find_cursor (PwLayer *layer, const PwBrush *brush, guint64 cursor)
{
  for (guint i = 0; i < G_N_ELEMENTS (layer->kept); i++) {
    Painting *painting = &layer->kept[i];

    if (painting->used && painting->generation == brush->generation
        && (painting->cursors[0] == cursor || painting->cursors[1] == cursor))
      return painting;
  }
  return NULL;
}

/* The painting of a still; the one used last is not given up for it. */
static Painting *
painting_of (PwLayer *layer, const PwBrush *brush, const SceneStill *still)
{
  Painting *painting = find_cursor (layer, brush, still->cursor);
  g_autoptr (GByteArray) content = NULL;
  graphene_rect_t bounds;

  if (painting != NULL) {
    layer->latest = (guint) (painting - layer->kept);
    return painting;
  }

  content = flatten (layer, still, &bounds);
  painting = find_content (layer, brush, content);
  if (painting == NULL) {
    painting = &layer->kept[1 - layer->latest];
    forget (painting);
    painting->used = TRUE;
    painting->generation = brush->generation;
    if (content->len > 0)
      painting->node = paint (layer, brush, still, &bounds);
    painting->content = g_steal_pointer (&content);
    painting->cursors[0] = still->cursor;
  }
  painting->cursors[1] = painting->cursors[0];
  painting->cursors[0] = still->cursor;
  layer->latest = (guint) (painting - layer->kept);
  return painting;
}

static void
append (GtkSnapshot *snapshot, const Painting *painting, double opacity)
{
  if (painting == NULL || painting->node == NULL || opacity <= 0)
    return;
  if (opacity < 1)
    gtk_snapshot_push_opacity (snapshot, opacity);
  gtk_snapshot_append_node (snapshot, painting->node);
  if (opacity < 1)
    gtk_snapshot_pop (snapshot);
}

static PwLayer *
layer_new (guint figure, SceneId connector)
{
  PwLayer *layer = g_new0 (PwLayer, 1);

  layer->figure = figure;
  layer->connector = connector;
  return layer;
}

PwLayer *
pw_layer_new_figure (guint figure)
{
  return layer_new (figure, 0);
}

PwLayer *
pw_layer_new_connector (SceneId id)
{
  return layer_new (SCENE_ID_FIGURE (id), id);
}

void
pw_layer_free (PwLayer *layer)
{
  if (layer == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (layer->kept); i++)
    forget (&layer->kept[i]);
  g_free (layer);
}

void
pw_layer_snapshot (PwLayer *layer, GtkSnapshot *snapshot, const PwBrush *brush,
                   const SceneStill *from, const SceneStill *to, double fade)
{
  Painting *before = NULL, *after = NULL;

  if (from != NULL && fade < 1)
    before = painting_of (layer, brush, from);
  if (fade > 0 || from == NULL)
    after = painting_of (layer, brush, to);

  if (before == after || after == NULL) {
    append (snapshot, before, 1);
    return;
  }
  /* A panel is opaque, so the new one may be laid over the old; a thing that
   * goes has nothing laid over it and must fade itself. */
  append (snapshot, before, after->node != NULL ? 1 : 1 - fade);
  append (snapshot, after, before != NULL ? fade : 1);
}

guint
pw_layer_paint_count (void)
{
  return paint_count;
}
