/* Locks pages in memory, and pins them. */
#include "mm/mlock.h"

#include "mm/lru.h"
#include "mm/mmap.h"
#include "mm/region_tree.h"
#include "mm/resident.h"
#include "mm/rmap.h"

#define LOCK_FLAGS ((uint32_t) (VM_REGION_LOCKED | VM_REGION_LOCK_ON_FAULT))

static bool
within (struct vm_tape *t, uint64_t pages, uint64_t most)
{
  vm_step_leaf (
      t, VM_STEP_LIMIT,
      (uint64_t[VM_STEP_VALUES]){VM_LIMIT_LOCKED, pages, most, pages <= most});
  return pages <= most;
}

static uint64_t
limit_of (const struct vm_mm *mm)
{
  return mm->lock_limit >> VM_PAGE_SHIFT;
}

/* Frames of a range go to the list where they belong. */
static void
settle_range (struct vm_tape *t, const struct vm_state *s, uint32_t process,
              uint64_t start, uint64_t end)
{
  struct vm_entry entry;
  uint64_t va = start;

  if (s->reclaim.how != VM_RECLAIM_LINUX)
    return;
  while (vm_entry_next (s, process, va, end, &entry) && !vm_tape_failed (t)) {
    uint64_t pages = vm_entry_size (s, &entry) >> VM_PAGE_SHIFT;
    va = entry.va.v + vm_entry_size (s, &entry);
    for (uint64_t i = 0; vm_entry_has_page (&entry) && i < pages; i++)
      vm_mlock_settle (t, s, (uint32_t) (entry.pte.frame + i));
  }
}

/* Gives the part of a region inside [start, end) other flags. */
static enum vm_errno
mark_one (struct vm_tape *t, const struct vm_state *s, uint32_t process,
          uint64_t start, uint64_t end, uint32_t flags)
{
  uint32_t mm = s->processes[process].mm;
  uint32_t region = vm_tree_holder (s, mm, start);
  uint32_t wanted = (vm_region_at (s, region)->flags & ~LOCK_FLAGS) | flags;

  if (wanted == vm_region_at (s, region)->flags)
    return VM_ERRNO_NONE;
  enum vm_errno refused = vm_mmap_cut (t, s, process, start, end);
  if (refused != VM_ERRNO_NONE || vm_tape_failed (t))
    return refused;
  region = vm_tree_holder (s, mm, start);
  vm_region_set_flags (t, s, region, wanted);
  vm_step_begin (t, VM_STEP_LOCK,
                 (uint64_t[VM_STEP_VALUES]){process, start, end, flags != 0,
                                            s->mms[mm].locked_vm});
  settle_range (t, s, process, start, end);
  vm_step_end (t);
  if (!vm_tape_failed (t))
    vm_region_merge (t, s, region);
  return VM_ERRNO_NONE;
}

/* apply_vma_lock_flags */
static enum vm_errno
mark_range (struct vm_tape *t, const struct vm_state *s, uint32_t process,
            uint64_t start, uint64_t end, uint32_t flags)
{
  uint32_t mm = s->processes[process].mm;
  enum vm_errno refused = VM_ERRNO_NONE;

  if (end < start)
    return VM_EINVAL;
  while (start < end && refused == VM_ERRNO_NONE && !vm_tape_failed (t)) {
    uint32_t region = vm_tree_holder (s, mm, start);
    if (region == 0)
      return VM_ENOMEM;
    uint64_t stop = vm_region_at (s, region)->end;
    stop = stop < end ? stop : end;
    refused = mark_one (t, s, process, start, stop, flags);
    start = stop;
  }
  return refused;
}

