/* Not recently used: four classes by two bits, and the lowest loses a page.
 *
 *              not written    written         A use sets the first bit, a write
 *   not used     class 0      class 1         the second. A tick clears the
 *   used         class 2      class 3         first in all frames.
 *
 * A tick comes after every `interval` references, as many as there are frames
 * by default. Within a class the lowest frame goes, so that it can be followed
 * by hand; others draw lots. The reference that loads a page sets its bits.
 * (Tanenbaum, "The Not Recently Used page replacement algorithm".) */
#ifndef VM_POLICY_NRU_H
#define VM_POLICY_NRU_H

#include "policy/heap.h"

/* The class of a frame is its rank. */
VM_ALWAYS_INLINE uint64_t
vm_nru_class (const struct vm_pool *p, uint32_t frame)
{
  return 2u * p->frames[frame].referenced + p->frames[frame].dirty;
}

static inline void
vm_nru_tick (struct vm_tape *t, const struct vm_pool *p)
{
  vm_tell_pool (t, p, VM_STEP_POOL_TICK, p->record->interval, p->record->used);
  for (uint32_t i = 0; i < p->record->frames; i++) {
    if (!p->frames[i].used || !p->frames[i].referenced)
      continue;
    vm_put_u8 (t, &p->frames[i].referenced, 0);
    vm_rank_put (t, p, i, vm_nru_class (p, i), i);
  }
  vm_heap_sort (t, p, 4);
}

VM_ALWAYS_INLINE void
vm_nru_hit (struct vm_tape *t, const struct vm_pool *p, uint32_t frame)
{
  if (!p->frames[frame].referenced) {
    vm_tell_page (t, p, VM_STEP_PAGE_MARK, frame, 0, 0);
    vm_put_u8 (t, &p->frames[frame].referenced, 1);
  }
  if (p->ranks[frame].key != vm_nru_class (p, frame))
    vm_put_u64 (t, &p->ranks[frame].key, vm_nru_class (p, frame));
  if (vm_tick_due (t, p))
    vm_nru_tick (t, p);
}

static inline void
vm_nru_enter (struct vm_tape *t, const struct vm_pool *p, uint32_t frame)
{
  vm_put_u8 (t, &p->frames[frame].referenced, 1);
  vm_rank_put (t, p, frame, vm_nru_class (p, frame), frame);
  vm_heap_join (t, p, frame);
  if (vm_tick_due (t, p))
    vm_nru_tick (t, p);
}

#endif
