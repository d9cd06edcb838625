/* Physical memory as a grid of cells: the frames in use, with gaps where none
 * is; all of them, row by row, where the reader scrolls. */
#ifndef SCENE_FRAME_GRID_H
#define SCENE_FRAME_GRID_H

#include "figures/frame_cell.h"

/* Width of a row of so many frames, each `spare` wider than it must be; height
 * of so many rows with the gaps round them. */
double scene_frame_grid_width (const SceneBuild *build,
                               const SceneFrameCells *cells, guint abreast,
                               double spare);
double scene_frame_grid_height (const SceneBuild *build,
                                const SceneFrameCells *cells, guint lines);

/* Adds the grid below build->parent: the rows that matter, as many as there is
 * room for, or those that the reader has scrolled to. target: the frame that
 * the access leads to, or SCENE_NO_FRAME. Ids are of the figure, with the parts
 * that frame_cell.h names and SCENE_MEMORY_GAP. */
void scene_add_frame_grid (SceneBuild *build, SceneFigureId figure,
                           const SceneFrameCells *cells, guint64 target,
                           SceneRect rect);

#endif
