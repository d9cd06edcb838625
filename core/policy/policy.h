/* Which page goes when memory is full: one interface to all policies.
 *
 *   the page lies in a frame      vm_policy_hit
 *   it does not                   vm_policy_fault: chooses a frame, an empty
 *                                 one or that of a victim, and loads the page
 *   one page at a time is wanted  vm_policy_evict, vm_policy_load
 *   a page vanished by itself     vm_policy_remove
 *
 * Which frame a page lies in is the caller's to know: page tables know it, or
 * a table of his. Each policy is one file. All functions are folded into the
 * caller: with a policy that is a constant, and no tape, what remains of a
 * hit is a few instructions; a loop over a trace is therefore written once,
 * and called with each constant by a switch outside of it.
 *
 * No function allocates, and none can fail but for lack of a page that may go:
 * pinned pages are passed over. */
#ifndef VM_POLICY_H
#define VM_POLICY_H

#include "error.h"
#include "policy/clock.h"
#include "policy/fifo.h"
#include "policy/lru.h"

/* What a policy is called, and what it needs. */
struct vm_policy_info {
  const char *name; /* as on the command line */
  bool ranks;       /* needs ranks and heap */
  bool ghosts;      /* needs ghosts and buckets */
};

const struct vm_policy_info *vm_policy_info_of (enum vm_policy policy);

/* The policy of that name; false if there is none. */
bool vm_policy_named (const char *name, enum vm_policy *policy);

/* How a pool is to be made. What is 0 becomes the policy's default. */
struct vm_pool_config {
  enum vm_policy policy;
  uint32_t frames; /* at least 1, below VM_NONE / 2 */
  uint32_t name;   /* interned, or 0 */
  uint64_t seed;
};

/* Writes the record of an empty pool, whose parts are all zero. */
void vm_pool_init (struct vm_tape *t, const struct vm_pool *pool,
                   const struct vm_pool_config *config);

/* An empty pool in memory of its own, to be released with vm_pool_done. False
 * if the host gives no memory; then nothing is to be released. */
bool vm_pool_new (struct vm_pool *pool, const struct vm_pool_config *config);
void vm_pool_done (struct vm_pool *pool);

/* Bytes of memory that such a pool takes. */
uint64_t vm_pool_bytes (const struct vm_pool_config *config);

/* The page that was thrown out, where one was. */
struct vm_eviction {
  bool evicted;
  bool dirty;
  uint64_t page;
};

/* A reference to the page in a frame. */
VM_ALWAYS_INLINE void
vm_policy_hit (struct vm_tape *t, enum vm_policy policy,
               const struct vm_pool *p, uint32_t frame,
               struct vm_reference reference)
{
  if (reference.write && !p->frames[frame].dirty)
    vm_put_u8 (t, &p->frames[frame].dirty, 1);

  switch (policy) {
  case VM_POLICY_LRU:
  case VM_POLICY_MRU:
    vm_lru_hit (t, p, frame);
    break;
  case VM_POLICY_CLOCK_SET:
  case VM_POLICY_CLOCK_CLEAR:
    vm_clock_hit (t, p, frame);
    break;
  case VM_POLICY_FIFO:
  case VM_POLICY_SECOND_CHANCE:
  case VM_POLICY_NRU:
  case VM_POLICY_AGING:
  case VM_POLICY_LFU:
  case VM_POLICY_LFU_AGING:
  case VM_POLICY_RANDOM:
  case VM_POLICY_OPT:
  case VM_POLICY_TWO_LIST:
  case VM_POLICY_2Q:
  case VM_POLICY_ARC:
  case VM_POLICY_SIEVE:
  case VM_POLICY_S3_FIFO:
    break;
  }
}

/* The lowest empty frame, or VM_NONE if all hold pages. */
VM_ALWAYS_INLINE uint32_t
vm_pool_empty (const struct vm_pool *p)
{
  const struct vm_pool_record *r = p->record;
  uint32_t frame = r->lowest;

  if (r->used == r->frames)
    return VM_NONE;
  while (frame < r->frames && p->frames[frame].used)
    frame++;
  return frame < r->frames ? frame : VM_NONE;
}

/* Where the policy looks for a victim: its frame, or VM_NONE. */
VM_ALWAYS_INLINE uint32_t
vm_policy_choose (struct vm_tape *t, enum vm_policy policy,
                  const struct vm_pool *p)
{
  switch (policy) {
  case VM_POLICY_FIFO:
    return vm_fifo_choose (p);
  case VM_POLICY_LRU:
    return vm_lru_choose (p);
  case VM_POLICY_MRU:
    return vm_mru_choose (p);
  case VM_POLICY_CLOCK_SET:
  case VM_POLICY_CLOCK_CLEAR:
    return vm_clock_choose (t, p);
  case VM_POLICY_SECOND_CHANCE:
  case VM_POLICY_NRU:
  case VM_POLICY_AGING:
  case VM_POLICY_LFU:
  case VM_POLICY_LFU_AGING:
  case VM_POLICY_RANDOM:
  case VM_POLICY_OPT:
  case VM_POLICY_TWO_LIST:
  case VM_POLICY_2Q:
  case VM_POLICY_ARC:
  case VM_POLICY_SIEVE:
  case VM_POLICY_S3_FIFO:
    break;
  }
  return VM_NONE;
}

