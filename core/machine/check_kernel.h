/* Proves that the kernel's half is what it should be. */
#ifndef VM_CHECK_KERNEL_H
#define VM_CHECK_KERNEL_H

#include "machine/check.h"

/* True if areas and windows are within their limits and in order; otherwise
 * fills *report. */
bool vm_check_kernel_links (const struct vm_state *s,
                            struct vm_check_report *report);

/* True if the direct map, the areas of vmalloc and the windows of kmap lead
 * where the layout and the books say; otherwise fills *report. The kernel's own
 * references are added to refs. */
bool vm_check_kernel_frames (const struct vm_state *s, uint32_t *refs,
                             struct vm_check_report *report);

#endif
