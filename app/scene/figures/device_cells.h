/* Devices side by side: where they answer, what reached them, and what stands
 * between them and memory. */
#ifndef SCENE_DEVICE_CELLS_H
#define SCENE_DEVICE_CELLS_H

#include "figures/figure.h"

/* Height of so many cells in a width, and the least width of one. */
double scene_device_cells_height (const SceneBuild *build, guint count,
                                  double width);
double scene_device_cells_least (const SceneBuild *build);

/* Adds the first `count` devices below build->parent; ids are of the figure
 * with parts from `part` on. */
void scene_add_device_cells (SceneBuild *build, SceneFigureId figure,
                             guint part, guint count, SceneRect rect);

#endif
