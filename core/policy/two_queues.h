/* 2Q: a page must come back after it has left, to be kept by its use.
 *
 *   load --> | A1in ........ | --> victim, while A1in holds more than Kin
 *              oldest goes          |
 *                                   v its number only
 *                            | A1out ....... | --> forgotten beyond Kout
 *                                   |
 *        loaded again -------> | Am ........ | --> victim otherwise
 *                               by latest use
 *
 * A hit in A1in changes nothing: uses that follow each other closely count as
 * one. (Johnson and Shasha, VLDB 1994, section 2.2, the full version. Kin is a
 * quarter of the frames, Kout half of them, as they advise; both are rounded
 * down, but at least 1. A page that comes back leaves A1out before room is
 * made for it; where Am is empty, A1in loses a page whatever its size.) */
#ifndef VM_POLICY_TWO_QUEUES_H
#define VM_POLICY_TWO_QUEUES_H

#include "policy/ghost.h"
#include "policy/list.h"

enum { VM_LIST_A1IN, VM_LIST_AM };

VM_ALWAYS_INLINE void
vm_2q_hit (struct vm_tape *t, const struct vm_pool *p, uint32_t frame)
{
  if (p->frames[frame].list != VM_LIST_AM
      || p->record->lists[VM_LIST_AM].newest == frame)
    return;
  vm_tell_page (t, p, VM_STEP_PAGE_MOVE, frame, VM_LIST_AM, 0);
  vm_list_renew (t, p, VM_LIST_AM, frame);
}

static inline uint32_t
vm_2q_choose (const struct vm_pool *p)
{
  uint32_t in = vm_list_oldest (p, VM_LIST_A1IN);
  uint32_t am = vm_list_oldest (p, VM_LIST_AM);

  if (am == VM_NONE)
    return in;
  if (in != VM_NONE && p->record->lists[VM_LIST_A1IN].size > p->record->target)
    return in;
  return am;
}

/* A victim out of A1in is remembered in A1out. */
static inline void
vm_2q_remember (struct vm_tape *t, const struct vm_pool *p, uint32_t frame)
{
  if (p->frames[frame].list != VM_LIST_A1IN)
    return;
  if (p->record->ghost_lists[0].size == p->record->ghosts)
    vm_ghost_forget_oldest (t, p, 0);
  vm_ghost_remember (t, p, 0, p->pages[frame]);
}

#endif
