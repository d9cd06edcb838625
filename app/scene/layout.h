/* Where each figure stands: the walk in its grid, all others around it.
 *
 *   +---------------------------+     +-----------------+-------+
 *   | the figures of a walk     |     | a band          | a     |
 *   |                           |     +--------+--------+ side  |
 *   +---------------------------+     | part   | part   | column|
 *   | a band                    |     +--------+--------+       |
 *   +-------------+-------------+     | a band          |       |
 *   | a part      | a part      |     |                 |       |
 *   +-------------+-------------+     +-----------------+-------+
 *
 * Unless a lesson says where, they come in the order in which it names them.
 * What has no room beside another stands below it, down to a single column. */
#ifndef SCENE_LAYOUT_H
#define SCENE_LAYOUT_H

#include "figures/figure.h"

/* The figures of a stage, in the order in which they are named. */
typedef struct {
  guint count;
  SceneFigureId figure[SCENE_FIGURES];
  /* Where a lesson arranges them: the row, from 1 (0: it does not), the cell of
   * that row, and the cell's share of what is left over. */
  guint row[SCENE_FIGURES], cell[SCENE_FIGURES], share[SCENE_FIGURES];
} SceneChoice;

typedef struct {
  SceneRect rect[SCENE_FIGURES]; /* width 0: the figure is not shown */
  double width, height;          /* of the whole, margins included */
  gboolean stacked;              /* the walk is in a single column */
} SceneLayout;

/* Places the figures in a width. height is what is wished for (0: no wish);
 * rows grow to fill it where that helps, and the layout is higher where the
 * figures need it. */
void scene_layout (SceneLayout *layout, const SceneBuild *build,
                   const SceneChoice *choice, double width, double height);

#endif
