/* Random: the victim is drawn by lot.
 *
 *   | frame 0 | frame 1 | frame 2 | frame 3 |
 *                  ^
 *        (number drawn >> 32) mod frames
 *
 * It needs no bookkeeping, and no string of references is bad for it on
 * purpose. The numbers are Marsaglia's xorshift64 (13, 7, 17; Journal of
 * Statistical Software 8/14, 2003, section 3); they begin at the seed, so that
 * the same string has the same victims again. */
#ifndef VM_POLICY_RANDOM_H
#define VM_POLICY_RANDOM_H

#include "policy/tell.h"

static inline uint64_t
vm_random_draw (struct vm_tape *t, const struct vm_pool *p)
{
  uint64_t x = p->record->random;

  x ^= x << 13;
  x ^= x >> 7;
  x ^= x << 17;
  vm_put_u64 (t, &p->record->random, x);
  return x;
}

/* The frame drawn, or the next one behind it that has a page that may go. */
static inline uint32_t
vm_random_choose (struct vm_tape *t, const struct vm_pool *p)
{
  uint32_t frames = p->record->frames;
  uint32_t drawn = (uint32_t) ((vm_random_draw (t, p) >> 32) % frames);

  for (uint32_t i = 0; i < frames; i++) {
    uint32_t frame = (uint32_t) (((uint64_t) drawn + i) % frames);
    if (p->frames[frame].used && !p->frames[frame].pinned)
      return frame;
  }
  return VM_NONE;
}

#endif
