/* A pool: the frames that one replacement policy looks after, as plain data.
 *
 *   record   | policy, frames, hand, ends of the lists, target, seed ... |
 *   pages    | 7 | 0 | 1 |    the page that each frame holds
 *   frames   | . | . | . |    each frame's neighbours in a list, and its bits
 *   ranks    | . | . | . |    what some policies compare, as numbers
 *   heap     | . | . | . |    the frames again, the next victim first
 *   ghosts   | 4 | 2 |        pages that left not long ago, and
 *   buckets  | . | . | . | .  where to look for one of them
 *
 * Things refer to each other by index, so a pool may lie inside the machine's
 * state, where the tape sees each change, or in memory of its own, where
 * nobody does. struct vm_pool only says where the parts lie: it is made anew
 * where it is needed, and a loop that is to be fast keeps a copy of its own.
 *
 * Memory: 24 bytes a frame; 40 more where frames are ranked, at most 32 more
 * where pages that left are remembered. No policy needs both. */
#ifndef VM_POOL_H
#define VM_POOL_H

#include "tape/tape.h"

/* Where the parts of a pool lie. Ranks and heap, or ghosts and buckets, may
 * be missing where vm_policy_info says that the policy does without. */
struct vm_pool {
  const struct vm_pool_record *record;
  const uint64_t *pages;
  const struct vm_pool_frame *frames;
  const struct vm_pool_rank *ranks;
  const struct vm_pool_slot *heap;
  const struct vm_pool_ghost *ghosts;
  const uint32_t *buckets;
};

/* One reference to a page. */
struct vm_reference {
  uint64_t page; /* any number that means the same page each time */
  uint64_t next; /* only OPT asks: number of the next reference to it, counted
                    from the first of all, or VM_NEVER */
  bool write;
};

#endif
