/* Advice about pages that are there: which will be needed, and which not.
 *
 *   WILLNEED   in swap -> read into the swap cache (a later fault is a minor
 *              one)
 *   COLD       -> the inactive list, its accessed bits cleared
 *   PAGEOUT    -> written, if need be, and its frame freed
 *   FREE       -> its contents may be forgotten; a write makes it keep them
 *
 * Pages that another process has, too, are left alone by COLD and PAGEOUT.
 * Rules: mm/madvise.c of Linux 6.x. */
#ifndef VM_ADVICE_H
#define VM_ADVICE_H

#include "mm/mmap.h"

static inline bool
vm_advice_is_on_pages (enum vm_advice advice)
{
  return advice >= VM_ADVICE_WILLNEED && advice <= VM_ADVICE_FREE;
}

/* Takes one such piece of advice about [start, end), a part of one region.
 * VM_EINVAL: the region is locked, or, of FREE, maps a file. */
enum vm_errno vm_advise_pages (struct vm_tape *t, const struct vm_state *s,
                               uint32_t process, uint64_t start, uint64_t end,
                               enum vm_advice advice);

#endif
