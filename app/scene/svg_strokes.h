/* Lines and connectors of an SVG. */
#ifndef SCENE_SVG_STROKES_H
#define SCENE_SVG_STROKES_H

#include "svg_write.h"

void scene_svg_write_line (const SceneSvgWriter *w, const SceneItem *item,
                           const SceneSvgLooks *looks);
void scene_svg_write_connector (const SceneSvgWriter *w, const SceneItem *item,
                                const SceneSvgLooks *looks);

#endif
