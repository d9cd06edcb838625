/* A heap of the frames of a pool: the next victim lies on top.
 *
 *                 slot 0 (rank 2)            each slot's rank is at most
 *                /               \           those of the two below it
 *        slot 1 (rank 5)   slot 2 (rank 3)
 *        /       \
 *   slot 3 (9)  slot 4 (5)
 *
 * A slot keeps a copy of its frame's rank. While ranks only grow, the copies
 * may lag behind: a hit changes the rank alone, and the heap is put right when
 * a victim is wanted, for what lies on top (vm_heap_choose). */
#ifndef VM_POLICY_HEAP_H
#define VM_POLICY_HEAP_H

#include "policy/tell.h"

/* Nobody can foresee what it comes to, so nothing is skipped. */
static inline bool
vm_rank_before (const struct vm_pool_rank *a, const struct vm_pool_rank *b)
{
  return (a->key < b->key) | ((a->key == b->key) & (a->tie < b->tie));
}

static inline bool
vm_rank_same (const struct vm_pool_rank *a, const struct vm_pool_rank *b)
{
  return a->key == b->key && a->tie == b->tie;
}

/* Puts a frame into a slot. */
VM_ALWAYS_INLINE void
vm_heap_put (struct vm_tape *t, const struct vm_pool *p, uint32_t slot,
             uint32_t frame, struct vm_pool_rank rank)
{
  vm_put_u64 (t, &p->heap[slot].rank.key, rank.key);
  vm_put_u64 (t, &p->heap[slot].rank.tie, rank.tie);
  vm_put_u32 (t, &p->heap[slot].frame, frame);
  vm_put_u32 (t, &p->heap[frame].position, slot);
}

/* Puts a frame at a slot, or above it: what it passes moves down. */
static inline void
vm_heap_rise (struct vm_tape *t, const struct vm_pool *p, uint32_t slot,
              uint32_t frame, struct vm_pool_rank rank)
{
  while (slot > 0) {
    uint32_t above = (slot - 1) / 2;
    if (!vm_rank_before (&rank, &p->heap[above].rank))
      break;
    vm_heap_put (t, p, slot, p->heap[above].frame, p->heap[above].rank);
    slot = above;
  }
  vm_heap_put (t, p, slot, frame, rank);
}

/* Puts a frame at a slot, or below it: what it passes moves up. */
static inline void
vm_heap_sink (struct vm_tape *t, const struct vm_pool *p, uint32_t slot,
              uint32_t frame, struct vm_pool_rank rank)
{
  uint32_t end = p->record->heaped;

  for (uint32_t below = 2 * slot + 1; below < end; below = 2 * slot + 1) {
    if (below + 1 < end)
      below += vm_rank_before (&p->heap[below + 1].rank, &p->heap[below].rank);
    if (!vm_rank_before (&p->heap[below].rank, &rank))
      break;
    vm_heap_put (t, p, slot, p->heap[below].frame, p->heap[below].rank);
    slot = below;
  }
  vm_heap_put (t, p, slot, frame, rank);
}

/* A frame whose rank has changed finds its place anew. */
static inline void
vm_heap_move (struct vm_tape *t, const struct vm_pool *p, uint32_t frame)
{
  uint32_t slot = p->heap[frame].position;
  struct vm_pool_rank rank = p->ranks[frame];

  if (vm_rank_before (&rank, &p->heap[slot].rank))
    vm_heap_rise (t, p, slot, frame, rank);
  else
    vm_heap_sink (t, p, slot, frame, rank);
}

static inline void
vm_heap_join (struct vm_tape *t, const struct vm_pool *p, uint32_t frame)
{
  uint32_t slot = p->record->heaped;

  vm_put_u32 (t, &p->record->heaped, slot + 1);
  vm_heap_rise (t, p, slot, frame, p->ranks[frame]);
}

static inline void
vm_heap_leave (struct vm_tape *t, const struct vm_pool *p, uint32_t frame)
{
  uint32_t slot = p->heap[frame].position;
  uint32_t end = p->record->heaped - 1;
  uint32_t last = p->heap[end].frame;
  struct vm_pool_rank rank = p->heap[end].rank;

  vm_put_u32 (t, &p->record->heaped, end);
  if (last == frame)
    return;
  if (vm_rank_before (&rank, &p->heap[slot].rank))
    vm_heap_rise (t, p, slot, last, rank);
  else
    vm_heap_sink (t, p, slot, last, rank);
}

