/* vmalloc: memory in one piece of addresses, made of frames from anywhere.
 *
 *   VMALLOC_START                                              VMALLOC_END
 *   | area A  |g| area B            |g|        room            |
 *      |  |        |    |    |          g: a guard page, never mapped, so that
 *      v  v        v    v    v             running over an end faults
 *   frames here  and there, one by one, high memory first
 *
 * The first gap that is large enough is taken, from VMALLOC_START on
 * (mm/vmalloc.c, alloc_vmap_area). Each request is rounded up to whole pages.
 * Tables that are missing are made in the kernel's own root, and seen by all
 * processes; they stay when an area goes. A real kernel frees areas a little
 * later, to flush TLBs for many at once; here they go at once. */
#ifndef VM_VMALLOC_H
#define VM_VMALLOC_H

#include "mm/kernel.h"

/* Gives so many bytes, more than 0; *va gets where they begin. owner: interned
 * name of the module that asks, or VM_NONE. VM_ENOMEM if there is no room, no
 * free area or not enough frames; false only with *error, of a tape that is
 * full. */
bool vm_vmalloc (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
                 uint64_t bytes, uint32_t owner, vm_vaddr *va,
                 enum vm_errno *refused, struct vm_error *error);

/* Frees the area that begins at an address. False if none does: the kernel
 * would warn, and do nothing. */
bool vm_vfree (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
               vm_vaddr va);

/* The area that an address lies in, its guard page included; 0: none. */
uint32_t vm_vmalloc_at (const struct vm_state *s, vm_vaddr va);

#endif
