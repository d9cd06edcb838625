/* A frame of physical memory as a cell of a grid: small, with its number and
 * what it is used for; or with its counts, too. */
#ifndef SCENE_FRAME_CELL_H
#define SCENE_FRAME_CELL_H

#include "figures/figure.h"

typedef struct {
  double (*width) (const SceneBuild *build);
  double (*height) (const SceneBuild *build);
  /* Adds the cell of a managed frame below build->parent. target: the frame
   * that the step is about. */
  void (*add) (SceneBuild *build, SceneFigureId figure, guint64 frame,
               gboolean target, SceneRect rect);
} SceneFrameCells;

/* Where another item of the figure shows the target at large. Ids are of the
 * figure, with the parts SCENE_MEMORY_FRAME, _CELL (of the target), _NUMBER and
 * _ROLE. */
extern const SceneFrameCells scene_small_cells;

/* With references, entries and flags. Ids have the parts SCENE_FRAMES_.... */
extern const SceneFrameCells scene_counted_cells;

#endif
