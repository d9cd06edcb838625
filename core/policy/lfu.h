/* Least frequently used: each page counts its uses, and the smallest count
 * goes.
 *
 *            frame 0   frame 1   frame 2   frame 3
 *   uses        7         2         2         5
 *   latest     31        18        40        39      victim: frame 1, which of
 *                                                    those with 2 was used
 *                                                    longest ago
 *
 * A page is loaded with count 1, and its count is forgotten when it goes. What
 * was busy once keeps its place for long after: with aging, all counts are
 * halved after every `interval` references, by default four times as many as
 * there are frames. (Tanenbaum, "Simulating LRU in software"; for the halving:
 * Robinson and Devarakonda, SIGMETRICS 1990, section 2.) */
#ifndef VM_POLICY_LFU_H
#define VM_POLICY_LFU_H

#include "policy/heap.h"

/* Notes the time of a use. */
VM_ALWAYS_INLINE void
vm_lfu_use (struct vm_tape *t, const struct vm_pool *p, uint32_t frame,
            uint64_t count)
{
  vm_put_u64 (t, &p->record->tick, p->record->tick + 1);
  vm_rank_put (t, p, frame, count, p->record->tick);
}

static inline void
vm_lfu_halve (struct vm_tape *t, const struct vm_pool *p)
{
  vm_tell_pool (t, p, VM_STEP_POOL_TICK, p->record->interval, p->record->used);
  for (uint32_t i = 0; i < p->record->frames; i++)
    if (p->frames[i].used)
      vm_put_u64 (t, &p->ranks[i].key, p->ranks[i].key / 2);
  vm_heap_rebuild (t, p);
}

VM_ALWAYS_INLINE void
vm_lfu_hit (struct vm_tape *t, const struct vm_pool *p, uint32_t frame)
{
  vm_tell_page (t, p, VM_STEP_PAGE_COUNT, frame, p->ranks[frame].key + 1, 0);
  vm_lfu_use (t, p, frame, p->ranks[frame].key + 1);
}

static inline void
vm_lfu_enter (struct vm_tape *t, const struct vm_pool *p, uint32_t frame)
{
  vm_lfu_use (t, p, frame, 1);
  vm_heap_join (t, p, frame);
}

VM_ALWAYS_INLINE void
vm_lfu_aging_hit (struct vm_tape *t, const struct vm_pool *p, uint32_t frame)
{
  vm_lfu_hit (t, p, frame);
  if (vm_tick_due (t, p))
    vm_lfu_halve (t, p);
}

static inline void
vm_lfu_aging_enter (struct vm_tape *t, const struct vm_pool *p, uint32_t frame)
{
  vm_lfu_enter (t, p, frame);
  if (vm_tick_due (t, p))
    vm_lfu_halve (t, p);
}

#endif
