/* The invariants of the kernel's own allocators. */
#ifndef VM_CHECK_BUDDY_H
#define VM_CHECK_BUDDY_H

#include "machine/check.h"
#include "tape/state.h"

/* Each free frame is in exactly one block, each block in its list. False and
 * *report otherwise. */
bool vm_check_buddy_links (const struct vm_state *s,
                           struct vm_check_report *report);

/* The same of what holds only between operations: no two free buddies, slabs
 * and grants as they are counted. References of the kernel's frames are added
 * to refs, a number a managed frame. */
bool vm_check_buddy_counts (const struct vm_state *s, uint32_t *refs,
                            struct vm_check_report *report);

#endif
