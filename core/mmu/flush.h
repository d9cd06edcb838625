/* What software has a processor forget.
 *
 *   kind        x86                 RISC-V           AArch64      what goes
 *   address     INVLPG              sfence.vma va    TLBI VAE1    one page
 *    + process  INVPCID 0           sfence.vma va,n  TLBI VAE1    not global
 *   asid        MOV CR3             sfence.vma x0,n  TLBI ASIDE1  not global
 *    + process  INVPCID 1           sfence.vma x0,n  TLBI ASIDE1  not global
 *   spaces      INVPCID 3                                         not global
 *   all         INVPCID 2           sfence.vma       TLBI VMALLE1 all
 *   global      CR4.PGE off and on                                all
 *   noflush     MOV CR3 with bit 63                               nothing
 *
 * Without address-space numbers one space is loaded, and `asid` is what every
 * write to CR3 does: all that is not global goes. Rules: Intel SDM vol. 3A,
 * 4.10.4.1; RISC-V privileged architecture, 12.2.1; Arm ARM, D8.14. */
#ifndef VM_FLUSH_H
#define VM_FLUSH_H

#include "mmu/tlb.h"

/* Which entries of a processor. */
struct vm_flush {
  enum vm_flush_kind kind;
  vm_vaddr va;   /* VM_FLUSH_ADDRESS: any in the page */
  uint32_t asid; /* VM_FLUSH_ADDRESS and _ASID; VM_ANY_ASID: of every space */
  bool both;     /* the space of KPTI's other root, too */
  bool keep_global; /* VM_FLUSH_ADDRESS: global ones stay */
  uint64_t pages;   /* VM_FLUSH_ADDRESS: so many from va on; 0 is one */
};

/* The number of the loaded address space, to compare entries with. */
static inline uint32_t
vm_flush_loaded (const struct vm_state *s, uint32_t cpu)
{
  return s->config.asids ? s->cpus[cpu].asid : VM_ANY_ASID;
}

/* True if an entry is one of those. */
bool vm_flush_takes (const struct vm_flush *flush,
                     const struct vm_tlb_entry *entry);

/* How many entries of a processor that are. */
uint32_t vm_flush_count (const struct vm_state *s, uint32_t cpu,
                         const struct vm_flush *flush);

/* Removes them from all TLBs of a processor. Of a page's entries each is told,
 * of others nothing. */
void vm_flush_drop_entries (struct vm_tape *t, const struct vm_state *s,
                            uint32_t cpu, const struct vm_flush *flush);

/* The same, and what the processor's walk keeps of upper levels (psc.h). */
void vm_flush_drop (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
                    const struct vm_flush *flush);

/* The same as a step of its own, with the entries under it. process is that
 * which the instruction names, or VM_NONE. */
void vm_flush_tell (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
                    const struct vm_flush *flush, uint32_t process);

#endif
