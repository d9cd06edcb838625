/* msync: what was written into shared mappings goes to the disk.
 *
 * Rules: mm/msync.c of Linux 6.x. */
#ifndef VM_MSYNC_H
#define VM_MSYNC_H

#include "mm/region.h"

enum vm_msync_mode {
  VM_SYNC_WAIT,      /* MS_SYNC: writes, and tells what failed */
  VM_SYNC_LATER,     /* MS_ASYNC: does nothing, the flusher will */
  VM_SYNC_INVALIDATE /* MS_INVALIDATE: does nothing, either: all mappings show
                        the same pages */
};

/* VM_EINVAL: the address is not a page's; VM_ENOMEM: part of the range is no
 * region, the others were written; VM_EBUSY: invalidate, and pages are locked;
 * VM_EIO: the disk failed, which is told once. */
enum vm_errno vm_msync (struct vm_tape *t, const struct vm_state *s,
                        uint32_t process, uint64_t va, uint64_t length,
                        enum vm_msync_mode mode);

#endif
