/* Layers: what was painted is painted again only where items differ. */
#include "layer.h"

#include "check.h"

/* A still of one figure with a panel, a box and a text. */
static SceneStill *
still_of (guint64 cursor, const char *text, double x)
{
  SceneStill *still = scene_still_new ();
  SceneItem *item;

  still->cursor = cursor;
  still->width = 300;
  still->height = 200;
  scene_still_add (still, SCENE_ID (1, 0, 0), 0, SCENE_PANEL,
                   (SceneRect){10, 10, 200, 100});
  item = scene_still_add (still, SCENE_ID (1, 1, 0), SCENE_ID (1, 0, 0),
                          SCENE_BOX, (SceneRect){x, 30, 80, 30});
  item->text = scene_still_text (still, text);
  return still;
}

static void
add_connector (SceneStill *still, guint number, double y)
{
  SceneItem *item = scene_still_add (still, SCENE_ID (0, 0, number), 0,
                                     SCENE_CONNECTOR,
                                     (SceneRect){0, 0, 300, 200});

  scene_still_add_point (still, item, 20, y);
  scene_still_add_point (still, item, 120, y);
}

typedef struct {
  ScenePainter *painter;
  PwBrush brush;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->painter = scene_painter_new (NULL, 1.0);
  fixture->brush
      = (PwBrush){fixture->painter, scene_palette (SCENE_PALETTE_LIGHT), 1};
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  scene_painter_free (fixture->painter);
}

static GskRenderNode *
node_of (Fixture *fixture, PwLayer *layer, const SceneStill *from,
         const SceneStill *to, double phase)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_auto (SceneTransition) transition = {0};

  scene_transition_init (&transition, from, to);
  pw_layer_snapshot (layer, snapshot, &fixture->brush, &transition, phase);
  return gtk_snapshot_free_to_node (snapshot);
}

static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SceneStill) first = still_of (1, "547", 20);
  g_autoptr (SceneStill) same = still_of (2, "547", 20);
  g_autoptr (SceneStill) other = still_of (3, "548", 20);
  PwLayer *layer = pw_layer_new_figure (1);
  guint before = pw_brush_paint_count ();
  GskRenderNode *a = node_of (fixture, layer, NULL, first, 1);
  GskRenderNode *b = node_of (fixture, layer, NULL, same, 1);
  GskRenderNode *c;

  g_assert_nonnull (a);
  g_assert_true (a == b);
  g_assert_cmpuint (pw_brush_paint_count () - before, ==, 1);

  c = node_of (fixture, layer, same, other, 1);
  g_assert_true (c != a);
  g_assert_cmpuint (pw_brush_paint_count () - before, ==, 2);

  /* Going back finds the older painting still there. */
  gsk_render_node_unref (b);
  b = node_of (fixture, layer, NULL, same, 1);
  g_assert_true (b == a);
  g_assert_cmpuint (pw_brush_paint_count () - before, ==, 2);
  gsk_render_node_unref (a);
  gsk_render_node_unref (b);
  gsk_render_node_unref (c);
  pw_layer_free (layer);
}

/* Colours and fonts are part of what was painted. */
static void
test_generation (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SceneStill) still = still_of (1, "547", 20);
  PwLayer *layer = pw_layer_new_figure (1);
  guint before = pw_brush_paint_count ();
  GskRenderNode *a = node_of (fixture, layer, NULL, still, 1);
  GskRenderNode *b;

  fixture->brush.palette = scene_palette (SCENE_PALETTE_DARK);
  fixture->brush.generation++;
  b = node_of (fixture, layer, NULL, still, 1);
  g_assert_true (a != b);
  g_assert_cmpuint (pw_brush_paint_count () - before, ==, 2);
  gsk_render_node_unref (a);
  gsk_render_node_unref (b);
  pw_layer_free (layer);
}

/* Half way both can be seen; at the ends only one, and many frames between
 * two stills paint each of them once. */
static void
test_fade (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SceneStill) from = still_of (1, "547", 20);
  g_autoptr (SceneStill) to = still_of (2, "548", 20);
  PwLayer *layer = pw_layer_new_figure (1);
  guint before = pw_brush_paint_count ();

  for (int i = 0; i <= 10; i++) {
    /* All that changes has changed after 100 of 250 milliseconds. */
    GskRenderNode *node = node_of (fixture, layer, from, to, i * 0.04);
    gboolean both = i > 0 && i < 10;

    g_assert_cmpint (gsk_render_node_get_node_type (node), ==,
                     both ? GSK_CONTAINER_NODE : GSK_CAIRO_NODE);
    gsk_render_node_unref (node);
  }
  g_assert_cmpuint (pw_brush_paint_count () - before, ==, 2);
  pw_layer_free (layer);
}

