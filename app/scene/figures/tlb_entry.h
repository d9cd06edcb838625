/* A row of a TLB's panel: what one way of one set holds. */
#ifndef SCENE_TLB_ENTRY_H
#define SCENE_TLB_ENTRY_H

#include "figures/tlb_block.h"

typedef struct {
  guint entry;      /* way 0 of set 0 is 0 */
  gboolean first;   /* of its set that is shown: bears its number */
  gboolean dropped; /* by this operation */
  gboolean next;    /* a new entry would take it */
} SceneTlbRow;

double scene_tlb_row_height (const SceneBuild *build);

void scene_add_tlb_row (SceneBuild *build, const SceneTlbShape *shape,
                        const SceneTlbUnit *unit, const SceneTlbRow *row,
                        SceneRect rect);
void scene_add_tlb_columns (SceneBuild *build, const SceneTlbShape *shape,
                            const SceneTlbUnit *unit, SceneRect rect);

/* Width of all columns of a row but the tree. */
double scene_tlb_row_width (const SceneTlbShape *shape);

#endif
