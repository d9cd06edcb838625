/* Painting items with cairo; measuring text with pango. */
#ifndef SCENE_PAINT_H
#define SCENE_PAINT_H

#include <cairo.h>
#include <pango/pangocairo.h>

#include "motion.h"
#include "palette.h"
#include "scene.h"

typedef struct _ScenePainter ScenePainter;

/* A painter for a pango context (NULL: a default one) whose base font size is
 * `points` times `scale`. It caches text layouts. Free with
 * scene_painter_free. */
ScenePainter *scene_painter_new (PangoContext *context, double scale);
void scene_painter_free (ScenePainter *painter);

/* The fonts that it paints with, for laying out. Owned by the painter. */
const SceneMetrics *scene_painter_metrics (const ScenePainter *painter);

/* Paints the items of one figure, or of all with figure -1. The ground is not
 * painted. */
void scene_painter_items (ScenePainter *painter, cairo_t *cr,
                          const SceneStill *still, const ScenePalette *palette,
                          int figure);

/* Paints one token, at its place. */
void scene_painter_token (ScenePainter *painter, cairo_t *cr,
                          const SceneToken *token, const ScenePalette *palette);

/* Writes a still as a PNG, PDF or (with real text and stable ids) SVG file, on
 * the palette's ground. metrics are those that the still was laid out with.
 * False and *error if it cannot be written; then no file is left behind. */
gboolean scene_write_png (const SceneStill *still, ScenePainter *painter,
                          const ScenePalette *palette, const char *path,
                          double zoom, GError **error);
gboolean scene_write_pdf (const SceneStill *still, ScenePainter *painter,
                          const ScenePalette *palette, const char *path,
                          GError **error);
gboolean scene_write_svg (const SceneStill *still, const SceneMetrics *metrics,
                          const ScenePalette *palette, const char *path,
                          GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScenePainter, scene_painter_free)

#endif
