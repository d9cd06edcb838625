/* One of several TLBs as a panel: its entries, set by set, way by way.
 *
 *     Data TLB        4 × 2 · LRU
 *     set  page     frame   PCID age
 *     0    0x00401  0x00123 1    1
 *          0x00405  0x00130 2    2 •      <- goes next
 *     1  × 0x00407  0x00131 1    -        <- dropped by this operation
 *     ...
 *     [miss: page 0x00401]
 *     used 3 of 8 · dropped 1 */
#ifndef SCENE_TLB_BLOCK_H
#define SCENE_TLB_BLOCK_H

#include "figures/tlb_unit.h"

/* Widths of the columns, 0 for one that is left out: alike in all TLBs of a
 * machine. */
typedef struct {
  double mark, set, page, frame, space, age, next, gap;
  guint tree; /* columns of the bits of PLRU; 0: none */
} SceneTlbShape;

/* The columns for blocks that can be so wide; where that is too little, ages
 * and then sets are left out. Width 0: all columns. */
void scene_tlb_shape (const SceneBuild *build, double width,
                      SceneTlbShape *shape);

/* The least width of a block, and its height with so many rows. */
double scene_tlb_block_width (const SceneBuild *build,
                              const SceneTlbShape *shape);
double scene_tlb_block_height (const SceneBuild *build, guint rows);

/* Adds a block with so many rows; those that matter, if there are more. */
void scene_add_tlb_block (SceneBuild *build, const SceneTlbShape *shape,
                          const SceneTlbUnit *unit, const guint8 *dropped,
                          guint rows, SceneRect rect);

/* The box of an entry, by its index in the state. */
SceneId scene_id_tlb_entry (guint index);

#endif
