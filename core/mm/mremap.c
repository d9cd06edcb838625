/* Moves, lengthens and shortens regions, and takes advice about them. */
#include "mm/account.h"
#include "mm/advice.h"
#include "mm/mlock.h"
#include "mm/mmap.h"
#include "mm/readahead.h"
#include "mm/resident.h"
#include "mm/resident_set.h"
#include "mm/region_tree.h"
#include "mm/shmem.h"
#include "mm/swap_ahead.h"

/* Regions that a move may need before it has done (move_vma). */
#define MOVE_REGIONS 3u

static uint64_t
round_up (uint64_t length)
{
  return (length + VM_PAGE_SIZE - 1) & ~(uint64_t) (VM_PAGE_SIZE - 1);
}

/* Takes the entries of [from, from + length) to another place; frames and
 * their counts stay (move_page_tables of mm/mremap.c). False if no frame is
 * left for tables: what was moved stays moved. */
static bool
move_entries (struct vm_tape *t, const struct vm_state *s, uint32_t process,
              uint64_t from, uint64_t to, uint64_t length)
{
  struct vm_entry old, new;
  uint64_t va = from;

  while (vm_entry_next (s, process, va, from + length, &old)
         && !vm_tape_failed (t)) {
    uint64_t target = to + (old.va.v - from);
    va = old.va.v + vm_entry_size (s, &old);
    if (old.level > 1 && target % vm_entry_size (s, &old) != 0) {
      if (!vm_pages_split (t, s, process, old.va))
        return false;
      va = old.va.v;
      continue;
    }
    if (!vm_entry_make (t, s, process, vm_vaddr_of (target), old.level, &new))
      return false;
    struct vm_entry gone = old;
    gone.pte.present = 0;
    gone.kept = false;
    gone.swapped = 0;
    vm_entry_write (t, s, &gone);
    new.pte = old.pte;
    new.kept = old.kept;
    new.swapped = old.swapped;
    if (old.swapped == 0)
      vm_set_moved (t, s, s->processes[process].mm, old.va.v, target);
    vm_entry_write (t, s, &new);
  }
  vm_pages_flush (t, s, process, from, from + length);
  return !vm_tape_failed (t);
}

/* A copy of the region's part at va, for the place `to` (copy_vma). Anonymous
 * memory that nobody touched is numbered anew. */
static struct vm_region
moved_region (const struct vm_state *s, uint32_t region, uint64_t va,
              uint64_t to, uint64_t length)
{
  struct vm_region new = *vm_region_at (s, region);

  new.offset = new.file == 0 && new.anon == 0 ? to >> VM_PAGE_SHIFT
                                              : vm_region_offset (&new, va);
  new.start = to;
  new.end = to + length;
  return new;
}

static enum vm_errno
move (struct vm_tape *t, const struct vm_state *s,
      const struct vm_mremap_request *r, uint32_t region, uint64_t old_length,
      uint64_t new_length, uint64_t *address)
{
  uint32_t mm = s->processes[r->process].mm;
  enum vm_errno refused = VM_ERRNO_NONE;

  if (s->mms[mm].regions >= VM_MAX_MAP_COUNT - MOVE_REGIONS)
    return VM_ENOMEM;
  *address = r->to;
  if (r->fixed)
    refused = vm_munmap (t, s, r->process, r->to, new_length);
  else
    *address = vm_mmap_find_gap (t, s, mm, new_length);
  if (refused != VM_ERRNO_NONE)
    return refused;
  if (*address == 0 || vm_tape_failed (t))
    return VM_ENOMEM;

  uint64_t moved = old_length < new_length ? old_length : new_length;
  region = vm_tree_holder (s, mm, r->va);
  struct vm_region new = moved_region (s, region, r->va, *address, new_length);
  uint32_t made = vm_region_add (t, s, &new);
  if (made == 0 || vm_tape_failed (t))
    return VM_ENOMEM;
  if (!move_entries (t, s, r->process, r->va, *address, moved)) {
    /* Back again: the tables of the old place are still there. */
    move_entries (t, s, r->process, *address, r->va, moved);
    vm_munmap (t, s, r->process, *address, new_length);
    return VM_ENOMEM;
  }
  refused = vm_munmap (t, s, r->process, r->va, old_length);
  if (!vm_tape_failed (t))
    vm_region_merge (t, s, vm_tree_holder (s, mm, *address));
  return refused;
}

