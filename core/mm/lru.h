/* Linux's lists of frames: in what order pages may leave memory.
 *
 *   anon   new --> | inactive | --> victim      the same for file:
 *                  ^    |                       pages of files go without
 *                  |    v used again            being written, if clean
 *                  | active |
 *
 *   unevictable    | locked by mlock |          never looked at
 *
 *   newest --older--> frame --older--> frame --older--> 0    (links[])
 *
 * Each frame of a process's memory and of the page cache is in exactly one of
 * the five lists from when it gets its page to when it is free. Where reclaim
 * goes by another policy, that policy has its own books (resident_set.h) and
 * the lists stay empty. Rules: include/linux/mm_inline.h, mm/swap.c of Linux
 * 6.x; what is left out: batches (a page is told one at a time), generations
 * (MGLRU). */
#ifndef VM_LRU_H
#define VM_LRU_H

#include "tape/tape.h"

/* The list that a frame is in; VM_LRU_NONE: in none. */
static inline enum vm_lru
vm_lru_of (const struct vm_state *s, uint32_t frame)
{
  uint8_t list = s->links[frame].list;
  return list == 0 ? VM_LRU_NONE : (enum vm_lru) (list - 1);
}

static inline bool
vm_lru_is_active (enum vm_lru list)
{
  return list == VM_LRU_ACTIVE_ANON || list == VM_LRU_ACTIVE_FILE;
}

/* The inactive list beside an active one, and the other way round. */
static inline enum vm_lru
vm_lru_beside (enum vm_lru list)
{
  return list < VM_LRU_UNEVICTABLE ? (enum vm_lru) (list ^ 1) : list;
}

/* The list for what is in a frame. Pages of files that are only in memory go to
 * swap, and so count as anonymous; those that nobody needs any more (MADV_FREE)
 * need not be written, and count as a file's. */
enum vm_lru vm_lru_suits (const struct vm_state *s, uint32_t frame,
                          bool active);

/* A frame that is in no list becomes the newest of one; not told. */
void vm_lru_join (struct vm_tape *t, const struct vm_state *s, uint32_t frame,
                  enum vm_lru list);

/* A frame leaves its list, if it is in one; not told. */
void vm_lru_leave (struct vm_tape *t, const struct vm_state *s, uint32_t frame);

/* A frame becomes the newest of a list, told as a step. */
void vm_lru_move (struct vm_tape *t, const struct vm_state *s, uint32_t frame,
                  enum vm_lru list);

/* True if the inactive list is too short, so that active frames must follow
 * (inactive_is_low of mm/vmscan.c). */
bool vm_lru_is_low (const struct vm_state *s, enum vm_lru inactive);

#endif
