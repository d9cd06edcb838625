/* Where each figure stands: a grid of columns and rows with gutters.
 *
 *   wide                              deep walks
 *   +-----+---------------------+     +-----+-----------------+
 *   | cpu | address             |     | cpu | address         |
 *   +-----+-------------+-------+     +-----+-------+---------+
 *   | tlb | tables      | memory|     | tables      | memory  |
 *   +-----+----+--------+       |     +-----+-------+---------+
 *   | entry    |physical|       |     | tlb | entry | physical|
 *   +----------+--------+-------+     +-----+-------+---------+
 *   | space                     |     | space                 |
 *   +---------------------------+     +-----------------------+
 *
 * and narrower ones, down to a single column. Which plan is taken depends on
 * the figures, the fonts and the width alone. */
#ifndef SCENE_LAYOUT_H
#define SCENE_LAYOUT_H

#include "figures/figure.h"

typedef struct {
  SceneRect rect[SCENE_FIGURES]; /* width 0: the figure is not shown */
  double width, height;          /* of the whole, margins included */
  double gutter;                 /* least distance between two figures */
  gboolean stacked;              /* in a single column */
} SceneLayout;

/* Places the figures of the set (bit n: figure n) in a width. height is what
 * is wished for (0: no wish); rows grow to fill it where that helps, and the
 * layout is higher where the figures need it. */
void scene_layout (SceneLayout *layout, const SceneBuild *build, guint set,
                   double width, double height);

#endif
