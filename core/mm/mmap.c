/* Makes regions and takes them away, as system calls ask. */
#include "mm/mmap.h"

#include "mm/account.h"
#include "mm/mlock.h"
#include "mm/resident.h"
#include "mm/region_tree.h"

static uint64_t
round_up (uint64_t length)
{
  return (length + VM_PAGE_SIZE - 1) & ~(uint64_t) (VM_PAGE_SIZE - 1);
}

/* Holds a value against a limit, and says so. */
static bool
within (struct vm_tape *t, enum vm_limit limit, uint64_t value, uint64_t most)
{
  bool kept = value <= most;

  vm_step_leaf (t, VM_STEP_LIMIT,
                (uint64_t[VM_STEP_VALUES]){limit, value, most, kept});
  return kept;
}

/* vm_flags of a region that is to be (calc_vm_prot_bits, calc_vm_flag_bits). */
static uint32_t
flags_of (const struct vm_state *s, const struct vm_mmap_request *r)
{
  uint32_t flags = r->access | VM_REGION_MAY_ACCESS;

  if (r->shared)
    flags |= VM_REGION_SHARED | VM_REGION_MAY_SHARE;
  if (r->grows_down)
    flags |= VM_REGION_GROWS_DOWN;
  flags |= vm_mm_of (s, r->process)->flags;
  if (r->locked)
    flags |= VM_REGION_LOCKED;
  if (r->no_reserve && s->overcommit != VM_OVERCOMMIT_NEVER)
    flags |= VM_REGION_NO_RESERVE;
  if ((flags & (VM_REGION_WRITE | VM_REGION_SHARED | VM_REGION_NO_RESERVE))
      == VM_REGION_WRITE)
    flags |= VM_REGION_ACCOUNT;
  return flags;
}

/* True if no region lies in [va, va + length). */
static bool
is_free (const struct vm_state *s, uint32_t mm, uint64_t va, uint64_t length)
{
  uint32_t next = vm_tree_find (s, mm, va);
  return next == 0 || vm_mmap_start_gap (vm_region_at (s, next)) >= va + length;
}

static enum vm_errno
check_fixed (struct vm_tape *t, const struct vm_state *s,
             const struct vm_mmap_request *r, uint64_t length)
{
  const struct vm_mm *mm = vm_mm_of (s, r->process);
  uint32_t next;

  if (r->va > mm->task_size - length) {
    within (t, VM_LIMIT_TASK_SIZE, r->va + length, mm->task_size);
    return VM_ENOMEM;
  }
  if (r->va % VM_PAGE_SIZE != 0)
    return VM_EINVAL;
  if (r->va < VM_LOWEST_ADDRESS) {
    within (t, VM_LIMIT_LOWEST, VM_LOWEST_ADDRESS, r->va);
    return VM_EPERM;
  }
  next = vm_tree_find (s, s->processes[r->process].mm, r->va);
  if (r->placement == VM_PLACE_IF_FREE && next != 0
      && vm_region_at (s, next)->start < r->va + length)
    return VM_EEXIST;
  return VM_ERRNO_NONE;
}

/* A hint is rounded down, and one below the lowest address means that one
 * (round_hint_to_min of mm/mmap.c). 0: there is none. */
static uint64_t
hint_of (const struct vm_mmap_request *r)
{
  uint64_t hint = r->va & ~(uint64_t) (VM_PAGE_SIZE - 1);

  return hint != 0 && hint < VM_LOWEST_ADDRESS ? VM_LOWEST_ADDRESS : hint;
}

/* Chooses the place of a new region. */
static enum vm_errno
place (struct vm_tape *t, const struct vm_state *s,
       const struct vm_mmap_request *r, uint64_t length, uint64_t *va)
{
  uint32_t mm = s->processes[r->process].mm;
  uint64_t hint = hint_of (r);

  *va = r->va;
  if (r->placement != VM_PLACE_ANYWHERE)
    return check_fixed (t, s, r, length);
  *va = hint;
  if (hint != 0 && hint <= s->mms[mm].task_size - length
      && is_free (s, mm, hint, length))
    return VM_ERRNO_NONE;
  *va = vm_mmap_find_gap (t, s, mm, length);
  return *va == 0 ? VM_ENOMEM : VM_ERRNO_NONE;
}

