/* Linux's two lists: pages must be used again and again to become active.
 *
 *   load --> | inactive ...... | --> looked at: not used: victim
 *            ^        ^              used once: round again
 *            |        +------------- (to the newest end)
 *            |                       used again: active
 *            |                              |
 *            +-- | ...... active | <--------+
 *        the oldest, when active is the longer list
 *
 * The processor sets the bit at each use, the one that loads included; the
 * kernel looks at it only when it looks for a victim, and clears it then. A
 * page whose bit was set is marked (count) and goes round the inactive list
 * once more; if it is marked already, it becomes active. The inactive list is
 * filled from the active one, whose bits are cleared on the way, whenever it
 * is the shorter. (mm/vmscan.c: folio_check_references, shrink_active_list,
 * inactive_is_low with the ratio of machines below 1 GiB.) What is left out:
 * batches of 32 pages, and shadow entries that tell a page that left too
 * early. */
#ifndef VM_POLICY_TWO_LIST_H
#define VM_POLICY_TWO_LIST_H

#include "policy/list.h"

enum { VM_LIST_INACTIVE, VM_LIST_ACTIVE };

VM_ALWAYS_INLINE void
vm_two_list_hit (struct vm_tape *t, const struct vm_pool *p, uint32_t frame)
{
  if (p->frames[frame].referenced)
    return;
  vm_tell_page (t, p, VM_STEP_PAGE_MARK, frame, 0, 0);
  vm_put_u8 (t, &p->frames[frame].referenced, 1);
}

VM_ALWAYS_INLINE void
vm_two_list_enter (struct vm_tape *t, const struct vm_pool *p, uint32_t frame)
{
  vm_list_join (t, p, VM_LIST_INACTIVE, frame);
  vm_put_u8 (t, &p->frames[frame].referenced, 1);
  vm_put_u8 (t, &p->frames[frame].count, 0);
}

/* The oldest active page becomes inactive. False if there is none. */
static inline bool
vm_two_list_deactivate (struct vm_tape *t, const struct vm_pool *p)
{
  uint32_t frame = vm_list_oldest (p, VM_LIST_ACTIVE);

  if (frame == VM_NONE)
    return false;
  vm_tell_page (t, p, VM_STEP_PAGE_MOVE, frame, VM_LIST_INACTIVE, 0);
  vm_put_u8 (t, &p->frames[frame].referenced, 0);
  vm_list_leave (t, p, frame);
  vm_list_join (t, p, VM_LIST_INACTIVE, frame);
  return true;
}

/* An inactive page was found used: it goes round, or becomes active. */
static inline void
vm_two_list_spare (struct vm_tape *t, const struct vm_pool *p, uint32_t frame)
{
  const struct vm_pool_frame *f = &p->frames[frame];

  vm_tell_page (t, p, VM_STEP_PAGE_SPARE, frame, f->count, 0);
  vm_put_u8 (t, &f->referenced, 0);
  if (f->count != 0) {
    vm_list_leave (t, p, frame);
    vm_list_join (t, p, VM_LIST_ACTIVE, frame);
    return;
  }
  vm_put_u8 (t, &f->count, 1);
  vm_list_renew (t, p, VM_LIST_INACTIVE, frame);
}

static inline uint32_t
vm_two_list_choose (struct vm_tape *t, const struct vm_pool *p)
{
  const struct vm_pool_list *lists = p->record->lists;

  /* Each round clears a bit, or moves a page of the longer list. */
  while (!vm_tape_failed (t)) {
    uint32_t frame = vm_list_oldest (p, VM_LIST_INACTIVE);
    if (frame == VM_NONE
        || lists[VM_LIST_INACTIVE].size < lists[VM_LIST_ACTIVE].size) {
      if (vm_two_list_deactivate (t, p))
        continue;
    }
    if (frame == VM_NONE || !p->frames[frame].referenced)
      return frame;
    vm_two_list_spare (t, p, frame);
  }
  return VM_NONE;
}

#endif
