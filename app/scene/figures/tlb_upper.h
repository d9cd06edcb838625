/* What the walker of a processor remembers of upper levels, as a panel: from
 * which beginning of an address it knows the table to go on with. */
#ifndef SCENE_TLB_UPPER_H
#define SCENE_TLB_UPPER_H

#include "figures/figure.h"

/* The least width, with or without the column that can be left out. */
double scene_tlb_upper_width (const SceneBuild *build, gboolean all);

/* Entries that there can be. */
guint scene_tlb_upper_count (const SceneContext *context);

/* Adds the panel with so many rows; those that hold something, if there are
 * more. It is as high as the block of a TLB with so many. */
void scene_add_tlb_upper (SceneBuild *build, guint cpu, guint rows,
                          SceneRect rect);

#endif
