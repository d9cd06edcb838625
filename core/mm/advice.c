/* Takes advice about pages. */
#include "mm/advice.h"

#include "mm/evict.h"
#include "mm/lru.h"
#include "mm/reclaim.h"
#include "mm/region_tree.h"
#include "mm/resident.h"
#include "mm/swap.h"

/* Reads a page in swap into the swap cache, if a frame can be had
 * (swapin_walk_pmd_entry). */
static void
fetch (struct vm_tape *t, const struct vm_state *s, uint32_t process,
       const struct vm_region *region, const struct vm_entry *entry)
{
  uint32_t slot = entry->swapped;
  struct vm_frame_use use
      = {.role = VM_FRAME_DATA, .owner = process, .count = 1};
  vm_frame frame;

  if (slot == 0 || s->slots[slot].frame != 0
      || !vm_reclaim_prepare (t, s, process, 1)
      || !vm_frames_take (t, s, &use, &frame))
    return;
  vm_frames_name (t, s, frame, VM_PAGE_ANON, region->anon,
                  vm_region_offset (region, entry->va.v));
  vm_swap_read (t, s, slot, (uint32_t) frame.v);
  vm_swap_keep (t, s, slot, (uint32_t) frame.v);
  vm_frames_put (t, s, frame, 1);
}

/* The page goes to the inactive list, as if it had not been used. */
static void
cool (struct vm_tape *t, const struct vm_state *s, uint32_t frame)
{
  enum vm_lru list = vm_lru_of (s, frame);

  vm_evict_used (t, s, frame);
  if (s->links[frame].referenced)
    vm_put_u8 (t, &s->links[frame].referenced, 0);
  if (list != VM_LRU_NONE && list != VM_LRU_UNEVICTABLE)
    vm_lru_move (t, s, frame, vm_lru_suits (s, frame, false));
}

/* What is in the page is needed no more, until it is written again
 * (madvise_free_pte_range). */
static void
set_free (struct vm_tape *t, const struct vm_state *s, uint32_t process,
          struct vm_entry *entry)
{
  uint32_t frame = (uint32_t) entry->pte.frame;
  const struct vm_frame_record *record = &s->frames[frame];

  if (!(record->flags & VM_PAGE_ANON) || !vm_swap_give_up (t, s, frame)
      || vm_frames_mapped (s, vm_frame_of (frame)) != 1)
    return;
  entry->pte.dirty = 0;
  entry->pte.accessed = 0;
  vm_entry_write (t, s, entry);
  vm_pages_flush (t, s, process, entry->va.v, entry->va.v + VM_PAGE_SIZE);
  vm_put_u16 (t, &record->flags, record->flags | VM_PAGE_LAZY);
  if (vm_lru_of (s, frame) != VM_LRU_NONE)
    vm_lru_move (t, s, frame, vm_lru_suits (s, frame, false));
}

static void
advise_entry (struct vm_tape *t, const struct vm_state *s, uint32_t process,
              const struct vm_region *region, struct vm_entry *entry,
              enum vm_advice advice)
{
  vm_frame frame = vm_frame_of (entry->pte.frame);
  enum vm_rss_kind kind;

  if (advice == VM_ADVICE_WILLNEED) {
    fetch (t, s, process, region, entry);
    return;
  }
  if (advice == VM_ADVICE_FREE && entry->swapped != 0)
    vm_pages_unmap (t, s, process, entry->va.v, entry->va.v + VM_PAGE_SIZE);
  if (!entry->pte.present || entry->level > 1
      || !vm_pages_kind (s, frame, &kind))
    return;
  if (advice == VM_ADVICE_FREE)
    set_free (t, s, process, entry);
  else if (vm_frames_mapped (s, frame) != 1)
    return;
  else if (advice == VM_ADVICE_COLD)
    cool (t, s, (uint32_t) frame.v);
  else
    vm_evict (t, s, (uint32_t) frame.v);
}

enum vm_errno
vm_advise_pages (struct vm_tape *t, const struct vm_state *s, uint32_t process,
                 uint64_t start, uint64_t end, enum vm_advice advice)
{
  uint32_t number = vm_tree_holder (s, s->processes[process].mm, start);
  const struct vm_region *region = vm_region_at (s, number);
  struct vm_entry entry;
  uint64_t va = start;

  if (advice != VM_ADVICE_WILLNEED && (region->flags & VM_REGION_LOCKED))
    return VM_EINVAL;
  if (advice == VM_ADVICE_FREE && region->file != 0)
    return VM_EINVAL;
  if (!vm_pages_split_at (t, s, process, vm_vaddr_of (start))
      || !vm_pages_split_at (t, s, process, vm_vaddr_of (end)))
    return VM_ENOMEM;
  while (vm_entry_next (s, process, va, end, &entry) && !vm_tape_failed (t)) {
    va = entry.va.v + vm_entry_size (s, &entry);
    advise_entry (t, s, process, region, &entry, advice);
  }
  return VM_ERRNO_NONE;
}
