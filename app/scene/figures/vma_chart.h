/* The regions of an address space three times: as the red-black tree, as a list
 * below it, and as a maple tree below that; all in order of addresses from left
 * to right. Where it is narrow, or the regions are many, from top to bottom. */
#ifndef SCENE_VMA_CHART_H
#define SCENE_VMA_CHART_H

#include "figures/vma_node.h"

/* What never changes while stepping: how many regions there are at most. */
typedef struct {
  guint most, levels;
} SceneVmaShape;

SceneVmaShape scene_vma_shape (const SceneBuild *build);

/* From left to right: its width, its height with a tree that is balanced well,
 * the height that it takes now, and itself. */
double scene_vma_chart_width (const SceneBuild *build,
                              const SceneVmaShape *shape);
double scene_vma_chart_height (const SceneBuild *build,
                               const SceneVmaShape *shape);
double scene_vma_chart_used (const SceneBuild *build, const SceneVmas *vmas);
void scene_add_vma_chart (SceneBuild *build, const SceneVmas *vmas,
                          SceneRect rect);

/* From top to bottom: least width; heights with so many rows; and itself. */
double scene_vma_rows_least (const SceneBuild *build,
                             const SceneVmaShape *shape);
double scene_vma_rows_height (const SceneBuild *build, guint rows);
void scene_add_vma_rows (SceneBuild *build, const SceneVmaShape *shape,
                         const SceneVmas *vmas, SceneRect rect);

/* List and maple tree of the chart: where each region's column is, below which
 * they stand. */
typedef struct {
  double left, slot; /* the first column's middle, and from one to the next */
  double width;      /* of a cell */
} SceneVmaColumns;

double scene_vma_strips_height (const SceneBuild *build);
void scene_add_vma_strips (SceneBuild *build, const SceneVmas *vmas,
                           const SceneVmaColumns *columns, SceneRect rect);

/* Of the maple tree: "2 leaves, 19 of 32 slots", and that it is computed. */
const char *scene_vma_maple_text (const SceneBuild *build,
                                  const SceneVmas *vmas);

#endif