/* Pages of a range that are locked already. */
static uint64_t
locked_in (const struct vm_state *s, uint32_t mm, uint64_t start, uint64_t end)
{
  uint64_t pages = 0;

  for (uint32_t r = vm_tree_find (s, mm, start);
       r != 0 && vm_region_at (s, r)->start < end; r = vm_tree_next (s, r)) {
    const struct vm_region *region = vm_region_at (s, r);
    uint64_t from = region->start > start ? region->start : start;
    uint64_t to = region->end < end ? region->end : end;
    if (region->flags & VM_REGION_LOCKED)
      pages += (to - from) >> VM_PAGE_SHIFT;
  }
  return pages;
}

static uint32_t
lock_flags (bool on_fault)
{
  return VM_REGION_LOCKED | (on_fault ? VM_REGION_LOCK_ON_FAULT : 0);
}

/* Whole pages around a range. */
static void
round_out (uint64_t va, uint64_t length, uint64_t *start, uint64_t *end)
{
  const uint64_t mask = VM_PAGE_SIZE - 1;

  *start = va & ~mask;
  *end = *start + ((length + (va & mask) + mask) & ~mask);
}

enum vm_errno
vm_mlock (struct vm_tape *t, const struct vm_state *s, uint32_t process,
          uint64_t va, uint64_t length, bool on_fault)
{
  uint32_t number = s->processes[process].mm;
  const struct vm_mm *mm = &s->mms[number];
  uint64_t start, end;

  if (mm->lock_limit == 0)
    return VM_EPERM;
  round_out (va, length, &start, &end);
  if (end < start)
    return VM_EINVAL;
  uint64_t more = (end - start) >> VM_PAGE_SHIFT;
  if (mm->locked_vm + more > limit_of (mm))
    more -= locked_in (s, number, start, end);
  if (!within (t, mm->locked_vm + more, limit_of (mm)))
    return VM_ENOMEM;
  return mark_range (t, s, process, start, end, lock_flags (on_fault));
}

enum vm_errno
vm_munlock (struct vm_tape *t, const struct vm_state *s, uint32_t process,
            uint64_t va, uint64_t length)
{
  uint64_t start, end;

  round_out (va, length, &start, &end);
  return mark_range (t, s, process, start, end, 0);
}

/* Marks all regions there are (apply_mlockall_flags). */
static void
mark_all (struct vm_tape *t, const struct vm_state *s, uint32_t process,
          uint32_t flags)
{
  uint32_t mm = s->processes[process].mm;
  uint64_t va = 0;
  uint32_t region;

  while ((region = vm_tree_find (s, mm, va)) != 0 && !vm_tape_failed (t)) {
    uint64_t start = vm_region_at (s, region)->start;
    va = vm_region_at (s, region)->end;
    mark_one (t, s, process, start, va, flags);
  }
}

enum vm_errno
vm_mlock_all (struct vm_tape *t, const struct vm_state *s, uint32_t process,
              const struct vm_lock_all *what)
{
  const struct vm_mm *mm = vm_mm_of (s, process);

  if (!what->current && !what->future)
    return VM_EINVAL;
  if (mm->lock_limit == 0)
    return VM_EPERM;
  if (what->current && !within (t, mm->total_vm, limit_of (mm)))
    return VM_ENOMEM;
  uint32_t flags = lock_flags (what->on_fault);
  vm_put_u32 (t, &mm->flags, what->future ? flags : 0);
  if (what->current)
    mark_all (t, s, process, flags);
  return VM_ERRNO_NONE;
}

void
vm_munlock_all (struct vm_tape *t, const struct vm_state *s, uint32_t process)
{
  vm_put_u32 (t, &vm_mm_of (s, process)->flags, 0);
  mark_all (t, s, process, 0);
}

bool
vm_mlock_has_room (struct vm_tape *t, const struct vm_state *s, uint32_t mm,
                   uint64_t pages)
{
  return within (t, s->mms[mm].locked_vm + pages, limit_of (&s->mms[mm]));
}

