/* Keeps Linux's lists of frames. */
#include "mm/lru.h"

#include "mm/files.h"

static void
put_list (struct vm_tape *t, const struct vm_state *s, uint32_t frame,
          uint8_t list)
{
  vm_put_u8 (t, &s->links[frame].list, list);
}

/* What follows the frame, or ends the list, names another one. */
static void
link_up (struct vm_tape *t, const struct vm_state *s,
         const struct vm_lru_list *list, uint32_t newer, uint32_t older)
{
  if (newer != 0)
    vm_put_u32 (t, &s->links[newer].older, older);
  else
    vm_put_u32 (t, &list->newest, older);
  if (older != 0)
    vm_put_u32 (t, &s->links[older].newer, newer);
  else
    vm_put_u32 (t, &list->oldest, newer);
}

enum vm_lru
vm_lru_suits (const struct vm_state *s, uint32_t frame, bool active)
{
  const struct vm_frame_record *record = &s->frames[frame];
  bool on_disk = (record->flags & VM_PAGE_FILE)
                 && s->files[record->mapping].kind == VM_FILE_DISK;

  if (on_disk || (record->flags & VM_PAGE_LAZY))
    return active ? VM_LRU_ACTIVE_FILE : VM_LRU_INACTIVE_FILE;
  return active ? VM_LRU_ACTIVE_ANON : VM_LRU_INACTIVE_ANON;
}

void
vm_lru_join (struct vm_tape *t, const struct vm_state *s, uint32_t frame,
             enum vm_lru list)
{
  const struct vm_lru_list *to = &s->lists[list];
  const struct vm_frame_link *link = &s->links[frame];
  uint32_t older = to->newest;

  vm_put_u32 (t, &link->older, older);
  vm_put_u32 (t, &link->newer, 0);
  link_up (t, s, to, frame, older);
  vm_put_u32 (t, &to->newest, frame);
  vm_put_u32 (t, &to->size, to->size + 1);
  put_list (t, s, frame, (uint8_t) (list + 1));
}

void
vm_lru_leave (struct vm_tape *t, const struct vm_state *s, uint32_t frame)
{
  const struct vm_frame_link *link = &s->links[frame];
  enum vm_lru list = vm_lru_of (s, frame);

  if (list == VM_LRU_NONE)
    return;
  const struct vm_lru_list *from = &s->lists[list];
  link_up (t, s, from, link->newer, link->older);
  vm_put_u32 (t, &from->size, from->size - 1);
  vm_put_u32 (t, &link->older, 0);
  vm_put_u32 (t, &link->newer, 0);
  put_list (t, s, frame, 0);
}

void
vm_lru_move (struct vm_tape *t, const struct vm_state *s, uint32_t frame,
             enum vm_lru list)
{
  vm_step_leaf (t, VM_STEP_LRU_MOVE,
                (uint64_t[VM_STEP_VALUES]){frame, vm_lru_of (s, frame), list});
  vm_lru_leave (t, s, frame);
  vm_lru_join (t, s, frame, list);
}

/* The square root, rounded down. */
static uint64_t
root_of (uint64_t n)
{
  uint64_t root = 0;

  while ((root + 1) * (root + 1) <= n)
    root++;
  return root;
}

bool
vm_lru_is_low (const struct vm_state *s, enum vm_lru inactive)
{
  uint64_t small = s->lists[inactive].size;
  uint64_t large = s->lists[vm_lru_beside (inactive)].size;
  uint64_t gib = (small + large) >> (30 - VM_PAGE_SHIFT);
  uint64_t ratio = gib > 0 ? root_of (10 * gib) : 1;

  return small * ratio < large;
}
