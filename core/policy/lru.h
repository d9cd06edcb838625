/* Least recently used, and its opposite.
 *
 *   LRU's victim --> | frame 2 | frame 0 | frame 3 | frame 1 | <-- MRU's victim
 *                      oldest                        newest
 *                                 |                          ^
 *                                 +--- a hit moves it here --+
 *
 * LRU holds that what was used lately will be used again soon. MRU holds the
 * contrary, which is right for a program that goes round and round through
 * more pages than there are frames. (Tanenbaum, "The Least Recently Used page
 * replacement algorithm"; for MRU: Chou and DeWitt, VLDB 1985, section 2.) */
#ifndef VM_POLICY_LRU_H
#define VM_POLICY_LRU_H

#include "policy/list.h"

VM_ALWAYS_INLINE void
vm_lru_enter (struct vm_tape *t, const struct vm_pool *p, uint32_t frame)
{
  vm_list_join (t, p, 0, frame);
}

VM_ALWAYS_INLINE void
vm_lru_hit (struct vm_tape *t, const struct vm_pool *p, uint32_t frame)
{
  if (p->record->lists[0].newest == frame)
    return;
  vm_tell_page (t, p, VM_STEP_PAGE_MOVE, frame, 0, 0);
  vm_list_renew (t, p, 0, frame);
}

VM_ALWAYS_INLINE uint32_t
vm_lru_choose (const struct vm_pool *p)
{
  return vm_list_oldest (p, 0);
}

VM_ALWAYS_INLINE uint32_t
vm_mru_choose (const struct vm_pool *p)
{
  return vm_list_newest (p, 0);
}

#endif
