/* Which page goes when memory is full: one interface to all policies.
 *
 *   the page lies in a frame      vm_policy_hit
 *   it does not                   vm_policy_fault: chooses a frame, an empty
 *                                 one or that of a victim, and loads the page
 *   the same in parts             vm_policy_recall, vm_policy_evict,
 *                                 vm_policy_load
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
#include "policy/aging.h"
#include "policy/arc.h"
#include "policy/clock.h"
#include "policy/fifo.h"
#include "policy/lfu.h"
#include "policy/lru.h"
#include "policy/nru.h"
#include "policy/opt.h"
#include "policy/random.h"
#include "policy/s3_fifo.h"
#include "policy/second_chance.h"
#include "policy/sieve.h"
#include "policy/two_list.h"
#include "policy/two_queues.h"

/* What a policy is called, and what it needs. */
struct vm_policy_info {
  const char *name; /* as on the command line */
  bool ranks;       /* needs ranks and heap */
  bool ghosts;      /* needs ghosts and buckets */
};

const struct vm_policy_info *vm_policy_info_of (enum vm_policy policy);

/* The policy of that name; false if there is none. */
bool vm_policy_named (const char *name, enum vm_policy *policy);

/* Frames that one pool can have. */
#define VM_POOL_MOST (1u << 29)

/* How a pool is to be made. What is 0 becomes the policy's default. */
struct vm_pool_config {
  enum vm_policy policy;
  uint32_t frames;   /* at least 1, below VM_NONE / 2 */
  uint32_t name;     /* interned, or 0 */
  uint64_t seed;     /* of random */
  uint32_t interval; /* references between two ticks of nru, aging, lfu-aging */
};

/* Writes the record of an empty pool, whose parts are all zero. */
void vm_pool_init (struct vm_tape *t, const struct vm_pool *pool,
                   const struct vm_pool_config *config);

/* An empty pool in memory of its own, to be released with vm_pool_done. False
 * if the host gives no memory; then nothing is to be released. */
bool vm_pool_new (struct vm_pool *pool, const struct vm_pool_config *config);
void vm_pool_done (struct vm_pool *pool);

/* A pool with the contents of another that was made by vm_pool_new with this
 * configuration. False as above. */
bool vm_pool_copy (struct vm_pool *to, const struct vm_pool *from,
                   const struct vm_pool_config *config);

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
  case VM_POLICY_FIFO:
  case VM_POLICY_RANDOM:
    return;
  case VM_POLICY_LRU:
  case VM_POLICY_MRU:
    vm_lru_hit (t, p, frame);
    return;
  case VM_POLICY_CLOCK_SET:
  case VM_POLICY_CLOCK_CLEAR:
    vm_clock_hit (t, p, frame);
    return;
  case VM_POLICY_SECOND_CHANCE:
    vm_second_chance_hit (t, p, frame);
    return;
  case VM_POLICY_NRU:
    vm_nru_hit (t, p, frame);
    return;
  case VM_POLICY_AGING:
    vm_aging_hit (t, p, frame);
    return;
  case VM_POLICY_LFU:
    vm_lfu_hit (t, p, frame);
    return;
  case VM_POLICY_LFU_AGING:
    vm_lfu_aging_hit (t, p, frame);
    return;
  case VM_POLICY_OPT:
    vm_opt_hit (t, p, frame, reference.next);
    return;
  case VM_POLICY_TWO_LIST:
    vm_two_list_hit (t, p, frame);
    return;
  case VM_POLICY_2Q:
    vm_2q_hit (t, p, frame);
    return;
  case VM_POLICY_ARC:
    vm_arc_hit (t, p, frame);
    return;
  case VM_POLICY_SIEVE:
    vm_sieve_hit (t, p, frame);
    return;
  case VM_POLICY_S3_FIFO:
    vm_s3_hit (t, p, frame);
    return;
  }
}

/* A page is to come in: if it is remembered as one that left, the policy
 * learns from that, and forgets its ghost. Returns 0 if it is not remembered,
 * else 1 + the number of the ghost list that it was in. */
