/* A maple tree as Linux 6.1 and later keep regions in, computed from a list of
 * them: of all trees that hold these ranges the one with the fewest nodes.
 *
 *   ranges   gap | r-x | rw- | gap | rw- | gap
 *   leaf     each range is a slot of it, gaps included; 16 at most
 *   root     has 10 slots, one a leaf
 *
 * What Linux has at a moment may have more nodes, with free slots: that depends
 * on the order in which ranges came and went. */
#ifndef SCENE_MAPLE_H
#define SCENE_MAPLE_H

#include "figures/vmas.h"

typedef struct {
  guint64 first, last; /* addresses, both included; last: the pivot */
  guint vma;           /* position of the region; SCENE_VMAS_NONE: a gap */
  guint leaf;          /* in which leaf */
} SceneMapleSlot;

/* Slots of a leaf (MAPLE_RANGE64_SLOTS): nodes have 256 bytes. */
guint scene_maple_leaf_size (const struct vm_geometry *geometry);

/* All ranges in order, of SceneMapleSlot; free with g_array_unref. */
GArray *scene_maple_slots (const SceneVmas *vmas, guint leaf_size);

/* How many slots a leaf uses, and how many leaves there are. */
guint scene_maple_used (const GArray *slots, guint leaf);
guint scene_maple_leaves (const GArray *slots);

#endif