/* Can the region that ends at `end` become longer where it is? The gap below
 * a stack does not hinder it (vma_expandable of mm/mremap.c). */
static bool
can_extend (const struct vm_state *s, uint32_t region, uint64_t end,
            uint64_t new_end)
{
  const struct vm_region *r = vm_region_at (s, region);
  uint32_t next = vm_tree_next (s, region);

  return r->end == end && new_end <= s->mms[r->mm].task_size
         && (next == 0 || vm_region_at (s, next)->start >= new_end);
}

static enum vm_errno
check_request (const struct vm_state *s, const struct vm_mremap_request *r,
               uint64_t old_length, uint64_t new_length)
{
  uint64_t task_size = vm_mm_of (s, r->process)->task_size;

  if (r->va % VM_PAGE_SIZE != 0 || new_length == 0)
    return VM_EINVAL;
  if (!r->fixed)
    return VM_ERRNO_NONE;
  bool overlaps = r->to < r->va + old_length && r->va < r->to + new_length;
  if (!r->may_move || r->to % VM_PAGE_SIZE != 0 || new_length > task_size
      || r->to > task_size - new_length || overlaps)
    return VM_EINVAL;
  return r->to < VM_LOWEST_ADDRESS ? VM_EPERM : VM_ERRNO_NONE;
}

enum vm_errno
vm_mremap (struct vm_tape *t, const struct vm_state *s,
           const struct vm_mremap_request *r, uint64_t *address)
{
  uint64_t old_length = round_up (r->old_length);
  uint64_t new_length = round_up (r->new_length);
  enum vm_errno refused = check_request (s, r, old_length, new_length);
  uint32_t region = vm_tree_holder (s, s->processes[r->process].mm, r->va);

  *address = r->va;
  if (refused != VM_ERRNO_NONE)
    return refused;
  if (region == 0)
    return VM_EFAULT;
  if (old_length == 0)
    return VM_EINVAL;
  if (!r->fixed && new_length == old_length)
    return VM_ERRNO_NONE;
  if (!r->fixed && new_length < old_length)
    return vm_munmap (t, s, r->process, r->va + new_length,
                      old_length - new_length);
  const struct vm_region *old = vm_region_at (s, region);
  if (old_length > old->end - r->va)
    return VM_EFAULT;

  uint64_t more = new_length > old_length ? new_length - old_length : 0;
  if (more > 0 && (old->flags & VM_REGION_LOCKED)
      && !vm_mlock_has_room (t, s, old->mm, more >> VM_PAGE_SHIFT))
    return VM_EAGAIN;
  if (more > 0
      && !vm_mmap_has_room (t, s, old->mm, old->flags, more >> VM_PAGE_SHIFT))
    return VM_ENOMEM;
  if (!r->fixed
      && can_extend (s, region, r->va + old_length, r->va + new_length)) {
    vm_region_resize (t, s, region, old->start, r->va + new_length);
    if (!vm_tape_failed (t))
      vm_region_merge (t, s, region);
    return VM_ERRNO_NONE;
  }
  return r->may_move ? move (t, s, r, region, old_length, new_length, address)
                     : VM_ENOMEM;
}

/* Advice that changes a region's flags. */
static uint32_t
advised_flags (uint32_t flags, enum vm_advice advice)
{
  const uint32_t both = VM_REGION_HUGE | VM_REGION_NO_HUGE;
  const uint32_t reading = VM_REGION_RANDOM | VM_REGION_SEQUENTIAL;

  switch (advice) {
  case VM_ADVICE_HUGE:
    return (flags & ~both) | VM_REGION_HUGE;
  case VM_ADVICE_NO_HUGE:
    return (flags & ~both) | VM_REGION_NO_HUGE;
  case VM_ADVICE_NORMAL:
    return flags & ~reading;
  case VM_ADVICE_RANDOM:
    return (flags & ~reading) | VM_REGION_RANDOM;
  case VM_ADVICE_SEQUENTIAL:
    return (flags & ~reading) | VM_REGION_SEQUENTIAL;
  case VM_ADVICE_DONTNEED:
  case VM_ADVICE_WILLNEED:
  case VM_ADVICE_COLD:
  case VM_ADVICE_PAGEOUT:
  case VM_ADVICE_FREE:
    break;
  }
  return flags;
}

