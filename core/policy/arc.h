/* ARC: two LRU lists, and a border between them that learns from mistakes.
 *
 *            seen once lately             seen twice at least
 *   <-- B1 ........ | T1 ........ * ........ T2 | ........ B2 -->
 *       ghosts        frames    border       frames    ghosts
 *
 * T1 and T2 share the frames. A page that comes back while its ghost is in B1
 * says that T1 is too small: the border (target) moves so that T1 may have
 * more; a ghost in B2 moves it back. The victim is T1's oldest if T1 has more
 * than its target, else T2's, and leaves a ghost. (Megiddo and Modha, FAST
 * 2003, figure 4. The steps of the border are whole numbers: the quotient of
 * the two ghost lists, rounded down, at least 1.) */
#ifndef VM_POLICY_ARC_H
#define VM_POLICY_ARC_H

#include "policy/ghost.h"
#include "policy/list.h"

enum { VM_LIST_T1, VM_LIST_T2 };

VM_ALWAYS_INLINE void
vm_arc_hit (struct vm_tape *t, const struct vm_pool *p, uint32_t frame)
{
  bool again = p->frames[frame].list == VM_LIST_T2;

  if (again && p->record->lists[VM_LIST_T2].newest == frame)
    return;
  vm_tell_page (t, p, VM_STEP_PAGE_MOVE, frame, VM_LIST_T2, 0);
  if (again) {
    vm_list_renew (t, p, VM_LIST_T2, frame);
    return;
  }
  vm_list_leave (t, p, frame);
  vm_list_join (t, p, VM_LIST_T2, frame);
}

/* The border after a page came back whose ghost was in list n. */
static inline uint32_t
vm_arc_adapt (const struct vm_pool_record *r, uint32_t n)
{
  uint32_t here = r->ghost_lists[n].size;
  uint32_t there = r->ghost_lists[1 - n].size;
  uint32_t step = there > here ? there / here : 1;

  if (n == VM_LIST_T1)
    return step > r->frames - r->target ? r->frames : r->target + step;
  return step > r->target ? 0 : r->target - step;
}

VM_ALWAYS_INLINE void
vm_arc_put_target (struct vm_tape *t, const struct vm_pool *p, uint32_t target)
{
  uint32_t before = p->record->target;

  if (target == before)
    return;
  vm_tell_pool (t, p, VM_STEP_POOL_TARGET, target, before);
  vm_put_u32 (t, &p->record->target, target);
}

/* The list that is to lose a page. */
static inline uint8_t
vm_arc_losing (const struct vm_pool_record *r, uint32_t recalled)
{
  uint32_t size = r->lists[VM_LIST_T1].size;
  bool came_from_b2 = recalled == 1 + VM_LIST_T2;

  if (size == 0)
    return VM_LIST_T2;
  return size > r->target || (came_from_b2 && size == r->target) ? VM_LIST_T1
                                                                 : VM_LIST_T2;
}

/* A new page has no ghost: what has become too many is forgotten. True if T1
 * fills the frames alone: then its oldest goes, and leaves no ghost. */
static inline bool
vm_arc_make_room (struct vm_tape *t, const struct vm_pool *p)
{
  const struct vm_pool_record *r = p->record;
  uint32_t once = r->lists[VM_LIST_T1].size + r->ghost_lists[VM_LIST_T1].size;
  uint32_t twice = r->lists[VM_LIST_T2].size + r->ghost_lists[VM_LIST_T2].size;

  if (once >= r->frames) {
    if (r->lists[VM_LIST_T1].size >= r->frames)
      return true;
    vm_ghost_forget_oldest (t, p, VM_LIST_T1);
  } else if (once + twice >= 2 * r->frames)
    vm_ghost_forget_oldest (t, p, VM_LIST_T2);
  return false;
}

static inline uint32_t
vm_arc_choose (struct vm_tape *t, const struct vm_pool *p, uint32_t recalled)
{
  uint8_t list = VM_LIST_T1;

  if (recalled != 0 || !vm_arc_make_room (t, p))
    list = vm_arc_losing (p->record, recalled);
  uint32_t frame = vm_list_oldest (p, list);
  if (frame != VM_NONE)
    return frame;
  return vm_list_oldest (p, list == VM_LIST_T1 ? VM_LIST_T2 : VM_LIST_T1);
}

/* A victim, which has left its list already, leaves a ghost. */
static inline void
vm_arc_remember (struct vm_tape *t, const struct vm_pool *p, uint32_t frame,
                 uint32_t recalled)
{
  const struct vm_pool_record *r = p->record;
  uint8_t list = p->frames[frame].list;
  bool was_alone = r->lists[VM_LIST_T1].size + 1 == r->frames;

  if (recalled == 0 && list == VM_LIST_T1 && was_alone)
    return;
  if (r->ghost_lists[0].size + r->ghost_lists[1].size == r->ghosts)
    vm_ghost_forget_oldest (t, p,
                            r->ghost_lists[list].size > 0 ? list : 1 - list);
  vm_ghost_remember (t, p, list, p->pages[frame]);
}

#endif