/* What mmap holds a request against before it looks for a place. */
static enum vm_errno
check_limits (struct vm_tape *t, const struct vm_state *s,
              const struct vm_mmap_request *r, uint64_t length)
{
  const struct vm_mm *mm = vm_mm_of (s, r->process);

  if (r->offset % VM_PAGE_SIZE != 0 || r->length == 0)
    return VM_EINVAL;
  if (length == 0 || length > mm->task_size)
    return VM_ENOMEM;
  if (mm->regions > VM_MAX_MAP_COUNT) {
    within (t, VM_LIMIT_REGIONS, mm->regions + 1u, VM_MAX_MAP_COUNT);
    return VM_ENOMEM;
  }
  return VM_ERRNO_NONE;
}

/* May so many pages more be promised? */
static bool
may_promise (struct vm_tape *t, const struct vm_state *s, uint64_t pages)
{
  if (vm_account_allows (s, pages))
    return true;
  if (s->overcommit == VM_OVERCOMMIT_NEVER)
    return within (t, VM_LIMIT_OVERCOMMIT, s->committed + pages,
                   vm_account_limit (s));
  return within (t, VM_LIMIT_OVERCOMMIT, pages, vm_account_all (s));
}

/* Makes a region, or lets a neighbour grow over it. False if there are too
 * many regions. */
static bool
add_or_extend (struct vm_tape *t, const struct vm_state *s,
               const struct vm_region *new)
{
  uint32_t next = vm_tree_find (s, new->mm, new->start);
  uint32_t previous = next != 0 ? vm_tree_previous (s, next)
                                : vm_tree_last (s, new->mm);

  if (vm_region_joins (s, previous, new)) {
    vm_region_resize (t, s, previous, vm_region_at (s, previous)->start,
                      new->end);
    if (!vm_tape_failed (t))
      vm_region_merge (t, s, previous);
    return true;
  }
  if (vm_region_joins (s, next, new)) {
    vm_region_resize (t, s, next, new->start, vm_region_at (s, next)->end);
    return true;
  }
  return vm_region_add (t, s, new) != 0;
}

/* Cuts regions so that an edge of a range is an edge of a region; large pages
 * likewise. */
static enum vm_errno
cut_at (struct vm_tape *t, const struct vm_state *s, uint32_t process,
        uint64_t va, uint32_t most)
{
  uint32_t mm = s->processes[process].mm;
  uint32_t region = vm_tree_holder (s, mm, va);

  if (!vm_pages_split_at (t, s, process, vm_vaddr_of (va)))
    return VM_ENOMEM;
  if (region == 0 || vm_region_at (s, region)->start == va)
    return VM_ERRNO_NONE;
  if (s->mms[mm].regions >= most) {
    within (t, VM_LIMIT_REGIONS, s->mms[mm].regions + 1u, most);
    return VM_ENOMEM;
  }
  return vm_region_split (t, s, region, va) == 0 ? VM_ENOMEM : VM_ERRNO_NONE;
}

static enum vm_errno
cut_range (struct vm_tape *t, const struct vm_state *s, uint32_t process,
           uint64_t va, uint64_t end, uint32_t most)
{
  enum vm_errno refused = cut_at (t, s, process, va, most);

  return refused != VM_ERRNO_NONE ? refused : cut_at (t, s, process, end, most);
}

/* The same for a range that is going to go: only a hole in the middle of one
 * region leaves more regions than there were (do_vmi_align_munmap). */
static enum vm_errno
cut_out (struct vm_tape *t, const struct vm_state *s, uint32_t process,
         uint64_t va, uint64_t end)
{
  uint32_t mm = s->processes[process].mm;
  const struct vm_region *r = vm_region_at (s, vm_tree_holder (s, mm, va));
  bool middle = r->start < va && r->end > end;

  return cut_range (t, s, process, va, end,
                    middle ? VM_MAX_MAP_COUNT : UINT32_MAX);
}

