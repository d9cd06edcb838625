/* The bits of tree-PLRU beside the ways that they choose from.
 *
 *     way 0  ---+
 *              [v]---+       each node points to the half that was used longer
 *     way 1  ---+    |       ago; from the last node on, along the arrows, one
 *                   [^]      comes to the way that goes next
 *     way 2  ---+    |
 *              [^]---+
 *     way 3  ---+
 */
#ifndef SCENE_TLB_TREE_H
#define SCENE_TLB_TREE_H

#include "figures/tlb_unit.h"

/* Columns of nodes that the TLBs of the machine need: 0 with other policies,
 * and where a set has too many ways for a picture. */
guint scene_tlb_tree_columns (const SceneContext *context);

double scene_tlb_tree_width (const SceneBuild *build, guint columns);

/* Adds the tree of every set whose ways all stand in rows, of a height and with
 * a gap between them, from the top of rect on: rows are entries of the TLB. */
void scene_add_tlb_trees (SceneBuild *build, const SceneTlbUnit *unit,
                          const GArray *rows, double row, double gap,
                          SceneRect rect);

#endif