/* Cuts the range out of its region, if it is only part of it. */
static enum vm_errno
isolate (struct vm_tape *t, const struct vm_state *s, uint32_t mm,
         uint64_t start, uint64_t end)
{
  uint32_t region = vm_tree_holder (s, mm, start);
  const struct vm_region *r = vm_region_at (s, region);
  uint32_t cuts = r->start < start;

  cuts += r->end > end;
  if (s->mms[mm].regions + cuts > VM_MAX_MAP_COUNT)
    return VM_ENOMEM;
  if (r->start < start)
    region = vm_region_split (t, s, region, start);
  if (region == 0 || vm_tape_failed (t))
    return VM_ENOMEM;
  if (vm_region_at (s, region)->end > end
      && vm_region_split (t, s, region, end) == 0)
    return VM_ENOMEM;
  return VM_ERRNO_NONE;
}

/* Pages of shared memory that are in swap are read into the swap cache
 * (shmem_swapin_range). */
static void
fetch_shared (struct vm_tape *t, const struct vm_state *s,
              const struct vm_region *r, uint64_t start, uint64_t end)
{
  for (uint64_t va = start; va < end && !vm_tape_failed (t);
       va += VM_PAGE_SIZE) {
    uint32_t slot = vm_shmem_slot (s, r->file, vm_region_offset (r, va));
    if (slot != 0 && s->slots[slot].frame == 0)
      vm_swap_fetch (t, s, slot);
  }
}

/* Pages of a file will be needed soon (madvise_willneed). */
static void
read_soon (struct vm_tape *t, const struct vm_state *s, uint32_t process,
           const struct vm_region *r, uint64_t start, uint64_t end)
{
  const struct vm_reader reader = {r->file, r->file, process};

  if (s->files[r->file].kind != VM_FILE_DISK)
    fetch_shared (t, s, r, start, end);
  else
    vm_readahead_advised (t, s, &reader, vm_region_offset (r, start),
                          (end - start) >> VM_PAGE_SHIFT);
}

static enum vm_errno
advise_one (struct vm_tape *t, const struct vm_state *s, uint32_t process,
            uint64_t start, uint64_t end, enum vm_advice advice)
{
  uint32_t mm = s->processes[process].mm;
  const struct vm_region *r = vm_region_at (s, vm_tree_holder (s, mm, start));
  uint32_t flags = advised_flags (r->flags, advice);

  if (advice == VM_ADVICE_WILLNEED && r->file != 0) {
    read_soon (t, s, process, r, start, end);
    return VM_ERRNO_NONE;
  }
  if (vm_advice_is_on_pages (advice))
    return vm_advise_pages (t, s, process, start, end, advice);
  if (advice == VM_ADVICE_DONTNEED) {
    if (r->flags & VM_REGION_LOCKED)
      return VM_EINVAL;
    if (!vm_pages_split_at (t, s, process, vm_vaddr_of (start))
        || !vm_pages_split_at (t, s, process, vm_vaddr_of (end)))
      return VM_ENOMEM;
    vm_pages_unmap (t, s, process, start, end);
    return VM_ERRNO_NONE;
  }
  if (flags == r->flags)
    return VM_ERRNO_NONE;
  enum vm_errno refused = isolate (t, s, mm, start, end);
  if (refused != VM_ERRNO_NONE || vm_tape_failed (t))
    return refused;
  uint32_t region = vm_tree_holder (s, mm, start);
  vm_region_set_flags (t, s, region, flags);
  if (!vm_tape_failed (t))
    vm_region_merge (t, s, region);
  return VM_ERRNO_NONE;
}

enum vm_errno
vm_madvise (struct vm_tape *t, const struct vm_state *s, uint32_t process,
            uint64_t va, uint64_t length, enum vm_advice advice)
{
  uint32_t mm = s->processes[process].mm;
  uint64_t end = va + round_up (length);
  bool hole = false;

  if (va % VM_PAGE_SIZE != 0 || end < va || (length != 0 && end == va))
    return VM_EINVAL;
  while (va < end && !vm_tape_failed (t)) {
    uint32_t region = vm_tree_find (s, mm, va);
    const struct vm_region *r = vm_region_at (s, region);
    if (region == 0 || r->start >= end)
      return VM_ENOMEM;
    hole |= r->start > va;
    uint64_t start = r->start > va ? r->start : va;
    uint64_t stop = r->end < end ? r->end : end;
    enum vm_errno refused = advise_one (t, s, process, start, stop, advice);
    if (refused != VM_ERRNO_NONE)
      return refused;
    va = stop;
  }
  return hole ? VM_ENOMEM : VM_ERRNO_NONE;
}
