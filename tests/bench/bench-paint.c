/* How long the painter takes for a full stage, with and without its cache of
 * layouts: milliseconds a frame, medians of repeated runs. */
#include "paint.h"

#include <stdio.h>
#include <stdlib.h>

#define LABELS 636
#define BOXES 432
#define CONNECTORS 8
#define RUNS 41

/* A stage as full as they get: rows of boxes with labels, arrows between. */
static SceneStill *
full_stage (double width, double height)
{
  SceneStill *still = scene_still_new ();
  guint columns = 24, rows = (LABELS + columns - 1) / columns;
  double w = width / columns, h = height / rows;

  still->width = width;
  still->height = height;
  for (guint i = 0; i < LABELS; i++) {
    SceneRect rect = {i % columns * w + 2, i / columns * h + 2, w - 4, h - 4};
    SceneItem *item = scene_still_add (
        still, SCENE_ID (1, 1, i), 0, i < BOXES ? SCENE_BOX : SCENE_TEXT, rect);
    item->role = (SceneRole) (i % SCENE_ROLES);
    item->style = i % 3 == 0 ? SCENE_TEXT_SMALL : SCENE_TEXT_MONO;
    item->text = scene_still_printf (still, "0x%05x", i * 37);
  }
  for (guint i = 0; i < CONNECTORS; i++) {
    SceneItem *item = scene_still_add (still, SCENE_ID (0, 1, i), 0,
                                       SCENE_CONNECTOR, (SceneRect){0});
    item->role = SCENE_ROLE_LEVEL1;
    scene_still_add_point (still, item, 20 + 30 * i, 20);
    scene_still_add_point (still, item, 20 + 30 * i, height / 2);
    scene_still_add_point (still, item, width - 40, height / 2 + 12 * i);
  }
  return still;
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median_frame (const SceneStill *still, ScenePainter *painter, gboolean cold)
{
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_RGB24, (int) still->width, (int) still->height);
  double times[RUNS];

  for (guint i = 0; i < RUNS; i++) {
    ScenePainter *used = cold ? scene_painter_new (NULL, 1) : painter;
    cairo_t *cr = cairo_create (surface);
    gint64 start = g_get_monotonic_time ();
    scene_painter_items (used, cr, still, scene_palette (SCENE_PALETTE_LIGHT),
                         -1);
    cairo_surface_flush (surface);
    times[i] = (double) (g_get_monotonic_time () - start) / 1000;
    cairo_destroy (cr);
    if (cold)
      scene_painter_free (used);
  }
  cairo_surface_destroy (surface);
  qsort (times, RUNS, sizeof times[0], compare);
  return times[RUNS / 2];
}

static void
report (const char *what, double width, double height)
{
  ScenePainter *painter = scene_painter_new (NULL, 1);
  SceneStill *still = full_stage (width, height);
  double cold = median_frame (still, painter, TRUE);
  double warm = median_frame (still, painter, FALSE);

  printf ("paint %s: %d labels, %d boxes, %d arrows: %.2f ms a frame, "
          "%.2f ms with new layouts (%.1f times)\n",
          what, LABELS, BOXES, CONNECTORS, warm, cold, cold / warm);
  scene_still_free (still);
  scene_painter_free (painter);
}

int
main (void)
{
  report ("1920x1080", 1920, 1080);
  report ("3840x2160", 3840, 2160);
  return 0;
}
