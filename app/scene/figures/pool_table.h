/* One pool of frames as a table: references across, frames down; what each
 * frame held after each reference, and what frames say now.
 *
 *     page   bit |  7   0   1   2   0
 *   frame 0   1  |  7   7   7   2   2
 * ▸ frame 1   0  |      0   0   0   0
 *   Faults: 4     fault ...         hit
 */
#ifndef SCENE_POOL_TABLE_H
#define SCENE_POOL_TABLE_H

#include "figures/cells.h"
#include "figures/pooled.h"

/* How cells of these pools (of ScenePooled) like to be. */
SceneCellsShape scene_pool_shape (const SceneBuild *b, const GArray *pools);

/* Cells as narrow and low as can be: what a word below a column would say, a
 * mark says there. */
SceneCellsShape scene_pool_narrow_shape (const SceneBuild *b,
                                         const GArray *pools);

/* The height of a panel with that table. */
double scene_pool_height (const SceneBuild *b, const SceneCellsShape *shape,
                          const ScenePooled *pool);

/* Adds the panel. */
void scene_add_pool (SceneBuild *b, const SceneCellsShape *shape,
                     const ScenePooled *pool, SceneRect rect);

#endif