/* A figure that leaves fades by itself; one that comes fades in. */
static void
test_come_and_go (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SceneStill) with = still_of (1, "547", 20);
  g_autoptr (SceneStill) without = scene_still_new ();
  PwLayer *layer = pw_layer_new_figure (1);
  GskRenderNode *node;

  without->cursor = 2;
  node = node_of (fixture, layer, with, without, 0.2);
  g_assert_cmpint (gsk_render_node_get_node_type (node), ==, GSK_OPACITY_NODE);
  gsk_render_node_unref (node);
  g_assert_null (node_of (fixture, layer, with, without, 1));
  node = node_of (fixture, layer, without, with, 0.2);
  g_assert_cmpint (gsk_render_node_get_node_type (node), ==, GSK_OPACITY_NODE);
  gsk_render_node_unref (node);
  pw_layer_free (layer);
}

static char *
bytes_of (Fixture *fixture, PwLayer *layer, const SceneStill *from,
          const SceneStill *to, double phase)
{
  GskRenderNode *node = node_of (fixture, layer, from, to, phase);
  g_autoptr (GBytes) bytes = gsk_render_node_serialize (node);

  gsk_render_node_unref (node);
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
}

/* A box on its way lies in a node of its own size; the figure is painted once
 * without it, however many frames there are. */
static void
test_mover (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SceneStill) from = still_of (1, "547", 20);
  g_autoptr (SceneStill) to = still_of (2, "547", 110);
  PwLayer *layer = pw_layer_new_figure (1);
  guint before = pw_brush_paint_count ();
  graphene_rect_t bounds;

  for (int i = 1; i < 20; i++) {
    GskRenderNode *node = node_of (fixture, layer, from, to, i / 20.0);
    GskRenderNode *last;
    guint n;

    g_assert_cmpint (gsk_render_node_get_node_type (node), ==,
                     GSK_CONTAINER_NODE);
    n = gsk_container_node_get_n_children (node);
    last = gsk_container_node_get_child (node, n - 1);
    gsk_render_node_get_bounds (last, &bounds);
    g_assert_cmpfloat (bounds.size.width, <, 130);
    g_assert_cmpfloat (bounds.origin.x, >=, 20 - 18);
    g_assert_cmpfloat (bounds.origin.x, <=, 110);
    gsk_render_node_unref (node);
  }
  g_assert_cmpuint (pw_brush_paint_count () - before, <=, 3);
  pw_layer_free (layer);
}

/* Played, or dragged backwards from the end: the same frames. */
static void
test_both_ways (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SceneStill) from = still_of (1, "547", 20);
  g_autoptr (SceneStill) to = still_of (2, "548", 110);
  PwLayer *there = pw_layer_new_figure (1), *back = pw_layer_new_figure (1);
  char *frames[11];

  g_array_index (to->items, SceneItem, 1).text = NULL;
  g_array_index (from->items, SceneItem, 1).text = NULL;
  for (int i = 0; i <= 10; i++)
    frames[i] = bytes_of (fixture, there, from, to, i / 10.0);
  for (int i = 10; i >= 0; i--) {
    g_autofree char *frame = bytes_of (fixture, back, from, to, i / 10.0);

    g_assert_cmpstr (frame, ==, frames[i]);
  }
  g_assert_cmpstr (frames[3], !=, frames[7]);
  for (int i = 0; i <= 10; i++)
    g_free (frames[i]);
  pw_layer_free (there);
  pw_layer_free (back);
}

/* A connector's node is tight around its own line. */
static void
test_connector (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SceneStill) still = still_of (1, "547", 20);
  PwLayer *layer = pw_layer_new_connector (SCENE_ID (0, 0, 2));
  graphene_rect_t bounds;
  GskRenderNode *node;

  add_connector (still, 1, 40);
  add_connector (still, 2, 150);
  node = node_of (fixture, layer, NULL, still, 1);
  gsk_render_node_get_bounds (node, &bounds);
  g_assert_cmpfloat (bounds.origin.y, >, 130);
  g_assert_cmpfloat (bounds.size.height, <, 40);
  g_assert_cmpfloat (bounds.size.width, <, 140);
  gsk_render_node_unref (node);
  pw_layer_free (layer);
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add ("/layer/kept", Fixture, NULL, set_up, test_kept, tear_down);
  g_test_add ("/layer/generation", Fixture, NULL, set_up, test_generation,
              tear_down);
  g_test_add ("/layer/fade", Fixture, NULL, set_up, test_fade, tear_down);
  g_test_add ("/layer/come-and-go", Fixture, NULL, set_up, test_come_and_go,
              tear_down);
  g_test_add ("/layer/mover", Fixture, NULL, set_up, test_mover, tear_down);
  g_test_add ("/layer/both-ways", Fixture, NULL, set_up, test_both_ways,
              tear_down);
  g_test_add ("/layer/connector", Fixture, NULL, set_up, test_connector,
              tear_down);
  return g_test_run ();
}