/* Removes the regions of [va, end), whose edges are cut already. */
static void
remove_range (struct vm_tape *t, const struct vm_state *s, uint32_t process,
              uint64_t va, uint64_t end)
{
  uint32_t mm = s->processes[process].mm;
  uint32_t region = vm_tree_find (s, mm, va);
  uint64_t floor, ceiling;

  if (region == 0 || vm_region_at (s, region)->start >= end)
    return;
  vm_pages_unmap (t, s, process, va, end);
  while (region != 0 && vm_region_at (s, region)->start < end
         && !vm_tape_failed (t)) {
    uint32_t next = vm_tree_next (s, region);
    uint32_t file = vm_region_at (s, region)->file;
    vm_region_remove (t, s, region);
    vm_files_drop_unused (t, s, file);
    region = next;
  }
  if (vm_tape_failed (t))
    return;
  uint32_t previous = region != 0 ? vm_tree_previous (s, region)
                                  : vm_tree_last (s, mm);
  floor = previous == 0 ? 0 : vm_region_at (s, previous)->end;
  ceiling = region == 0 ? s->mms[mm].task_size
                        : vm_region_at (s, region)->start;
  vm_entry_free_tables (t, s, process, floor, ceiling);
}

static enum vm_errno
check_range (const struct vm_state *s, uint32_t process, uint64_t va,
             uint64_t length)
{
  uint64_t task_size = vm_mm_of (s, process)->task_size;

  if (va % VM_PAGE_SIZE != 0 || length == 0 || length > task_size
      || va > task_size - length)
    return VM_EINVAL;
  return VM_ERRNO_NONE;
}

/* May a region of so many bytes be locked, if it would be? */
static bool
may_lock (struct vm_tape *t, const struct vm_state *s, uint32_t mm,
          uint32_t flags, uint64_t bytes)
{
  return !(flags & VM_REGION_LOCKED)
         || vm_mlock_has_room (t, s, mm, bytes >> VM_PAGE_SHIFT);
}

uint64_t
vm_mmap_start_gap (const struct vm_region *region)
{
  uint64_t gap = VM_STACK_GUARD_PAGES * (uint64_t) VM_PAGE_SIZE;

  if (!(region->flags & VM_REGION_GROWS_DOWN))
    return region->start;
  return region->start > gap ? region->start - gap : 0;
}

uint64_t
vm_mmap_find_gap (struct vm_tape *t, const struct vm_state *s, uint32_t mm,
                  uint64_t length)
{
  uint64_t high = s->mms[mm].mmap_base;
  uint32_t region = vm_tree_find (s, mm, high - 1);

  if (region == 0 || vm_region_at (s, region)->start >= high)
    region = region == 0 ? vm_tree_last (s, mm) : vm_tree_previous (s, region);
  for (; region != 0; region = vm_tree_previous (s, region)) {
    const struct vm_region *r = vm_region_at (s, region);
    if (high >= length && high - length >= r->end)
      break;
    high = vm_mmap_start_gap (r) < high ? vm_mmap_start_gap (r) : high;
  }
  if (high < length || high - length < VM_LOWEST_ADDRESS)
    return 0;
  vm_step_leaf (t, VM_STEP_GAP,
                (uint64_t[VM_STEP_VALUES]){high - length, length, high});
  return high - length;
}

bool
vm_mmap_has_room (struct vm_tape *t, const struct vm_state *s, uint32_t mm,
                  uint32_t flags, uint64_t pages)
{
  uint64_t most = s->mms[mm].memory_limit;

  if (most != UINT64_MAX
      && !within (t, VM_LIMIT_ADDRESSES,
                  (s->mms[mm].total_vm + pages) << VM_PAGE_SHIFT, most))
    return false;
  return !(flags & VM_REGION_ACCOUNT) || may_promise (t, s, pages);
}

