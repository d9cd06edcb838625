/* How an item looks: role and emphasis turned into colours and widths.
 *
 * The cairo painter and the SVG writer both ask here, so that they agree. */
#ifndef SCENE_LOOK_H
#define SCENE_LOOK_H

#include "palette.h"
#include "scene.h"

typedef struct {
  gboolean filled, lined;
  SceneColor fill, line, text;
  double width; /* of the line, in pixels at scale 1 */
  double radius;
} SceneLook;

/* Length of a dash, and of the gap behind it, in ems. */
#define SCENE_DASH 0.3

SceneLook scene_look_of (const SceneItem *item, const ScenePalette *palette,
                         const SceneMetrics *metrics);

/* A token in flight: a solid pill in the role's line colour. */
SceneLook scene_look_of_token (SceneRole role, const ScenePalette *palette);

/* True if text of that style is drawn bold: titles always, labels and numbers
 * where they matter. Measuring a style gives the width of its bold form. */
gboolean scene_look_bold (SceneTextStyle style, SceneEmphasis emphasis);

/* Where the text of an item lies: its rectangle, less some padding at the
 * sides of boxes. */
SceneRect scene_look_text_rect (const SceneItem *item,
                                const SceneMetrics *metrics, double width);

/* The dash of a line and the gap behind it, in pixels. FALSE if it is
 * solid. */
gboolean scene_look_dashes (const SceneItem *item, const SceneMetrics *metrics,
                            double dashes[2]);

/* Length of a connector's arrow head. */
double scene_look_head (const SceneLook *look, const SceneMetrics *metrics);

/* Width of the rim round it. */
double scene_look_rim (const SceneLook *look);

/* a + (b - a) * t, in sRGB. */
SceneColor scene_color_mix (SceneColor a, SceneColor b, double t);

#endif