VM_ALWAYS_INLINE uint32_t
vm_policy_recall (struct vm_tape *t, enum vm_policy policy,
                  const struct vm_pool *p, uint64_t page)
{
  if (policy != VM_POLICY_2Q && policy != VM_POLICY_ARC
      && policy != VM_POLICY_S3_FIFO)
    return 0;
  uint32_t ghost = vm_ghost_find (p, page);
  if (ghost == VM_NONE)
    return 0;

  uint32_t list = p->ghosts[ghost].list;
  vm_tell_ghost (t, p, VM_STEP_GHOST_HIT, page, list);
  if (policy == VM_POLICY_ARC)
    vm_arc_put_target (t, p, vm_arc_adapt (p->record, list));
  vm_ghost_forget (t, p, ghost);
  return 1 + list;
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
                  const struct vm_pool *p, uint32_t recalled)
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
    return vm_second_chance_choose (t, p);
  case VM_POLICY_NRU:
  case VM_POLICY_AGING:
  case VM_POLICY_LFU:
  case VM_POLICY_LFU_AGING:
    return vm_heap_choose (t, p);
  case VM_POLICY_RANDOM:
    return vm_random_choose (t, p);
  case VM_POLICY_OPT:
    return vm_opt_choose (t, p);
  case VM_POLICY_TWO_LIST:
    return vm_two_list_choose (t, p);
  case VM_POLICY_2Q:
    return vm_2q_choose (p);
  case VM_POLICY_ARC:
    return vm_arc_choose (t, p, recalled);
  case VM_POLICY_SIEVE:
    return vm_sieve_choose (t, p);
  case VM_POLICY_S3_FIFO:
    return vm_s3_choose (t, p);
  }
  return VM_NONE;
}

/* A frame gives up its page, and leaves no ghost. What the frame and
 * pages[frame] say can be read until the next page is loaded there. */
VM_ALWAYS_INLINE void
vm_policy_remove (struct vm_tape *t, enum vm_policy policy,
                  const struct vm_pool *p, uint32_t frame)
{
  const struct vm_pool_record *r = p->record;

  switch (policy) {
  case VM_POLICY_CLOCK_SET:
  case VM_POLICY_CLOCK_CLEAR:
  case VM_POLICY_RANDOM:
    break;
  case VM_POLICY_NRU:
  case VM_POLICY_AGING:
  case VM_POLICY_LFU:
  case VM_POLICY_LFU_AGING:
    vm_heap_leave (t, p, frame);
    break;
  case VM_POLICY_OPT:
    vm_opt_leave (t, p, frame);
    break;
  case VM_POLICY_SIEVE:
    vm_sieve_leave (t, p, frame);
    break;
  case VM_POLICY_FIFO:
  case VM_POLICY_LRU:
  case VM_POLICY_MRU:
  case VM_POLICY_SECOND_CHANCE:
  case VM_POLICY_TWO_LIST:
  case VM_POLICY_2Q:
  case VM_POLICY_ARC:
  case VM_POLICY_S3_FIFO:
    vm_list_leave (t, p, frame);
    break;
  }
  vm_put_u8 (t, &p->frames[frame].used, 0);
  vm_put_u32 (t, &r->used, r->used - 1);
  if (frame < r->lowest)
    vm_put_u32 (t, &r->lowest, frame);
}

/* Throws a page out, and says which frame is empty now; what it held can still
 * be read there. recalled is what vm_policy_recall said of the page for whose
 * sake it goes, 0 if there is none. VM_NONE if none may go. */
VM_ALWAYS_INLINE uint32_t
vm_policy_evict (struct vm_tape *t, enum vm_policy policy,
                 const struct vm_pool *p, uint32_t recalled)
{
  uint32_t frame = vm_policy_choose (t, policy, p, recalled);

  if (frame == VM_NONE)
    return VM_NONE;
  vm_tell_page (t, p, VM_STEP_PAGE_VICTIM, frame,
                t != NULL && vm_policy_info_of (policy)->ranks
                    ? vm_rank_told (p, p->ranks[frame].key)
                    : 0,
                p->frames[frame].dirty);
  if (policy == VM_POLICY_CLOCK_SET || policy == VM_POLICY_CLOCK_CLEAR)
    vm_clock_advance (t, p);
  vm_policy_remove (t, policy, p, frame);
  if (policy == VM_POLICY_2Q)
    vm_2q_remember (t, p, frame);
  else if (policy == VM_POLICY_ARC)
    vm_arc_remember (t, p, frame, recalled);
  else if (policy == VM_POLICY_S3_FIFO)
    vm_s3_remember (t, p, frame);
  return frame;
}

