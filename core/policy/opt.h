/* OPT: the victim is the page whose next use lies farthest ahead.
 *
 *   references   ... 2 | 5 | 1   2   3   4   5
 *                      now
 *   frames  1: next use in 1     2: in 2     4: in 4 --> victim
 *
 * No system can know that; replay can, and so OPT is the yardstick: no policy
 * faults less. Who refers says when the page is used next. Of pages that are
 * never used again the lowest frame goes. (L. A. Belady, IBM Systems Journal
 * 5/2, 1966, "MIN".)
 *
 * A hit only notes the new time and hangs the frame into a chain; when a victim
 * is wanted, the frames of the chain take their new places in the heap. */
#ifndef VM_POLICY_OPT_H
#define VM_POLICY_OPT_H

#include "policy/heap.h"

/* The farthest has the smallest rank. */
VM_ALWAYS_INLINE void
vm_opt_hit (struct vm_tape *t, const struct vm_pool *p, uint32_t frame,
            uint64_t next)
{
  vm_tell_page (t, p, VM_STEP_PAGE_COUNT, frame, next + 1, 0);
  vm_put_u64 (t, &p->ranks[frame].key, ~next);
  if (p->frames[frame].count != 0)
    return;
  vm_put_u8 (t, &p->frames[frame].count, 1);
  vm_put_u32 (t, &p->frames[frame].older, p->record->pending);
  vm_put_u32 (t, &p->record->pending, frame);
}

/* Brings the heap up to date. */
static inline void
vm_opt_settle (struct vm_tape *t, const struct vm_pool *p)
{
  while (p->record->pending != VM_NONE && !vm_tape_failed (t)) {
    uint32_t frame = p->record->pending;
    vm_put_u32 (t, &p->record->pending, p->frames[frame].older);
    vm_put_u8 (t, &p->frames[frame].count, 0);
    vm_heap_move (t, p, frame);
  }
}

static inline void
vm_opt_enter (struct vm_tape *t, const struct vm_pool *p, uint32_t frame,
              uint64_t next)
{
  vm_rank_put (t, p, frame, ~next, frame);
  vm_put_u8 (t, &p->frames[frame].count, 0);
  vm_heap_join (t, p, frame);
}

static inline void
vm_opt_leave (struct vm_tape *t, const struct vm_pool *p, uint32_t frame)
{
  vm_opt_settle (t, p);
  vm_heap_leave (t, p, frame);
}

static inline uint32_t
vm_opt_choose (struct vm_tape *t, const struct vm_pool *p)
{
  vm_opt_settle (t, p);
  return vm_heap_choose (t, p);
}

#endif