bool
vm_mlock_holds (const struct vm_state *s, uint32_t frame)
{
  struct vm_rmap_place place = {.region = 0};

  while (vm_rmap_next (s, vm_frame_of (frame), &place))
    if (place.found
        && (vm_region_at (s, place.region)->flags & VM_REGION_LOCKED))
      return true;
  return false;
}

void
vm_mlock_settle (struct vm_tape *t, const struct vm_state *s, uint32_t frame)
{
  if (s->reclaim.how != VM_RECLAIM_LINUX || frame >= s->config.frames)
    return;
  enum vm_lru list = vm_lru_of (s, frame);
  bool held = list != VM_LRU_NONE && vm_mlock_holds (s, frame);

  if (held && list != VM_LRU_UNEVICTABLE)
    vm_lru_move (t, s, frame, VM_LRU_UNEVICTABLE);
  else if (!held && list == VM_LRU_UNEVICTABLE)
    vm_lru_move (t, s, frame, vm_lru_suits (s, frame, false));
}

static uint32_t
free_pin (const struct vm_state *s)
{
  uint32_t number = 0;

  while (number < s->reclaim.pins && s->pins[number].mm != VM_NONE)
    number++;
  return number;
}

static void
count_pin (struct vm_tape *t, const struct vm_state *s, uint32_t mm,
           uint32_t frame, int more)
{
  const struct vm_frame_link *link = &s->links[frame];

  vm_put_u32 (t, &link->pins, link->pins + (uint32_t) more);
  vm_put_u64 (t, &s->mms[mm].pinned_vm,
              s->mms[mm].pinned_vm + (uint64_t) (int64_t) more);
}

enum vm_errno
vm_pin (struct vm_tape *t, const struct vm_state *s, uint32_t process,
        uint64_t va)
{
  uint32_t mm = s->processes[process].mm, number = free_pin (s);
  struct vm_entry entry = vm_entry_of (s, process, vm_vaddr_of (va));
  uint64_t page = va & ~(uint64_t) (VM_PAGE_SIZE - 1);
  uint64_t frame = entry.pte.frame + ((page - entry.va.v) >> VM_PAGE_SHIFT);

  if (!entry.pte.present || frame >= s->config.frames || frame == s->zero_frame)
    return VM_EFAULT;
  if (number == VM_MAX_PINS
      || !within (t, s->mms[mm].pinned_vm + 1, limit_of (&s->mms[mm])))
    return VM_ENOMEM;
  if (number == s->reclaim.pins)
    vm_put_u32 (t, &s->reclaim.pins, number + 1);
  vm_put_u64 (t, &s->pins[number].va, page);
  vm_put_u32 (t, &s->pins[number].mm, mm);
  vm_put_u32 (t, &s->pins[number].frame, (uint32_t) frame);
  vm_frames_get (t, s, vm_frame_of (frame), 1, process);
  count_pin (t, s, mm, (uint32_t) frame, 1);
  vm_step_leaf (
      t, VM_STEP_PIN,
      (uint64_t[VM_STEP_VALUES]){process, page, frame, s->links[frame].pins});
  return VM_ERRNO_NONE;
}

uint32_t
vm_unpin (struct vm_tape *t, const struct vm_state *s, uint32_t process,
          uint64_t start, uint64_t end)
{
  uint32_t mm = s->processes[process].mm, count = 0;

  for (uint32_t i = 0; i < s->reclaim.pins && !vm_tape_failed (t); i++) {
    const struct vm_pin *pin = &s->pins[i];
    uint32_t frame = pin->frame;
    if (pin->mm != mm || pin->va < start || pin->va >= end)
      continue;
    count_pin (t, s, mm, frame, -1);
    vm_step_leaf (t, VM_STEP_PIN,
                  (uint64_t[VM_STEP_VALUES]){process, pin->va, frame,
                                             s->links[frame].pins});
    vm_put_u32 (t, &pin->mm, VM_NONE);
    vm_pages_let_go (t, s, vm_frame_of (frame), 1);
    count++;
  }
  return count;
}
