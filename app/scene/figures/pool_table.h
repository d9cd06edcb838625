/* One pool of frames as a table: references across, frames down; what each
 * frame held after each reference, and what frames say now.
 *
 *     page   bit |  7   0   1   2   0
 *   frame 0   1  |  7   7   7   2   2
 * ▸ frame 1   0  |      0   0   0   0
 *                 fault ...         hit      Faults: 4 of 5
 */
#ifndef SCENE_POOL_TABLE_H
#define SCENE_POOL_TABLE_H

#include "figures/cells.h"
#include "figures/pooled.h"

/* How cells like to be. */
SceneCellsShape scene_pool_shape (const SceneBuild *b);

/* Cells as narrow as these pools (of ScenePooled) allow. They have no marks:
 * the word below a column says what a mark would say. */
SceneCellsShape scene_pool_narrow_shape (const SceneBuild *b,
                                         const GArray *pools);

/* The height of a panel with that table. */
double scene_pool_height (const SceneBuild *b, const SceneCellsShape *shape,
                          const ScenePooled *pool);

/* Adds the panel. */
void scene_add_pool (SceneBuild *b, const SceneCellsShape *shape,
                     const ScenePooled *pool, SceneRect rect);

#endif
