/* Ghosts: the numbers of pages that left not long ago, without their frames.
 *
 *   buckets   | . | * | . | * |        where a page's number is looked for
 *                   |       |
 *                   v       v
 *   ghosts    | page 4 | page 9 | ...
 *               oldest --> newest      and, across, in what order they left
 *
 * That a page comes back while its ghost is still there tells a policy that it
 * went too early. */
#ifndef VM_POLICY_GHOST_H
#define VM_POLICY_GHOST_H

#include "policy/tell.h"

/* The bucket of a page (the multiplier is 2^64 over the golden ratio). */
static inline const uint32_t *
vm_ghost_bucket (const struct vm_pool *p, uint64_t page)
{
  uint64_t mixed = page * UINT64_C (0x9e3779b97f4a7c15);

  return &p->buckets[(uint32_t) (mixed >> 32) & (p->record->buckets - 1)];
}

/* The ghost of a page, or VM_NONE. */
static inline uint32_t
vm_ghost_find (const struct vm_pool *p, uint64_t page)
{
  uint32_t ghost = *vm_ghost_bucket (p, page);

  while (ghost != VM_NONE && p->ghosts[ghost].page != page)
    ghost = p->ghosts[ghost].chain;
  return ghost;
}

/* Takes a ghost out of its bucket. */
static inline void
vm_ghost_unchain (struct vm_tape *t, const struct vm_pool *p, uint32_t ghost)
{
  const uint32_t *link = vm_ghost_bucket (p, p->ghosts[ghost].page);

  while (*link != ghost && *link != VM_NONE)
    link = &p->ghosts[*link].chain;
  vm_put_u32 (t, link, p->ghosts[ghost].chain);
}

/* Takes a ghost out of its list. */
static inline void
vm_ghost_unlink (struct vm_tape *t, const struct vm_pool *p, uint32_t ghost)
{
  const struct vm_pool_ghost *g = &p->ghosts[ghost];
  const struct vm_pool_list *list = &p->record->ghost_lists[g->list];

  if (g->older != VM_NONE)
    vm_put_u32 (t, &p->ghosts[g->older].newer, g->newer);
  else
    vm_put_u32 (t, &list->oldest, g->newer);
  if (g->newer != VM_NONE)
    vm_put_u32 (t, &p->ghosts[g->newer].older, g->older);
  else
    vm_put_u32 (t, &list->newest, g->older);
  vm_put_u32 (t, &list->size, list->size - 1);
}

/* A page is no longer remembered; its place is free for another. */
static inline void
vm_ghost_forget (struct vm_tape *t, const struct vm_pool *p, uint32_t ghost)
{
  vm_ghost_unchain (t, p, ghost);
  vm_ghost_unlink (t, p, ghost);
  vm_put_u32 (t, &p->ghosts[ghost].older, p->record->ghost_left);
  vm_put_u32 (t, &p->record->ghost_left, ghost);
}

/* Forgets the page that left list number n longest ago, if there is one. */
static inline void
vm_ghost_forget_oldest (struct vm_tape *t, const struct vm_pool *p, uint8_t n)
{
  uint32_t oldest = p->record->ghost_lists[n].oldest;

  if (oldest == VM_NONE)
    return;
  vm_tell_ghost (t, p, VM_STEP_GHOST_DROP, p->ghosts[oldest].page, n);
  vm_ghost_forget (t, p, oldest);
}

/* A place for another ghost: one that was left, or one never used. */
static inline uint32_t
vm_ghost_take (struct vm_tape *t, const struct vm_pool *p)
{
  const struct vm_pool_record *r = p->record;
  uint32_t ghost = r->ghost_left;

  if (ghost != VM_NONE) {
    vm_put_u32 (t, &r->ghost_left, p->ghosts[ghost].older);
    return ghost;
  }
  if (r->ghost_free == r->ghosts)
    return VM_NONE;
  vm_put_u32 (t, &r->ghost_free, r->ghost_free + 1);
  return r->ghost_free - 1;
}

/* Remembers a page that leaves, as the newest of list number n. Where there is
 * no place left, nothing happens: the caller has forgotten another one. */
static inline void
vm_ghost_remember (struct vm_tape *t, const struct vm_pool *p, uint8_t n,
                   uint64_t page)
{
  const struct vm_pool_list *list = &p->record->ghost_lists[n];
  const uint32_t *bucket = vm_ghost_bucket (p, page);
  vm_tell_ghost (t, p, VM_STEP_GHOST_KEEP, page, n);
  uint32_t ghost = vm_ghost_take (t, p);

  if (ghost == VM_NONE || vm_tape_failed (t))
    return;
  vm_put_u64 (t, &p->ghosts[ghost].page, page);
  vm_put_u32 (t, &p->ghosts[ghost].chain, *bucket);
  vm_put_u32 (t, bucket, ghost);
  vm_put_u32 (t, &p->ghosts[ghost].list, n);
  vm_put_u32 (t, &p->ghosts[ghost].older, list->newest);
  vm_put_u32 (t, &p->ghosts[ghost].newer, VM_NONE);
  if (list->newest != VM_NONE)
    vm_put_u32 (t, &p->ghosts[list->newest].newer, ghost);
  else
    vm_put_u32 (t, &list->oldest, ghost);
  vm_put_u32 (t, &list->newest, ghost);
  vm_put_u32 (t, &list->size, list->size + 1);
}

#endif
