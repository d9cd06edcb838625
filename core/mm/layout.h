/* Where Linux puts things in an address space, with randomisation off.
 *
 *   0     64K    start_brk    ->         <-  mmap_base    <-  stack   task_size
 *   |.......|.....| heap |................| regions |.......| stack |
 *
 * x86-64: task_size is one page below 2^47, so that no instruction at the end
 * of user space can run into the hole (arch/x86/include/asm/page_64_types.h);
 * x86-32: 3 GiB (VMSPLIT_3G). mmap_base leaves the stack 128 MiB, the least
 * that Linux leaves it (arch/x86/mm/mmap.c). */
#ifndef VM_LAYOUT_H
#define VM_LAYOUT_H

#include "mmu/geometry.h"
#include "tape/tape.h"

#define VM_STACK_LIMIT (UINT64_C (8) << 20)   /* RLIMIT_STACK, in bytes */
#define VM_STACK_START (UINT64_C (132) << 10) /* of a new process's stack */

struct vm_layout {
  uint64_t task_size, mmap_base;
  uint64_t stack_top;
  uint64_t program; /* where a program that can lie anywhere is put */
  uint64_t heap;    /* start_brk of a process without a program */
};

struct vm_layout vm_layout_of (const struct vm_geometry *g);

/* True if the kernel can manage address spaces of this geometry: its smallest
 * page is 4 KiB. */
bool vm_layout_suits (const struct vm_geometry *g);

/* Somebody edits entries of an address space by hand: if the kernel manages
 * it, its counts of resident pages are no longer held to be true. */
void vm_layout_edited (struct vm_tape *t, const struct vm_state *s,
                       uint32_t mm);

/* From now on the kernel answers a process's page faults: gives its address
 * space the numbers of its layout. Does nothing if it has them. */
void vm_layout_manage (struct vm_tape *t, const struct vm_state *s,
                       uint32_t process);

#endif
