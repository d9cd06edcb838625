/* What the stage paints: layers that are kept, and tokens that are moved. */

#include "canvas.h"

#include <math.h>

/* Thickness of the outline around what has changed. */
#define HIGHLIGHT 2.5f

/* A token as it was painted last; tokens of one flight look alike all along
 * their way unless their size changes. */
typedef struct {
  const char *text; /* owned by the still of `cursor` */
  guint64 cursor;
  SceneRole role;
  double width, height;
  guint generation;
  GskRenderNode *node;
} TokenNode;

struct _PwCanvas {
  GHashTable *layers; /* id of figure or connector to PwLayer */
  GArray *tokens;     /* of SceneToken, scratch */
  GArray *painted;    /* of TokenNode */
};

static void
token_node_clear (gpointer data)
{
  TokenNode *token = data;

  g_clear_pointer (&token->node, gsk_render_node_unref);
}

static PwLayer *
layer_of (PwCanvas *canvas, SceneId key, const SceneItem *item)
{
  PwLayer *layer = g_hash_table_lookup (canvas->layers, &key);

  if (layer != NULL)
    return layer;
  layer = item->kind == SCENE_CONNECTOR && SCENE_ID_FIGURE (item->id) == 0
              ? pw_layer_new_connector (item->id)
              : pw_layer_new_figure (SCENE_ID_FIGURE (item->id));
  g_hash_table_insert (canvas->layers, g_memdup2 (&key, sizeof key), layer);
  return layer;
}

/* Figures are layers by their number, connectors by their own id. */
static SceneId
layer_key (const SceneItem *item)
{
  guint figure = SCENE_ID_FIGURE (item->id);

  return figure == 0 ? item->id : SCENE_ID (figure, 0, 0);
}

typedef struct {
  PwCanvas *canvas;
  GtkSnapshot *snapshot;
  const PwBrush *brush;
  SceneTransition transition;
  double phase;
  GHashTable *done; /* keys of layers that were appended */
} Painting;

static void
append_layer (Painting *painting, const SceneItem *item)
{
  SceneId key = layer_key (item);
  PwLayer *layer = layer_of (painting->canvas, key, item);

  pw_layer_snapshot (layer, painting->snapshot, painting->brush,
                     &painting->transition, painting->phase);
}

static void
append_layers (Painting *painting, const SceneStill *still, gboolean connectors)
{
  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);
    SceneId key = layer_key (item);

    if ((SCENE_ID_FIGURE (item->id) == 0) != connectors
        || g_hash_table_contains (painting->done, &key))
      continue;
    g_hash_table_add (painting->done, g_memdup2 (&key, sizeof key));
    append_layer (painting, item);
  }
}

static gboolean
same_token (const TokenNode *painted, const SceneToken *token, guint64 cursor,
            guint generation)
{
  return painted->node != NULL && painted->text == token->flight->text
         && painted->cursor == cursor && painted->generation == generation
         && painted->role == token->flight->role
         && fabs (painted->width - token->rect.width) < 0.01
         && fabs (painted->height - token->rect.height) < 0.01;
}

static GskRenderNode *
paint_token (const PwBrush *brush, const SceneToken *token)
{
  const float edge = 3;
  SceneToken at_origin = *token;
  graphene_rect_t bounds
      = GRAPHENE_RECT_INIT (-edge, -edge, (float) ceil (token->rect.width),
                            (float) ceil (token->rect.height));
  GskRenderNode *node;
  cairo_t *cr;

  bounds.size.width += 2 * edge;
  bounds.size.height += 2 * edge;
  at_origin.rect.x = 0;
  at_origin.rect.y = 0;
  at_origin.alpha = 1;
  node = gsk_cairo_node_new (&bounds);
  cr = gsk_cairo_node_get_draw_context (node);
  scene_painter_token (brush->painter, cr, &at_origin, brush->palette);
  cairo_destroy (cr);
  return node;
}

