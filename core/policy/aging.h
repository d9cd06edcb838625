/* Aging: each page has eight bits of history, the latest in front.
 *
 *   before a tick     bit 1  age 0 1 1 0 0 0 0 0
 *                       |        \ \ \ \ \ \ \
 *   after it          bit 0  age 1 0 1 1 0 0 0 0     0xb0
 *
 * A use sets the bit; a tick shifts it into the age. The smallest age goes; of
 * equals the lowest frame. A page is loaded with age 0x80, as one that was
 * used in the interval before, and its bit clear. A tick comes after every
 * `interval` references, as many as there are frames by default. (Tanenbaum,
 * "Simulating LRU in software".) */
#ifndef VM_POLICY_AGING_H
#define VM_POLICY_AGING_H

#include "policy/heap.h"

#define VM_AGE_NEWEST 0x80u

static inline void
vm_aging_tick (struct vm_tape *t, const struct vm_pool *p)
{
  vm_tell_pool (t, p, VM_STEP_POOL_TICK, p->record->interval, p->record->used);
  for (uint32_t i = 0; i < p->record->frames; i++) {
    if (!p->frames[i].used)
      continue;
    uint64_t bit = p->frames[i].referenced ? VM_AGE_NEWEST : 0;
    vm_put_u64 (t, &p->ranks[i].key, p->ranks[i].key >> 1 | bit);
    vm_put_u8 (t, &p->frames[i].referenced, 0);
  }
  vm_heap_sort (t, p, VM_HEAP_KEYS);
}

VM_ALWAYS_INLINE void
vm_aging_hit (struct vm_tape *t, const struct vm_pool *p, uint32_t frame)
{
  if (!p->frames[frame].referenced) {
    vm_tell_page (t, p, VM_STEP_PAGE_MARK, frame, 0, 0);
    vm_put_u8 (t, &p->frames[frame].referenced, 1);
  }
  if (vm_tick_due (t, p))
    vm_aging_tick (t, p);
}

static inline void
vm_aging_enter (struct vm_tape *t, const struct vm_pool *p, uint32_t frame)
{
  vm_put_u8 (t, &p->frames[frame].referenced, 0);
  vm_rank_put (t, p, frame, VM_AGE_NEWEST, frame);
  vm_heap_join (t, p, frame);
  if (vm_tick_due (t, p))
    vm_aging_tick (t, p);
}

#endif
