/* A frame of physical memory as a small cell: its number, and what it is used
 * for. */
#ifndef SCENE_FRAME_CELL_H
#define SCENE_FRAME_CELL_H

#include "figures/figure.h"

double scene_frame_cell_width (const SceneBuild *build);
double scene_frame_cell_height (const SceneBuild *build);

/* Adds the cell of a managed frame below build->parent. target: the frame that
 * the access leads to, which another item of the figure shows at large. Ids are
 * of the figure, with the parts SCENE_MEMORY_FRAME, _CELL (of the target),
 * _NUMBER and _ROLE. */
void scene_add_frame_cell (SceneBuild *build, SceneFigureId figure,
                           guint64 frame, gboolean target, SceneRect rect);

#endif
