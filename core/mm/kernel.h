/* The kernel's half as real page tables, built once: init_mm.
 *
 *   kernel root --> direct map    all of memory, in the largest pages there are
 *               --> text          the kernel's own image, once more
 *               --> vmemmap       a struct page for each frame
 *               --> cpu_entry_area, windows of kmap and fixmap
 *   roots of processes name the same tables; with KPTI user mode's roots name
 *   the cpu_entry_area and one page of text alone
 *
 * What these entries map they do not count as a reference: the direct map holds
 * all frames, whoever has them. vmalloc's do (vmalloc.h). Of the image and of
 * struct pages only the frames are there; their bytes are zero.
 *
 * Rules: arch/x86/mm/init.c (init_memory_mapping, split_mem_range: the first
 * large page of the direct map is made of small ones, for low memory has holes
 * and caching rules of its own), init_32.c, init_64.c; mm/sparse-vmemmap.c;
 * arch/x86/mm/pti.c (pti_clone_user_shared, pti_clone_entry_text);
 * arch/riscv/mm/init.c, arch/arm64/mm/mmu.c. */
#ifndef VM_KERNEL_H
#define VM_KERNEL_H

#include "error.h"
#include "mm/kernel_layout.h"
#include "mmu/pte.h"
#include "tape/tape.h"

/* How it is to be built. */
struct vm_kernel_plan {
  uint32_t version; /* VM_KERNEL (); 0: the usual one of the geometry */
  bool random;
  uint64_t seed;
  uint32_t leaf; /* log2 of the largest pages of the direct map; 0: the largest
                    that the geometry has, up to 1 GiB */
};

/* Builds it; nobody may have a root yet. False and *error if there is no layout
 * for this machine, no room for it, or it was built already. */
bool vm_kernel_build (struct vm_tape *t, const struct vm_state *s,
                      const struct vm_kernel_plan *plan,
                      struct vm_error *error);

/* A page-table entry of the kernel's for a page of 2^shift bytes: not for user
 * mode, accessed and dirty already, global but under KPTI. */
struct vm_pte vm_kernel_leaf (const struct vm_state *s, vm_frame frame,
                              bool writable, bool executable);

/* Where the entry of a small page of the kernel's half lies; the tables above
 * it are there, or this is false. *table gets the frame of its table. */
bool vm_kernel_entry (const struct vm_state *s, vm_vaddr va, vm_frame *table,
                      uint32_t *index);

/* Writes it, told as a step. */
void vm_kernel_put_entry (struct vm_tape *t, const struct vm_state *s,
                          vm_frame table, uint32_t index,
                          const struct vm_pte *pte);

/* Where init_mm's tables lead an address of the kernel's half. False: nowhere.
 */
bool vm_kernel_walk (const struct vm_state *s, vm_vaddr va, vm_paddr *pa);

/* A process's root lacks a table for vmalloc that the kernel's own root has: it
 * gets the entry, and the access can be tried again (vmalloc_fault, until Linux
 * 5.8). False if that is not it. */
bool vm_kernel_sync (struct vm_tape *t, const struct vm_state *s,
                     uint32_t process, const struct vm_fault *fault);

#endif
