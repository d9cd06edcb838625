/* Lists through the frames of a pool.
 *
 *   oldest --> frame 2 --newer--> frame 0 --newer--> frame 1 <-- newest
 *                      <--older--         <--older--
 *
 * A page joins at the newest end; victims are looked for from the oldest. */
#ifndef VM_POLICY_LIST_H
#define VM_POLICY_LIST_H

#include "policy/tell.h"

/* Takes a frame out of between its neighbours; the size stays. */
VM_ALWAYS_INLINE void
vm_list_unlink (struct vm_tape *t, const struct vm_pool *p,
                const struct vm_pool_list *list, uint32_t frame)
{
  uint32_t older = p->frames[frame].older;
  uint32_t newer = p->frames[frame].newer;

  if (older != VM_NONE)
    vm_put_u32 (t, &p->frames[older].newer, newer);
  else
    vm_put_u32 (t, &list->oldest, newer);
  if (newer != VM_NONE)
    vm_put_u32 (t, &p->frames[newer].older, older);
  else
    vm_put_u32 (t, &list->newest, older);
}

/* Puts a frame at the newest end; the size stays. */
VM_ALWAYS_INLINE void
vm_list_link (struct vm_tape *t, const struct vm_pool *p,
              const struct vm_pool_list *list, uint32_t frame)
{
  uint32_t older = list->newest;

  vm_put_u32 (t, &p->frames[frame].older, older);
  vm_put_u32 (t, &p->frames[frame].newer, VM_NONE);
  if (older != VM_NONE)
    vm_put_u32 (t, &p->frames[older].newer, frame);
  else
    vm_put_u32 (t, &list->oldest, frame);
  vm_put_u32 (t, &list->newest, frame);
}

/* A frame that is in no list joins list number n. */
VM_ALWAYS_INLINE void
vm_list_join (struct vm_tape *t, const struct vm_pool *p, uint8_t n,
              uint32_t frame)
{
  const struct vm_pool_list *list = &p->record->lists[n];

  vm_list_link (t, p, list, frame);
  vm_put_u32 (t, &list->size, list->size + 1);
  vm_put_u8 (t, &p->frames[frame].list, n);
}

/* A frame leaves the list that it is in. */
VM_ALWAYS_INLINE void
vm_list_leave (struct vm_tape *t, const struct vm_pool *p, uint32_t frame)
{
  const struct vm_pool_list *list = &p->record->lists[p->frames[frame].list];

  vm_list_unlink (t, p, list, frame);
  vm_put_u32 (t, &list->size, list->size - 1);
}

/* A frame of list number n becomes the newest of it. */
VM_ALWAYS_INLINE void
vm_list_renew (struct vm_tape *t, const struct vm_pool *p, uint8_t n,
               uint32_t frame)
{
  const struct vm_pool_list *list = &p->record->lists[n];

  if (list->newest == frame)
    return;
  vm_list_unlink (t, p, list, frame);
  vm_list_link (t, p, list, frame);
}

/* The oldest frame of list number n that is not pinned, or VM_NONE. */
VM_ALWAYS_INLINE uint32_t
vm_list_oldest (const struct vm_pool *p, uint8_t n)
{
  uint32_t frame = p->record->lists[n].oldest;

  while (frame != VM_NONE && p->frames[frame].pinned)
    frame = p->frames[frame].newer;
  return frame;
}

/* The newest frame of list number n that is not pinned, or VM_NONE. */
VM_ALWAYS_INLINE uint32_t
vm_list_newest (const struct vm_pool *p, uint8_t n)
{
  uint32_t frame = p->record->lists[n].newest;

  while (frame != VM_NONE && p->frames[frame].pinned)
    frame = p->frames[frame].older;
  return frame;
}

#endif