static void
append_token (Painting *painting, TokenNode *painted, const SceneToken *token)
{
  GtkSnapshot *snapshot = painting->snapshot;
  const PwBrush *brush = painting->brush;
  guint64 cursor = painting->transition.to->cursor;

  if (!same_token (painted, token, cursor, brush->generation)) {
    token_node_clear (painted);
    *painted = (TokenNode){token->flight->text,       cursor,
                           token->flight->role,       token->rect.width,
                           token->rect.height,        brush->generation,
                           paint_token (brush, token)};
  }

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot,
      &GRAPHENE_POINT_INIT ((float) token->rect.x, (float) token->rect.y));
  gtk_snapshot_push_opacity (snapshot, token->alpha);
  gtk_snapshot_append_node (snapshot, painted->node);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_restore (snapshot);
}

static void
append_tokens (Painting *painting)
{
  PwCanvas *canvas = painting->canvas;

  if (painting->transition.from == NULL)
    return;
  g_array_set_size (canvas->tokens, 0);
  scene_motion_tokens (&painting->transition,
                       scene_painter_metrics (painting->brush->painter),
                       painting->phase, canvas->tokens);
  if (canvas->painted->len < canvas->tokens->len)
    g_array_set_size (canvas->painted, canvas->tokens->len);
  for (guint i = 0; i < canvas->tokens->len; i++)
    append_token (painting, &g_array_index (canvas->painted, TokenNode, i),
                  &g_array_index (canvas->tokens, SceneToken, i));
}

static GdkRGBA
rgba (SceneColor color)
{
  return (GdkRGBA){(float) color.red, (float) color.green, (float) color.blue,
                   1.0f};
}

static void
append_changes (const Painting *painting, const GArray *changed)
{
  const float widths[] = {HIGHLIGHT, HIGHLIGHT, HIGHLIGHT, HIGHLIGHT};
  GdkRGBA color = rgba (painting->brush->palette->accent);
  const GdkRGBA colors[] = {color, color, color, color};

  for (guint i = 0; i < changed->len; i++) {
    const SceneRect *rect = &g_array_index (changed, SceneRect, i);
    GskRoundedRect outline;

    gsk_rounded_rect_init_from_rect (
        &outline,
        &GRAPHENE_RECT_INIT ((float) rect->x - 3, (float) rect->y - 3,
                             (float) rect->width + 6, (float) rect->height + 6),
        6);
    gtk_snapshot_append_border (painting->snapshot, &outline, widths, colors);
  }
}

PwCanvas *
pw_canvas_new (void)
{
  PwCanvas *canvas = g_new0 (PwCanvas, 1);

  canvas->layers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                          (GDestroyNotify) pw_layer_free);
  canvas->tokens = g_array_new (FALSE, TRUE, sizeof (SceneToken));
  canvas->painted = g_array_new (FALSE, TRUE, sizeof (TokenNode));
  g_array_set_clear_func (canvas->painted, token_node_clear);
  return canvas;
}

void
pw_canvas_free (PwCanvas *canvas)
{
  g_hash_table_unref (canvas->layers);
  g_array_unref (canvas->tokens);
  g_array_unref (canvas->painted);
  g_free (canvas);
}

void
pw_canvas_forget (PwCanvas *canvas)
{
  g_hash_table_remove_all (canvas->layers);
  g_array_set_size (canvas->painted, 0);
}

void
pw_canvas_snapshot (PwCanvas *canvas, GtkSnapshot *snapshot,
                    const PwBrush *brush, const SceneStill *from,
                    const SceneStill *to, double phase, const GArray *changed)
{
  g_autoptr (GHashTable) done
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Painting painting = {.canvas = canvas,
                       .snapshot = snapshot,
                       .brush = brush,
                       .phase = phase,
                       .done = done};

  scene_transition_init (&painting.transition, from, to);

  append_layers (&painting, to, FALSE);
  if (from != NULL)
    append_layers (&painting, from, FALSE);
  append_layers (&painting, to, TRUE);
  if (from != NULL)
    append_layers (&painting, from, TRUE);
  append_changes (&painting, changed);
  append_tokens (&painting);
  scene_transition_clear (&painting.transition);
}