enum vm_errno
vm_mmap (struct vm_tape *t, const struct vm_state *s,
         const struct vm_mmap_request *request, uint64_t *address)
{
  uint64_t length = round_up (request->length);
  uint32_t mm = s->processes[request->process].mm;
  uint32_t flags = flags_of (s, request);
  enum vm_errno refused = check_limits (t, s, request, length);

  if (refused == VM_ERRNO_NONE)
    refused = place (t, s, request, length, address);
  if (refused == VM_ERRNO_NONE && request->locked && s->mms[mm].lock_limit == 0)
    refused = VM_EPERM;
  if (refused == VM_ERRNO_NONE && !may_lock (t, s, mm, flags, length))
    refused = VM_EAGAIN;
  if (refused != VM_ERRNO_NONE)
    return refused;
  bool promised = request->shared && request->file == 0
                  && !(flags & VM_REGION_NO_RESERVE);
  if (!vm_mmap_has_room (t, s, mm, flags | (promised ? VM_REGION_ACCOUNT : 0),
                         length >> VM_PAGE_SHIFT))
    return VM_ENOMEM;
  if (request->placement == VM_PLACE_FIXED)
    refused = vm_munmap (t, s, request->process, *address, length);
  if (refused != VM_ERRNO_NONE || vm_tape_failed (t))
    return refused;

  struct vm_region new = {
      .start = *address,
      .end = *address + length,
      .offset = request->file != 0 ? request->offset >> VM_PAGE_SHIFT
                                   : *address >> VM_PAGE_SHIFT,
      .mm = mm,
      .flags = flags,
      .file = request->file,
  };
  if (request->shared && request->file == 0) {
    new.offset = 0;
    new.file = vm_files_make (t, s, VM_FILE_SHARED, VM_NONE, length);
    if (new.file == 0)
      return VM_ENOMEM;
    if (promised)
      vm_files_promise (t, s, new.file, length >> VM_PAGE_SHIFT);
  }
  if (add_or_extend (t, s, &new))
    return VM_ERRNO_NONE;
  vm_files_drop_unused (t, s, new.file);
  return VM_ENOMEM;
}

enum vm_errno
vm_mmap_cut (struct vm_tape *t, const struct vm_state *s, uint32_t process,
             uint64_t va, uint64_t end)
{
  return cut_range (t, s, process, va, end, VM_MAX_MAP_COUNT);
}

enum vm_errno
vm_munmap (struct vm_tape *t, const struct vm_state *s, uint32_t process,
           uint64_t va, uint64_t length)
{
  uint64_t bytes = round_up (length);
  enum vm_errno refused = check_range (s, process, va, bytes);

  if (refused == VM_ERRNO_NONE)
    refused = cut_out (t, s, process, va, va + bytes);
  if (refused == VM_ERRNO_NONE && !vm_tape_failed (t))
    remove_range (t, s, process, va, va + bytes);
  return refused;
}

/* The flags of a region once mprotect has changed it. Sets ACCOUNT where
 * private pages may be written for the first time. */
static enum vm_errno
protected_flags (struct vm_tape *t, const struct vm_state *s,
                 const struct vm_region *r, uint32_t access, uint64_t pages,
                 uint32_t *flags)
{
  const uint32_t counted = VM_REGION_ACCOUNT | VM_REGION_WRITE
                           | VM_REGION_SHARED | VM_REGION_NO_RESERVE;

  *flags = (r->flags & ~(uint32_t) VM_REGION_ACCESS) | access;
  if ((*flags & ~(*flags >> 4)) & VM_REGION_ACCESS)
    return VM_EACCES;
  if (!(access & VM_REGION_WRITE) || (r->flags & counted))
    return VM_ERRNO_NONE;
  *flags |= VM_REGION_ACCOUNT;
  return may_promise (t, s, pages) ? VM_ERRNO_NONE : VM_ENOMEM;
}