/* A page that was just loaded takes its place among the others. */
VM_ALWAYS_INLINE void
vm_policy_enter (struct vm_tape *t, enum vm_policy policy,
                 const struct vm_pool *p, uint32_t frame, uint64_t next,
                 uint32_t recalled)
{
  switch (policy) {
  case VM_POLICY_FIFO:
    vm_fifo_enter (t, p, frame);
    return;
  case VM_POLICY_LRU:
  case VM_POLICY_MRU:
    vm_lru_enter (t, p, frame);
    return;
  case VM_POLICY_CLOCK_SET:
    vm_put_u8 (t, &p->frames[frame].referenced, 1);
    return;
  case VM_POLICY_CLOCK_CLEAR:
    vm_put_u8 (t, &p->frames[frame].referenced, 0);
    return;
  case VM_POLICY_SECOND_CHANCE:
    vm_second_chance_enter (t, p, frame);
    return;
  case VM_POLICY_NRU:
    vm_nru_enter (t, p, frame);
    return;
  case VM_POLICY_AGING:
    vm_aging_enter (t, p, frame);
    return;
  case VM_POLICY_LFU:
    vm_lfu_enter (t, p, frame);
    return;
  case VM_POLICY_LFU_AGING:
    vm_lfu_aging_enter (t, p, frame);
    return;
  case VM_POLICY_RANDOM:
    return;
  case VM_POLICY_OPT:
    vm_opt_enter (t, p, frame, next);
    return;
  case VM_POLICY_TWO_LIST:
    vm_two_list_enter (t, p, frame);
    return;
  case VM_POLICY_2Q:
  case VM_POLICY_ARC:
    vm_list_join (t, p, recalled != 0 ? 1 : 0, frame);
    return;
  case VM_POLICY_SIEVE:
    vm_sieve_enter (t, p, frame);
    return;
  case VM_POLICY_S3_FIFO:
    vm_s3_enter (t, p, frame, recalled);
    return;
  }
}

/* Loads a page into a frame, which is empty, on behalf of a reference. */
VM_ALWAYS_INLINE void
vm_policy_load (struct vm_tape *t, enum vm_policy policy,
                const struct vm_pool *p, uint32_t frame,
                struct vm_reference reference, uint32_t recalled)
{
  const struct vm_pool_record *r = p->record;

  if (t != NULL)
    vm_step_leaf (t, VM_STEP_PAGE_LOAD,
                  (uint64_t[VM_STEP_VALUES]){r->name, reference.page, frame,
                                             policy, recalled != 0,
                                             reference.write});
  vm_put_u64 (t, &p->pages[frame], reference.page);
  vm_put_u8 (t, &p->frames[frame].used, 1);
  vm_put_u8 (t, &p->frames[frame].dirty, reference.write);
  vm_put_u32 (t, &r->used, r->used + 1);
  if (frame == r->lowest)
    vm_put_u32 (t, &r->lowest, frame + 1);
  vm_policy_enter (t, policy, p, frame, reference.next, recalled);
}

/* A reference to a page that lies in no frame: loads it, throwing another one
 * out where no frame is empty. Returns its frame; VM_NONE, and nothing was
 * loaded, if every page is pinned. */
VM_ALWAYS_INLINE uint32_t
vm_policy_fault (struct vm_tape *t, enum vm_policy policy,
                 const struct vm_pool *p, struct vm_reference reference,
                 struct vm_eviction *victim)
{
  uint32_t recalled = vm_policy_recall (t, policy, p, reference.page);
  uint32_t frame = vm_pool_empty (p);

  victim->evicted = false;
  if (frame == VM_NONE) {
    frame = vm_policy_evict (t, policy, p, recalled);
    if (frame == VM_NONE)
      return VM_NONE;
    victim->evicted = true;
    victim->dirty = p->frames[frame].dirty;
    victim->page = p->pages[frame];
  }
  vm_policy_load (t, policy, p, frame, reference, recalled);
  return frame;
}

#endif
