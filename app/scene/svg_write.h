/* Numbers, colours and text of an SVG: what the parts of its writer share. */
#ifndef SCENE_SVG_WRITE_H
#define SCENE_SVG_WRITE_H

#include "svg_item.h"

/* How a shape looks in each palette; where one palette's colours are written,
 * all are that one's. Shapes and widths are the first one's. */
typedef struct {
  SceneLook in[SCENE_PALETTES];
} SceneSvgLooks;

typedef SceneColor (*SceneSvgPick) (const SceneLook *looks);

typedef struct {
  const SceneSvgStyle *style;
  const SceneStill *still;
  const SceneMetrics *metrics;
  GString *out;
} SceneSvgWriter;

/* How an item looks; one of its colours; the palette that is the i-th for this
 * document. */
SceneSvgLooks scene_svg_looks (const SceneSvgWriter *w, const SceneItem *item);
SceneColor scene_svg_fill (const SceneLook *look);
SceneColor scene_svg_line (const SceneLook *look);
SceneColor scene_svg_text (const SceneLook *look);
const ScenePalette *scene_svg_palette (const SceneSvgWriter *w, guint i);

/* Appends what fills, and what draws lines; NULL: nothing does. `classes` are
 * further ones, each with a blank behind it. */
void scene_svg_paint (const SceneSvgWriter *w, const SceneSvgLooks *looks,
                      SceneSvgPick fill, SceneSvgPick stroke,
                      const char *classes);

/* Appends a number behind a text: two digits behind the point at most, and no
 * zeros at the end; and a point of a path behind its command. */
void scene_svg_coordinate (GString *out, const char *before, double value);
void scene_svg_point (GString *out, const char *command, double x, double y);

#endif
