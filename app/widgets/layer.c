/* A part of the stage whose painting is kept: one figure, or one connector. */

#include "layer.h"

#include <string.h>

#include "movers.h"

/* The paintings of two stills, each in two parts while items move between
 * them, and one more to come back to. */
#define KEPT 6

/* Differences are faded within so many rectangles. */
#define MOST_CLIPS 4

/* What stands still is painted below and above what moves. */
typedef enum { PART_ALL, PART_BELOW, PART_ABOVE } Part;

/* What a painting shows: the items of one still; of a still from which the
 * items are taken that move to or from another, one part of the rest. */
typedef struct {
  guint64 cursor, other;
  Part part;
} Key;

typedef struct {
  gboolean used;
  guint generation;
  guint round;         /* in which it was used last */
  Key keys[2];         /* it was last known to show */
  GByteArray *content; /* the items, flattened */
  GskRenderNode *node; /* NULL: nothing to see */
} Painting;

struct _PwLayer {
  guint figure;
  SceneId connector; /* 0: the whole figure */
  Painting kept[KEPT];
  guint round;
  PwMovers *movers; /* NULL until something has moved */
};

/* One side of a transition. */
typedef struct {
  const SceneTransition *transition;
  const SceneStill *still;
  gboolean after; /* it is the second still */
  Part part;
} View;

static gboolean
holds (const PwLayer *layer, const SceneItem *item)
{
  if (layer->connector != 0)
    return item->id == layer->connector;
  return SCENE_ID_FIGURE (item->id) == layer->figure;
}

static const SceneItem *
moved_item (const View *view, guint i)
{
  const SceneMove *move
      = &g_array_index (view->transition->moves, SceneMove, i);

  return view->after ? move->after : move->before;
}

static gboolean
moves (const View *view, const SceneItem *item)
{
  for (guint i = 0; i < view->transition->moves->len; i++)
    if (moved_item (view, i) == item)
      return TRUE;
  return FALSE;
}

/* The items of a view. Free with g_array_unref. */
static GArray *
pick (const PwLayer *layer, const View *view)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (SceneItem));
  gboolean above = FALSE;

  for (guint i = 0; i < view->still->items->len; i++) {
    const SceneItem *item = &g_array_index (view->still->items, SceneItem, i);
    gboolean moving;

    if (!holds (layer, item))
      continue;
    moving = view->part != PART_ALL && moves (view, item);
    above |= moving;
    if (!moving
        && (view->part == PART_ALL || above == (view->part == PART_ABOVE)))
      g_array_append_val (items, *item);
  }
  return items;
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
  g_byte_array_append (content, (const guint8 *) item->also, sizeof item->also);
  append_text (content, item->text);
  if (item->point_count > 0)
    g_byte_array_append (content,
                         (const guint8 *) &g_array_index (
                             still->points, ScenePoint, item->first_point),
                         item->point_count * (guint) sizeof (ScenePoint));
}

static GByteArray *
flatten (const SceneStill *still, const GArray *items)
{
  GByteArray *content = g_byte_array_new ();

  for (guint i = 0; i < items->len; i++)
    append_item (content, still, &g_array_index (items, SceneItem, i));
  return content;
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
  for (guint i = 0; i < KEPT; i++) {
    Painting *painting = &layer->kept[i];

    if (painting->used && painting->generation == brush->generation
        && same_bytes (painting->content, content))
      return painting;
  }
  return NULL;
}

static gboolean
same_key (const Key *a, const Key *b)
{
  return a->cursor == b->cursor && a->other == b->other && a->part == b->part;
}

static Painting *
find_key (PwLayer *layer, const PwBrush *brush, const Key *key)
{
  for (guint i = 0; i < KEPT; i++) {
    Painting *painting = &layer->kept[i];

    if (painting->used && painting->generation == brush->generation
        && (same_key (&painting->keys[0], key)
            || same_key (&painting->keys[1], key)))
      return painting;
  }
  return NULL;
}

