/* Does msync. */
#include "mm/msync.h"

#include "mm/region_tree.h"
#include "mm/streams.h"
#include "mm/writeback.h"

/* [start, end) of one region. */
static enum vm_errno
sync_region (struct vm_tape *t, const struct vm_state *s,
             const struct vm_region *r, uint64_t start, uint64_t end,
             enum vm_msync_mode mode)
{
  if (mode == VM_SYNC_INVALIDATE && (r->flags & VM_REGION_LOCKED))
    return VM_EBUSY;
  if (mode != VM_SYNC_WAIT || r->file == 0 || !(r->flags & VM_REGION_SHARED))
    return VM_ERRNO_NONE;
  vm_writeback_range (t, s, r->file, vm_region_offset (r, start),
                      vm_region_offset (r, end - 1), UINT32_MAX);
  return vm_streams_error (t, s, r->file);
}

enum vm_errno
vm_msync (struct vm_tape *t, const struct vm_state *s, uint32_t process,
          uint64_t va, uint64_t length, enum vm_msync_mode mode)
{
  uint32_t mm = s->processes[process].mm;
  uint64_t end
      = va + ((length + VM_PAGE_SIZE - 1) & ~(uint64_t) (VM_PAGE_SIZE - 1));
  bool hole = false;

  if (va % VM_PAGE_SIZE != 0)
    return VM_EINVAL;
  if (end < va)
    return VM_ENOMEM;
  while (va < end && !vm_tape_failed (t)) {
    uint32_t region = vm_tree_find (s, mm, va);
    const struct vm_region *r = vm_region_at (s, region);
    if (region == 0 || r->start >= end)
      return VM_ENOMEM;
    hole |= r->start > va;
    uint64_t start = r->start > va ? r->start : va;
    uint64_t stop = r->end < end ? r->end : end;
    enum vm_errno refused = sync_region (t, s, r, start, stop, mode);
    if (refused != VM_ERRNO_NONE)
      return refused;
    va = stop;
  }
  return hole ? VM_ENOMEM : VM_ERRNO_NONE;
}
