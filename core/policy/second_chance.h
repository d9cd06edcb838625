/* Second chance: first in, first out, but a page that was used goes round.
 *
 *   looked at first --> | frame 1 | frame 2 | frame 3 | frame 0 |
 *                         bit 1     bit 0                       ^
 *                           |       victim                      |
 *                           +-- its bit is cleared, and it -----+
 *                               stands at the end again
 *
 * The same victims as Clock's: there the hand moves, here the pages do. A hit
 * sets the bit, and so does the reference that loads a page. (Tanenbaum, "The
 * Second-Chance page replacement algorithm".) */
#ifndef VM_POLICY_SECOND_CHANCE_H
#define VM_POLICY_SECOND_CHANCE_H

#include "policy/list.h"

VM_ALWAYS_INLINE void
vm_second_chance_hit (struct vm_tape *t, const struct vm_pool *p,
                      uint32_t frame)
{
  if (p->frames[frame].referenced)
    return;
  vm_tell_page (t, p, VM_STEP_PAGE_MARK, frame, 0, 0);
  vm_put_u8 (t, &p->frames[frame].referenced, 1);
}

VM_ALWAYS_INLINE void
vm_second_chance_enter (struct vm_tape *t, const struct vm_pool *p,
                        uint32_t frame)
{
  vm_list_join (t, p, 0, frame);
  vm_put_u8 (t, &p->frames[frame].referenced, 1);
}

static inline uint32_t
vm_second_chance_choose (struct vm_tape *t, const struct vm_pool *p)
{
  uint32_t frame = vm_list_oldest (p, 0);

  while (frame != VM_NONE && p->frames[frame].referenced
         && !vm_tape_failed (t)) {
    vm_tell_page (t, p, VM_STEP_PAGE_SPARE, frame, 0, 0);
    vm_put_u8 (t, &p->frames[frame].referenced, 0);
    vm_list_renew (t, p, 0, frame);
    frame = vm_list_oldest (p, 0);
  }
  return frame;
}

#endif