/* The one used longest ago gives way. */
static Painting *
oldest (PwLayer *layer)
{
  Painting *found = &layer->kept[0];

  for (guint i = 0; i < KEPT; i++) {
    Painting *painting = &layer->kept[i];

    if (!painting->used)
      return painting;
    if (painting->round < found->round)
      found = painting;
  }
  return found;
}

static Key
key_of (const View *view)
{
  const SceneStill *other = view->after ? view->transition->from
                                        : view->transition->to;
  Key key = {.cursor = view->still->cursor, .part = view->part};

  /* A whole still looks the same wherever it leads. */
  key.other = view->part == PART_ALL ? key.cursor : other->cursor;
  return key;
}

static Painting *
painting_of (PwLayer *layer, const PwBrush *brush, const View *view)
{
  Key key = key_of (view);
  Painting *painting = find_key (layer, brush, &key);
  g_autoptr (GByteArray) content = NULL;
  g_autoptr (GArray) items = NULL;

  if (painting != NULL) {
    painting->round = ++layer->round;
    return painting;
  }

  items = pick (layer, view);
  content = flatten (view->still, items);
  painting = find_content (layer, brush, content);
  if (painting == NULL) {
    painting = oldest (layer);
    forget (painting);
    painting->used = TRUE;
    painting->generation = brush->generation;
    painting->node = pw_brush_paint (brush, view->still, items);
    painting->content = g_steal_pointer (&content);
    painting->keys[0] = key;
  }
  painting->keys[1] = painting->keys[0];
  painting->keys[0] = key;
  painting->round = ++layer->round;
  return painting;
}

static void
append (GtkSnapshot *snapshot, GskRenderNode *node, double opacity)
{
  if (node == NULL || opacity <= 0)
    return;
  if (opacity < 1)
    gtk_snapshot_push_opacity (snapshot, opacity);
  gtk_snapshot_append_node (snapshot, node);
  if (opacity < 1)
    gtk_snapshot_pop (snapshot);
}

/* Adds a rectangle to those that are there; they never meet. */
static void
add_clip (GArray *clips, graphene_rect_t clip)
{
  for (guint i = 0; i < clips->len;) {
    graphene_rect_t *other = &g_array_index (clips, graphene_rect_t, i);

    if (clips->len < MOST_CLIPS
        && !graphene_rect_intersection (other, &clip, NULL)) {
      i++;
      continue;
    }
    graphene_rect_union (other, &clip, &clip);
    g_array_remove_index_fast (clips, i);
    i = 0;
  }
  g_array_append_val (clips, clip);
}

static gboolean
differs (const SceneItem *a, const SceneItem *b)
{
  return b == NULL || scene_kind_is_stroke (a->kind)
         || memcmp (&a->rect, &b->rect, sizeof a->rect) != 0
         || !scene_items_look_alike (a, b);
}

/* Adds where items of one still differ from those of the other. */
static void
add_differences (const PwLayer *layer, const SceneStill *still,
                 const SceneStill *other, GArray *clips)
{
  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);

    if (holds (layer, item)
        && differs (item, scene_still_find (other, item->id)))
      add_clip (clips, pw_brush_bounds (still, item));
  }
}

/* The new painting is laid over the old where they differ: nothing else is
 * painted again while it fades in. */
static void
append_clipped (PwLayer *layer, GtkSnapshot *snapshot,
                const SceneTransition *transition, GskRenderNode *node,
                double opacity)
{
  g_autoptr (GArray) clips
      = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));

  add_differences (layer, transition->from, transition->to, clips);
  add_differences (layer, transition->to, transition->from, clips);
  for (guint i = 0; i < clips->len; i++) {
    gtk_snapshot_push_clip (snapshot,
                            &g_array_index (clips, graphene_rect_t, i));
    append (snapshot, node, opacity);
    gtk_snapshot_pop (snapshot);
  }
}

