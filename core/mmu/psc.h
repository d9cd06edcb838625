/* The paging-structure caches: what a walk remembers of upper levels.
 *
 *   virtual address  | PML4 | PDPT |  PD  |  PT  | offset |
 *                    |<-- prefix of level 2 ---->|
 *                                |
 *                    known: the page table, so that one entry is read, not 4
 *
 * A processor keeps a few entries of each level above the last, the least
 * recently used going first. Only entries that point to a table are kept.
 * INVLPG drops those of the whole address space, whatever address it names
 * (Intel SDM vol. 3A, 4.10.3 and 4.10.4.1); a page fault those that lead to its
 * own address. RISC-V and AArch64 are taken to do the same, which both allow.
 */
#ifndef VM_PSC_H
#define VM_PSC_H

#include "mmu/flush.h"
#include "mmu/walk.h"

/* Where a walk can begin. */
struct vm_psc_start {
  struct vm_walk walk; /* rights and global so far */
  vm_frame table;
  uint32_t level; /* of that table */
};

/* The lowest table that is known for an address, else the root's. Says on the
 * tape which. */
struct vm_psc_start vm_psc_begin (struct vm_tape *t, const struct vm_state *s,
                                  const struct vm_geometry *g, uint32_t cpu,
                                  vm_vaddr va);

/* Does a flush of the TLB remove the entry, too? One of a space goes with any
 * page of it. */
bool vm_psc_takes (const struct vm_flush *flush,
                   const struct vm_psc_entry *entry);

/* Removes what a flush of the TLB removes here. */
void vm_psc_flush (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
                   const struct vm_flush *flush);

/* Removes what would be used for an address in the loaded address space. */
void vm_psc_forget (struct vm_tape *t, const struct vm_state *s,
                    const struct vm_geometry *g, uint32_t cpu, vm_vaddr va);

/* The first of the VM_PSC_WAYS entries of a level, which is at least 2. */
static inline const struct vm_psc_entry *
vm_psc_of (const struct vm_state *s, uint32_t cpu, uint32_t level)
{
  return &s->psc[(cpu * VM_PSC_LEVELS + level - 2) * VM_PSC_WAYS];
}

/* The rights gathered down to an entry. */
struct vm_rights vm_psc_rights (const struct vm_psc_entry *entry);

#endif
