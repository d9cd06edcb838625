/* What the TLB held after earlier accesses, and which part of it to show. */
#ifndef SCENE_TLB_PAST_H
#define SCENE_TLB_PAST_H

#include "figures/accesses.h"

/* The first of `rows` entries of the TLB to be shown: the set that the latest
 * access asked is among them, and whole sets come before it. */
guint scene_tlb_window (const SceneContext *context,
                        const SceneAccess *accesses, guint count, guint rows);

/* Writes, for each access in turn, `rows` entries of the TLB from `first` on as
 * they were at its end: held[access * rows + row]. The tape is undone in a
 * copy; where it has forgotten, entries are left as they are. Returns how many
 * of the accesses, the last ones, were written. */
guint scene_tlb_past (const SceneContext *context, const SceneAccess *accesses,
                      guint count, guint first, guint rows,
                      struct vm_tlb_entry *held);

#endif
