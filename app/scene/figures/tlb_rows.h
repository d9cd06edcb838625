/* Which entries of a TLB are shown where not all have room. */
#ifndef SCENE_TLB_ROWS_H
#define SCENE_TLB_ROWS_H

#include "figures/tlb_unit.h"

/* Entries (of guint; way 0 of set 0 is 0) for the `fit` rows in rect, as many
 * as there are: those that hold something or were dropped, and the set in
 * question; others once the reader scrolls there. Free with g_array_unref. */
GArray *scene_tlb_rows (SceneBuild *b, const SceneTlbUnit *unit,
                        const guint8 *dropped, guint fit, SceneRect rect);

#endif
