/* First in, first out: the victim is the page that was loaded longest ago.
 *
 *   victim --> | frame 1 | frame 2 | frame 3 | frame 0 | <-- a page is loaded
 *                oldest                        newest
 *
 * A hit changes nothing: however often a page is used, it goes when its turn
 * comes. (A. Tanenbaum, Modern Operating Systems, "The First-In, First-Out
 * page replacement algorithm".) */
#ifndef VM_POLICY_FIFO_H
#define VM_POLICY_FIFO_H

#include "policy/list.h"

VM_ALWAYS_INLINE void
vm_fifo_enter (struct vm_tape *t, const struct vm_pool *p, uint32_t frame)
{
  vm_list_join (t, p, 0, frame);
}

VM_ALWAYS_INLINE uint32_t
vm_fifo_choose (const struct vm_pool *p)
{
  return vm_list_oldest (p, 0);
}

#endif