/* One part, `fade` of the way from one still to the other. */
static void
append_part (PwLayer *layer, GtkSnapshot *snapshot, const PwBrush *brush,
             const SceneTransition *transition, double fade, Part part)
{
  View views[] = {{transition, transition->from, FALSE, part},
                  {transition, transition->to, TRUE, part}};
  GskRenderNode *before = NULL, *after = NULL;

  if (transition->from != NULL && fade < 1)
    before = painting_of (layer, brush, &views[0])->node;
  if (transition->from == NULL || fade > 0)
    after = painting_of (layer, brush, &views[1])->node;
  if (before == after || transition->from == NULL || fade <= 0 || fade >= 1) {
    append (snapshot, after != NULL && fade > 0 ? after : before, 1);
    return;
  }

  /* A panel is opaque, so the new one may be laid over the old where they
   * differ. Of what has no ground one comes before the other goes: what is the
   * same in both never grows pale. */
  if (before == NULL || after == NULL) {
    append (snapshot, before, 1 - fade);
    append (snapshot, after, fade);
  } else if (part == PART_ABOVE || layer->connector != 0) {
    append (snapshot, before, MIN (1, 2 - 2 * fade));
    append (snapshot, after, MIN (1, 2 * fade));
  } else {
    append (snapshot, before, 1);
    append_clipped (layer, snapshot, transition, after, fade);
  }
}

static void
append_moving (PwLayer *layer, GtkSnapshot *snapshot, const PwBrush *brush,
               const SceneTransition *transition, double phase, double fade)
{
  if (layer->movers == NULL)
    layer->movers = pw_movers_new (layer->figure);
  append_part (layer, snapshot, brush, transition, fade, PART_BELOW);
  pw_movers_snapshot (layer->movers, snapshot, brush, transition, phase);
  append_part (layer, snapshot, brush, transition, fade, PART_ABOVE);
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
  for (guint i = 0; i < KEPT; i++)
    forget (&layer->kept[i]);
  pw_movers_free (layer->movers);
  g_free (layer);
}

static void
append_transition (PwLayer *layer, GtkSnapshot *snapshot, const PwBrush *brush,
                   const SceneTransition *transition, double phase, double fade)
{
  if (transition->from != NULL && phase < 1
      && scene_transition_moves (transition, layer->figure))
    append_moving (layer, snapshot, brush, transition, phase, fade);
  else
    append_part (layer, snapshot, brush, transition, fade, PART_ALL);
}

/* First from the old order to the new one, then from the old looks to what has
 * come of the step. */
static void
append_arranged (PwLayer *layer, GtkSnapshot *snapshot, const PwBrush *brush,
                 const SceneTransition *transition, const SceneStill *arranged,
                 double moved, double fade)
{
  g_auto (SceneTransition) half = {0};

  if (moved < 1) {
    scene_transition_init (&half, transition->from, arranged);
    append_transition (layer, snapshot, brush, &half, moved,
                       scene_transition_fade (&half, layer->figure, moved));
    return;
  }
  scene_transition_init (&half, arranged, transition->to);
  append_part (layer, snapshot, brush, &half, fade, PART_ALL);
}

void
pw_layer_snapshot (PwLayer *layer, GtkSnapshot *snapshot, const PwBrush *brush,
                   const SceneTransition *transition, double phase)
{
  double fade = 1, moved = 1;
  g_autoptr (SceneStill) arranged = NULL;

  if (transition->from != NULL && phase < 1) {
    fade = scene_transition_fade (transition, layer->figure, phase);
    arranged
        = scene_transition_arranged (transition, layer->figure, phase, &moved);
  }
  if (arranged != NULL)
    append_arranged (layer, snapshot, brush, transition, arranged, moved, fade);
  else
    append_transition (layer, snapshot, brush, transition, phase, fade);
}
