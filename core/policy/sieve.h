/* SIEVE: a queue whose pages never move, and a hand that goes through it.
 *
 *   loaded first                              loaded last
 *   | frame 1 | frame 3 | frame 0 | frame 2 | <-- load
 *     bit 0     bit 1     bit 0     bit 0
 *                ^
 *               hand: clears the bit of frame 3, goes on to frame 0, whose bit
 *               is clear: the victim; the next search begins behind it
 *
 * A hit sets the bit; a page is loaded with its bit clear. At the end the hand
 * begins anew with the page that was loaded first. Unlike Clock, SIEVE leaves
 * the page that was spared where it is, so new pages are looked at soon.
 * (Zhang and others, NSDI 2024, algorithm 1.) */
#ifndef VM_POLICY_SIEVE_H
#define VM_POLICY_SIEVE_H

#include "policy/list.h"

VM_ALWAYS_INLINE void
vm_sieve_hit (struct vm_tape *t, const struct vm_pool *p, uint32_t frame)
{
  if (p->frames[frame].referenced)
    return;
  vm_tell_page (t, p, VM_STEP_PAGE_MARK, frame, 0, 0);
  vm_put_u8 (t, &p->frames[frame].referenced, 1);
}

VM_ALWAYS_INLINE void
vm_sieve_enter (struct vm_tape *t, const struct vm_pool *p, uint32_t frame)
{
  vm_list_join (t, p, 0, frame);
  vm_put_u8 (t, &p->frames[frame].referenced, 0);
}

/* A frame that leaves the queue must not keep the hand. */
VM_ALWAYS_INLINE void
vm_sieve_leave (struct vm_tape *t, const struct vm_pool *p, uint32_t frame)
{
  if (p->record->hand == frame)
    vm_put_u32 (t, &p->record->hand, p->frames[frame].newer);
  vm_list_leave (t, p, frame);
}

static inline uint32_t
vm_sieve_choose (struct vm_tape *t, const struct vm_pool *p)
{
  const struct vm_pool_record *r = p->record;

  /* The first round clears every bit, so the second finds a victim. */
  for (uint64_t passed = 0; passed < 2 * (uint64_t) r->frames; passed++) {
    uint32_t frame = r->hand != VM_NONE ? r->hand : r->lists[0].oldest;
    if (frame == VM_NONE)
      return VM_NONE;
    const struct vm_pool_frame *f = &p->frames[frame];
    if (!f->pinned && !f->referenced) {
      vm_put_u32 (t, &r->hand, frame);
      return frame;
    }
    if (!f->pinned) {
      vm_tell_page (t, p, VM_STEP_PAGE_SPARE, frame, 0, 0);
      vm_put_u8 (t, &f->referenced, 0);
    }
    vm_put_u32 (t, &r->hand, f->newer);
  }
  return VM_NONE;
}

#endif
