/* Clock: a hand goes round the frames and spares those used since it passed.
 *
 *            frame 0              The hand finds the bit of frame 1 set: it
 *            bit 1                clears the bit and goes on. Frame 2 has its
 *   frame 3         frame 1       bit clear: that page is the victim, and the
 *   bit 1           bit 1  <--    hand comes to rest behind it.
 *            frame 2     hand
 *            bit 0
 *
 * A hit sets the bit. With CLOCK_SET the reference that loads a page sets it,
 * too, as a processor does that runs the faulting instruction again; with
 * CLOCK_CLEAR a page must be used once more to be spared. Their counts differ.
 * The hand begins at frame 0. (F. J. Corbato, A Paging Experiment with the
 * Multics System, 1968; Tanenbaum, "The Clock page replacement algorithm".) */
#ifndef VM_POLICY_CLOCK_H
#define VM_POLICY_CLOCK_H

#include "policy/tell.h"

VM_ALWAYS_INLINE void
vm_clock_hit (struct vm_tape *t, const struct vm_pool *p, uint32_t frame)
{
  if (p->frames[frame].referenced)
    return;
  vm_tell_page (t, p, VM_STEP_PAGE_MARK, frame, 0, 0);
  vm_put_u8 (t, &p->frames[frame].referenced, 1);
}

/* The hand goes on to the next frame. */
VM_ALWAYS_INLINE void
vm_clock_advance (struct vm_tape *t, const struct vm_pool *p)
{
  const struct vm_pool_record *r = p->record;

  vm_put_u32 (t, &r->hand, r->hand + 1 == r->frames ? 0 : r->hand + 1);
}

/* The frame at which the hand stops; the caller sends it on from there. */
VM_ALWAYS_INLINE uint32_t
vm_clock_choose (struct vm_tape *t, const struct vm_pool *p)
{
  const struct vm_pool_record *r = p->record;

  /* The first round clears every bit, so the second finds a victim. */
  for (uint64_t passed = 0; passed < 2 * (uint64_t) r->frames; passed++) {
    const struct vm_pool_frame *f = &p->frames[r->hand];
    bool may_go = f->used && !f->pinned;
    if (may_go && !f->referenced)
      return r->hand;
    if (may_go) {
      vm_tell_page (t, p, VM_STEP_PAGE_SPARE, r->hand, 0, 0);
      vm_put_u8 (t, &f->referenced, 0);
    }
    vm_clock_advance (t, p);
  }
  return VM_NONE;
}

#endif