/* A frame gives up its page. What the frame and pages[frame] say about it can
 * be read until the next page is loaded there. */
VM_ALWAYS_INLINE void
vm_policy_remove (struct vm_tape *t, enum vm_policy policy,
                  const struct vm_pool *p, uint32_t frame)
{
  const struct vm_pool_record *r = p->record;

  switch (policy) {
  case VM_POLICY_FIFO:
  case VM_POLICY_LRU:
  case VM_POLICY_MRU:
    vm_list_leave (t, p, frame);
    break;
  case VM_POLICY_CLOCK_SET:
  case VM_POLICY_CLOCK_CLEAR:
    break;
  case VM_POLICY_SECOND_CHANCE:
  case VM_POLICY_NRU:
  case VM_POLICY_AGING:
  case VM_POLICY_LFU:
  case VM_POLICY_LFU_AGING:
  case VM_POLICY_RANDOM:
  case VM_POLICY_OPT:
  case VM_POLICY_TWO_LIST:
  case VM_POLICY_2Q:
  case VM_POLICY_ARC:
  case VM_POLICY_SIEVE:
  case VM_POLICY_S3_FIFO:
    break;
  }
  vm_put_u8 (t, &p->frames[frame].used, 0);
  vm_put_u32 (t, &r->used, r->used - 1);
  if (frame < r->lowest)
    vm_put_u32 (t, &r->lowest, frame);
}

/* Throws a page out, and says which frame is empty now. VM_NONE if none may
 * go. */
VM_ALWAYS_INLINE uint32_t
vm_policy_evict (struct vm_tape *t, enum vm_policy policy,
                 const struct vm_pool *p)
{
  uint32_t frame = vm_policy_choose (t, policy, p);

  if (frame != VM_NONE)
    vm_policy_remove (t, policy, p, frame);
  return frame;
}

/* Loads a page into a frame, which is empty, on behalf of a reference. */
VM_ALWAYS_INLINE void
vm_policy_load (struct vm_tape *t, enum vm_policy policy,
                const struct vm_pool *p, uint32_t frame,
                struct vm_reference reference)
{
  const struct vm_pool_record *r = p->record;

  vm_put_u64 (t, &p->pages[frame], reference.page);
  vm_put_u8 (t, &p->frames[frame].used, 1);
  vm_put_u8 (t, &p->frames[frame].dirty, reference.write);
  vm_put_u32 (t, &r->used, r->used + 1);
  if (frame == r->lowest)
    vm_put_u32 (t, &r->lowest, frame + 1);

  switch (policy) {
  case VM_POLICY_FIFO:
    vm_fifo_enter (t, p, frame);
    break;
  case VM_POLICY_LRU:
  case VM_POLICY_MRU:
    vm_lru_enter (t, p, frame);
    break;
  case VM_POLICY_CLOCK_SET:
    vm_clock_hit (t, p, frame);
    break;
  case VM_POLICY_CLOCK_CLEAR:
    vm_put_u8 (t, &p->frames[frame].referenced, 0);
    break;
  case VM_POLICY_SECOND_CHANCE:
  case VM_POLICY_NRU:
  case VM_POLICY_AGING:
  case VM_POLICY_LFU:
  case VM_POLICY_LFU_AGING:
  case VM_POLICY_RANDOM:
  case VM_POLICY_OPT:
  case VM_POLICY_TWO_LIST:
  case VM_POLICY_2Q:
  case VM_POLICY_ARC:
  case VM_POLICY_SIEVE:
  case VM_POLICY_S3_FIFO:
    break;
  }
}

/* A reference to a page that lies in no frame: loads it, throwing another one
 * out where no frame is empty. Returns its frame; VM_NONE, and nothing was
 * loaded, if every page is pinned. */
VM_ALWAYS_INLINE uint32_t
vm_policy_fault (struct vm_tape *t, enum vm_policy policy,
                 const struct vm_pool *p, struct vm_reference reference,
                 struct vm_eviction *victim)
{
  uint32_t frame = vm_pool_empty (p);

  victim->evicted = false;
  if (frame == VM_NONE) {
    frame = vm_policy_evict (t, policy, p);
    if (frame == VM_NONE)
      return VM_NONE;
    victim->evicted = true;
    victim->dirty = p->frames[frame].dirty;
    victim->page = p->pages[frame];
  }
  vm_policy_load (t, policy, p, frame, reference);
  return frame;
}

#endif
