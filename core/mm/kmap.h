/* kmap: addresses of the kernel's for frames that its direct map does not hold.
 *
 *   PKMAP_BASE  | slot 0 | slot 1 | ... | 1023 |   kmap: all processors see
 * them; once around, those that nobody uses any more are cleared, and TLBs are
 * flushed for all of them at once (mm/highmem.c, map_new_virtual,
 * flush_all_zero_pkmaps) fixmap      | windows of processor 0 | of processor 1
 * | ... kmap_local, once kmap_atomic: only one processor's, closed in the order
 * opposite to that in which they were opened
 *
 * A frame of the direct map needs none of that: its address is known. A window
 * is no reference: whoever opens one must hold the frame. Where the windows of
 * the fixmap begin depends on how a kernel was built; here it is the 16th page
 * below its top, and a processor has 16 (KM_MAX_IDX). */
#ifndef VM_KMAP_H
#define VM_KMAP_H

#include "mm/kernel.h"

/* Pages between FIXADDR_TOP and the windows of processor 0, which lie below
 * each other. */
#define VM_FIX_KMAP_BEGIN 16

/* Gives a frame of memory an address; the machine has a kernel. VM_EAGAIN if no
 * window is free: a real kernel would wait for one (kmap) or stop (kmap_local).
 */
enum vm_errno vm_kmap (struct vm_tape *t, const struct vm_state *s,
                       uint32_t cpu, vm_frame frame, enum vm_kmap_kind kind,
                       vm_vaddr *va);

/* Takes leave of an address that vm_kmap gave; what is in the direct map stays.
 * VM_EINVAL if it is none, if nobody uses it, or if it is not the one that was
 * opened last on that processor. */
enum vm_errno vm_kunmap (struct vm_tape *t, const struct vm_state *s,
                         uint32_t cpu, vm_vaddr va);

/* The address of a window of a processor, whether it is open or not. */
vm_vaddr vm_kmap_window (const struct vm_kernel_layout *layout, uint32_t cpu,
                         uint32_t slot);

#endif