/* One region of the range of mprotect; *va gets where it ended. */
static enum vm_errno
protect_one (struct vm_tape *t, const struct vm_state *s, uint32_t process,
             uint64_t *va, uint64_t end, uint32_t access)
{
  uint32_t region = vm_tree_holder (s, s->processes[process].mm, *va);
  uint32_t flags;

  if (region == 0)
    return VM_ENOMEM;
  const struct vm_region *r = vm_region_at (s, region);
  uint64_t start = *va, stop = r->end < end ? r->end : end;
  enum vm_errno refused = protected_flags (
      t, s, r, access, (stop - start) >> VM_PAGE_SHIFT, &flags);
  if (refused != VM_ERRNO_NONE)
    return refused;
  *va = stop;
  if (flags == r->flags)
    return VM_ERRNO_NONE;

  refused = cut_range (t, s, process, start, stop, VM_MAX_MAP_COUNT);
  if (refused != VM_ERRNO_NONE || vm_tape_failed (t))
    return refused;
  region = vm_tree_holder (s, s->processes[process].mm, start);
  vm_region_set_flags (t, s, region, flags);
  vm_pages_protect (t, s, process, start, stop, vm_region_at (s, region));
  if (!vm_tape_failed (t))
    vm_region_merge (t, s, region);
  return VM_ERRNO_NONE;
}

enum vm_errno
vm_mprotect (struct vm_tape *t, const struct vm_state *s, uint32_t process,
             uint64_t va, uint64_t length, uint32_t access)
{
  uint64_t end = va + round_up (length);
  enum vm_errno refused = VM_ERRNO_NONE;

  if (va % VM_PAGE_SIZE != 0)
    return VM_EINVAL;
  if (length != 0 && end <= va)
    return VM_ENOMEM;
  while (va < end && refused == VM_ERRNO_NONE && !vm_tape_failed (t))
    refused = protect_one (t, s, process, &va, end, access);
  return refused;
}

/* The heap begins as a region of its own, and only grows: it never joins the
 * program's variables before it (vma_prev_limit). */
static bool
add_to_heap (struct vm_tape *t, const struct vm_state *s, uint64_t start,
             const struct vm_region *new)
{
  uint32_t heap = vm_tree_holder (s, new->mm, new->start - 1);

  if (heap == 0 || vm_region_at (s, heap)->start < start
      || !vm_region_joins (s, heap, new))
    return vm_region_add (t, s, new) != 0;
  vm_region_resize (t, s, heap, vm_region_at (s, heap)->start, new->end);
  return true;
}

/* Lengthens the heap. False if the kernel refuses. */
static bool
grow_heap (struct vm_tape *t, const struct vm_state *s, uint32_t process,
           uint64_t from, uint64_t to)
{
  const struct vm_mm *mm = vm_mm_of (s, process);
  struct vm_region new = {
      .start = from,
      .end = to,
      .offset = from >> VM_PAGE_SHIFT,
      .mm = s->processes[process].mm,
      .flags = VM_REGION_READ | VM_REGION_WRITE | VM_REGION_MAY_ACCESS
               | VM_REGION_ACCOUNT | mm->flags,
  };

  if (!may_lock (t, s, new.mm, mm->flags, to - from))
    return false;
  if (to > mm->task_size || !is_free (s, new.mm, from, to - from + VM_PAGE_SIZE)
      || mm->regions > VM_MAX_MAP_COUNT)
    return false;
  return vm_mmap_has_room (t, s, new.mm, new.flags,
                           (to - from) >> VM_PAGE_SHIFT)
         && add_to_heap (t, s, mm->start_brk, &new);
}

void
vm_brk (struct vm_tape *t, const struct vm_state *s, uint32_t process,
        uint64_t wanted, uint64_t *end)
{
  const struct vm_mm *mm = vm_mm_of (s, process);
  uint64_t from = round_up (mm->brk), to = round_up (wanted);
  bool done = wanted >= mm->start_brk && wanted <= mm->task_size;

  if (done && to > from)
    done = grow_heap (t, s, process, from, to);
  else if (done && to < from)
    done = vm_munmap (t, s, process, to, from - to) == VM_ERRNO_NONE;
  if (done)
    vm_put_u64 (t, &mm->brk, wanted);
  *end = mm->brk;
}
