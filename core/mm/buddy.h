/* The buddy system: free frames in blocks of 1, 2, 4 ... 1,024.
 *
 *   order 3   |               0-7             |      a block begins at a
 *   order 2   |      0-3      |      4-7      |      multiple of its size
 *   order 1   |  0-1  |  2-3  |  4-5  |  6-7  |
 *   order 0   | 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 |      buddy = frame ^ size
 *
 *   wanted: one frame      8 --split--> 4 + 4 --> 2 + 2 --> 1 + 1, the lowest
 *   given back             1 --merge with its buddy, if that is free--> 2 ...
 *
 * Every free frame is in exactly one block; at the end of an operation no two
 * free buddies stand side by side. Each zone has a list of blocks for each
 * order; a block that is needed comes from the smallest order that has one, in
 * the highest zone that suits (mm/zone.h). Rules: mm/page_alloc.c of Linux 6.x
 * (__rmqueue_smallest, expand, __free_one_page). What is left out: migrate
 * types, so that movable and other pages lie side by side, compaction, and the
 * lists of single frames that each processor keeps (pcp).
 *
 * A machine without buddy=on has none of this: frames.h gives the lowest. */
#ifndef VM_BUDDY_H
#define VM_BUDDY_H

#include "mm/zone.h"

#define VM_BUDDY_MOST (VM_BUDDY_ORDERS - 1u) /* the highest order */

static inline bool
vm_buddy_on (const struct vm_state *s)
{
  return s->config.buddy != 0;
}

/* The record of the block of an order that begins at a frame. */
static inline const struct vm_buddy_block *
vm_buddy_block_at (const struct vm_state *s, uint32_t frame, uint32_t order)
{
  uint32_t base = (2u << 20) - ((2u << 20) >> order);

  return &s->buddy_blocks[base + (frame >> order)];
}

static inline const struct vm_buddy_list *
vm_buddy_list_of (const struct vm_state *s, enum vm_zone zone, uint32_t order)
{
  return &s->buddy_lists[zone * VM_BUDDY_ORDERS + order];
}

/* The smallest order whose blocks have so many frames; more than
 * VM_BUDDY_MOST if there is none. */
uint32_t vm_buddy_order_of (uint64_t frames);

/* Puts all free frames into blocks, the lowest first: from now on the machine
 * has them. Nothing is told. */
void vm_buddy_begin (struct vm_tape *t, const struct vm_state *s);

/* The order of the smallest block of a zone that can serve one; VM_NONE: the
 * zone has none. */
uint32_t vm_buddy_smallest (const struct vm_state *s, enum vm_zone zone,
                            uint32_t order);

/* The free block that a frame is in: its first frame, and its order. VM_NONE:
 * the frame is in none. */
uint32_t vm_buddy_holder (const struct vm_state *s, uint32_t frame,
                          uint32_t *order);

/* Splits blocks, each split told, until free frames in a row are whole blocks.
 * And takes those out of their lists, untold, when the frames are given. */
void vm_buddy_open (struct vm_tape *t, const struct vm_state *s, uint32_t first,
                    uint32_t count);
void vm_buddy_remove (struct vm_tape *t, const struct vm_state *s,
                      uint32_t first, uint32_t count);

/* Makes blocks of frames in a row that became free, untold. And merges them
 * with their buddies, each merge told, as far as it goes. */
void vm_buddy_insert (struct vm_tape *t, const struct vm_state *s,
                      uint32_t first, uint32_t count);
void vm_buddy_merge (struct vm_tape *t, const struct vm_state *s,
                     uint32_t first, uint32_t count);

/* Frames became the map's, or were given back by it (bus.h): the blocks
 * follow. Nothing is told. */
void vm_buddy_follow (struct vm_tape *t, const struct vm_state *s);

/* A zone is about to end elsewhere: the blocks that reach into a run of frames
 * leave their lists; the first frame of them. Then, when it does: the free
 * frames of a run that are in no block make some, each in one zone. Both
 * untold. */
uint32_t vm_buddy_withdraw (struct vm_tape *t, const struct vm_state *s,
                            uint32_t first, uint32_t end);
void vm_buddy_rejoin (struct vm_tape *t, const struct vm_state *s,
                      uint32_t first, uint32_t end);

/* Free frames of a zone. */
uint64_t vm_buddy_free (const struct vm_state *s, enum vm_zone zone);

/* Why would a request of an order fail in a zone (fragmentation_index of
 * mm/vmstat.c)? Towards 0: because too little is free; towards 1,000: because
 * what is free lies scattered. -1,000: it would not fail. */
int32_t vm_buddy_fragmentation (const struct vm_state *s, enum vm_zone zone,
                                uint32_t order);

/* Of 1,000 free frames of a zone, those that cannot serve an order
 * (unusable_free_index). */
uint32_t vm_buddy_unusable (const struct vm_state *s, enum vm_zone zone,
                            uint32_t order);

#endif