/* Puts the whole heap right after the ranks of all frames have changed. */
static inline void
vm_heap_rebuild (struct vm_tape *t, const struct vm_pool *p)
{
  for (uint32_t slot = p->record->heaped; slot-- > 0;) {
    uint32_t frame = p->heap[slot].frame;
    vm_heap_sink (t, p, slot, frame, p->ranks[frame]);
  }
}

/* The same where keys are below VM_HEAP_KEYS and frames break ties: frames in
 * the order of their ranks are a heap, too, and are put in order by counting.
 */
#define VM_HEAP_KEYS 256u

static inline void
vm_heap_sort (struct vm_tape *t, const struct vm_pool *p, uint32_t keys)
{
  uint32_t frames = p->record->frames, slots[VM_HEAP_KEYS + 1] = {0};

  for (uint32_t i = 0; i < frames; i++)
    slots[p->ranks[i].key + 1] += p->frames[i].used;
  for (uint32_t key = 1; key < keys; key++)
    slots[key] += slots[key - 1];
  for (uint32_t i = 0; i < frames; i++)
    if (p->frames[i].used)
      vm_heap_put (t, p, slots[p->ranks[i].key]++, i, p->ranks[i]);
}

/* Puts right what lies on top, until that is. */
static inline void
vm_heap_settle (struct vm_tape *t, const struct vm_pool *p)
{
  while (p->record->heaped > 0 && !vm_tape_failed (t)) {
    uint32_t frame = p->heap[0].frame;
    if (vm_rank_same (&p->heap[0].rank, &p->ranks[frame]))
      return;
    vm_heap_sink (t, p, 0, frame, p->ranks[frame]);
  }
}

/* How steps spell a key: as it is, but OPT's as the number of the next use,
 * from 1, or 0 for never. */
static inline uint64_t
vm_rank_told (const struct vm_pool *p, uint64_t key)
{
  return p->record->policy == VM_POLICY_OPT ? ~key + 1 : key;
}

/* Tells the rank of each frame that may go. */
static inline void
vm_heap_tell (struct vm_tape *t, const struct vm_pool *p)
{
  if (t == NULL)
    return;
  for (uint32_t i = 0; i < p->record->frames; i++)
    if (p->frames[i].used && !p->frames[i].pinned)
      vm_tell_page (t, p, VM_STEP_PAGE_COMPARE, i,
                    vm_rank_told (p, p->ranks[i].key), p->ranks[i].tie);
}

/* The frame of the smallest rank that is not pinned, or VM_NONE. Only where
 * a pinned one lies on top are all of them looked at. */
static inline uint32_t
vm_heap_choose (struct vm_tape *t, const struct vm_pool *p)
{
  uint32_t best = VM_NONE;

  vm_heap_tell (t, p);
  vm_heap_settle (t, p);
  if (p->record->heaped > 0 && !p->frames[p->heap[0].frame].pinned)
    return p->heap[0].frame;
  for (uint32_t i = 0; i < p->record->frames; i++)
    if (p->frames[i].used && !p->frames[i].pinned
        && (best == VM_NONE || vm_rank_before (&p->ranks[i], &p->ranks[best])))
      best = i;
  return best;
}

/* Gives a frame its rank. */
VM_ALWAYS_INLINE void
vm_rank_put (struct vm_tape *t, const struct vm_pool *p, uint32_t frame,
             uint64_t key, uint64_t tie)
{
  vm_put_u64 (t, &p->ranks[frame].key, key);
  vm_put_u64 (t, &p->ranks[frame].tie, tie);
}

/* One reference passes. True if a tick is due after it. */
VM_ALWAYS_INLINE bool
vm_tick_due (struct vm_tape *t, const struct vm_pool *p)
{
  const struct vm_pool_record *r = p->record;

  vm_put_u32 (t, &r->due, r->due - 1);
  if (r->due != 0)
    return false;
  vm_put_u32 (t, &r->due, r->interval);
  return !vm_tape_failed (t);
}

#endif
