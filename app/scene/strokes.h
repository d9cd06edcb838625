/* Painting lines: connectors with their heads, and curves. */
#ifndef SCENE_STROKES_H
#define SCENE_STROKES_H

#include <cairo.h>
#include <math.h>

#include "fonts.h"
#include "look.h"

/* What items are painted with. */
typedef struct {
  SceneFonts *fonts;
  const SceneMetrics *metrics;
  cairo_t *cr;
  const SceneStill *still;
  const ScenePalette *palette;
  double pixel; /* size of a device pixel, in user units */
} SceneBrush;

/* Control points of a quarter circle lie this far from its ends, as a part
 * of the radius. */
#define SCENE_QUARTER 0.5523

/* The colour of what is drawn next. */
static inline void
scene_brush_color (cairo_t *cr, SceneColor c, double alpha)
{
  cairo_set_source_rgba (cr, c.red, c.green, c.blue, alpha);
}

/* A coordinate on an edge of device pixels. */
static inline double
scene_brush_snap (const SceneBrush *brush, double v)
{
  return round (v / brush->pixel) * brush->pixel;
}

/* A connector: right-angled, with round corners, whole or in dashes, and a
 * swept-back head at its last point. */
void scene_paint_connector (const SceneBrush *brush, const SceneItem *item,
                            const SceneLook *look);

/* Points joined in any direction, without a head: what is measured or grows is
 * not pointed at. */
void scene_paint_line (const SceneBrush *brush, const SceneItem *item,
                       const SceneLook *look);

#endif
