/* S3-FIFO: a small queue, a main queue, and the ghosts of the small one.
 *
 *   load --> | S ... | --> used twice or more: M, its count 0 again
 *             a tenth      else: victim, whose number goes to
 *                          | G ....... |
 *                                 | loaded again
 *                                 v
 *                          | M ........... | --> count 0: victim
 *                              ^               | else: round again, one less
 *                              +---------------+
 *
 * Most pages are used once: S lets them go quickly. A hit adds one to the
 * page's count, up to 3. While S has a tenth of the frames or more, it loses
 * a page, else M does. (Yang and others, SOSP 2023, section 4.1, algorithm 1.
 * G holds nine tenths of the frames, rounded down, at least 1. One page goes
 * at a time: when M, being full, loses one for a page of S, that is all.) */
#ifndef VM_POLICY_S3_FIFO_H
#define VM_POLICY_S3_FIFO_H

#include "policy/ghost.h"
#include "policy/list.h"

#define VM_S3_MOST 3u /* a count goes no higher */

enum { VM_LIST_SMALL, VM_LIST_MAIN };

VM_ALWAYS_INLINE void
vm_s3_hit (struct vm_tape *t, const struct vm_pool *p, uint32_t frame)
{
  uint8_t count = p->frames[frame].count;

  if (count >= VM_S3_MOST)
    return;
  vm_tell_page (t, p, VM_STEP_PAGE_COUNT, frame, count + 1u, 0);
  vm_put_u8 (t, &p->frames[frame].count, (uint8_t) (count + 1));
}

VM_ALWAYS_INLINE void
vm_s3_enter (struct vm_tape *t, const struct vm_pool *p, uint32_t frame,
             uint32_t recalled)
{
  vm_put_u8 (t, &p->frames[frame].count, 0);
  vm_list_join (t, p, recalled != 0 ? VM_LIST_MAIN : VM_LIST_SMALL, frame);
}

/* The victim among those of the main queue, or VM_NONE. */
static inline uint32_t
vm_s3_choose_main (struct vm_tape *t, const struct vm_pool *p)
{
  uint32_t frame = vm_list_oldest (p, VM_LIST_MAIN);

  while (frame != VM_NONE && p->frames[frame].count > 0
         && !vm_tape_failed (t)) {
    uint8_t count = (uint8_t) (p->frames[frame].count - 1);
    vm_tell_page (t, p, VM_STEP_PAGE_SPARE, frame, count, 0);
    vm_put_u8 (t, &p->frames[frame].count, count);
    vm_list_renew (t, p, VM_LIST_MAIN, frame);
    frame = vm_list_oldest (p, VM_LIST_MAIN);
  }
  return frame;
}

/* The victim among those of the small queue, or of the main one when that
 * overflows with what the small one gives up. VM_NONE if the small queue ran
 * empty. */
static inline uint32_t
vm_s3_choose_small (struct vm_tape *t, const struct vm_pool *p)
{
  const struct vm_pool_list *main = &p->record->lists[VM_LIST_MAIN];
  uint32_t frame = vm_list_oldest (p, VM_LIST_SMALL);

  while (frame != VM_NONE && p->frames[frame].count > 1
         && !vm_tape_failed (t)) {
    bool full = 10 * (uint64_t) main->size >= 9 * (uint64_t) p->record->frames;
    vm_tell_page (t, p, VM_STEP_PAGE_MOVE, frame, VM_LIST_MAIN, 0);
    vm_put_u8 (t, &p->frames[frame].count, 0);
    vm_list_leave (t, p, frame);
    vm_list_join (t, p, VM_LIST_MAIN, frame);
    if (full)
      return vm_s3_choose_main (t, p);
    frame = vm_list_oldest (p, VM_LIST_SMALL);
  }
  return frame;
}

static inline uint32_t
vm_s3_choose (struct vm_tape *t, const struct vm_pool *p)
{
  uint64_t small = p->record->lists[VM_LIST_SMALL].size;
  uint32_t frame = VM_NONE;

  if (10 * small >= p->record->frames)
    frame = vm_s3_choose_small (t, p);
  if (frame == VM_NONE)
    frame = vm_s3_choose_main (t, p);
  return frame != VM_NONE ? frame : vm_s3_choose_small (t, p);
}

/* A victim out of the small queue is remembered. */
static inline void
vm_s3_remember (struct vm_tape *t, const struct vm_pool *p, uint32_t frame)
{
  if (p->frames[frame].list != VM_LIST_SMALL)
    return;
  if (p->record->ghost_lists[0].size == p->record->ghosts)
    vm_ghost_forget_oldest (t, p, 0);
  vm_ghost_remember (t, p, 0, p->pages[frame]);
}

#endif
