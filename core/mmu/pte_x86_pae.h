/* The 8-byte entries of PAE paging (Intel SDM vol. 3A, 4.4, tables 4-8 to
 * 4-11).
 *
 *   levels 1 and 2, as x86-64 has them, save that bits 62-52 are reserved:
 *   63 62   52 51                      12 11  9 8 7 6 5 4   3   2 1 0
 *   |NX|   0   |          frame           | avl |G|PS|D|A|PCD|PWT|U|W|P|
 *
 *   level 3, four of them, loaded into registers with CR3:
 *   63      52 51                      12 11  9 8  5  4   3   2 1 0
 *   |    0     |          table           | avl |  0 |PCD|PWT| 0 |P|
 *
 * An entry of level 3 says nothing of rights; MOV to CR3 raises #GP if one is
 * present and has a reserved bit set. */
#ifndef VM_PTE_X86_PAE_H
#define VM_PTE_X86_PAE_H

#include "mmu/pte_x86_64.h"

#define VM_X86_PAE_RESERVED UINT64_C (0x7ff0000000000000)
#define VM_X86_PDPTE_RESERVED UINT64_C (0xfff00000000001e6)

VM_ALWAYS_INLINE struct vm_pte
vm_pte_x86_pae_decode (uint32_t level, uint64_t raw, bool nx)
{
  if (level <= 2) {
    struct vm_pte pte = vm_pte_x86_64_decode (level, raw, nx);
    pte.reserved |= raw & VM_X86_PAE_RESERVED;
    return pte;
  }

  return (struct vm_pte){
      .raw = raw,
      .frame = (raw & VM_X86_64_FRAME_MASK) >> 12,
      .reserved = raw & VM_X86_PDPTE_RESERVED,
      .present = raw & 1,
      .readable = 1,
      .writable = 1,
      .user = 1,
      .accessed = 1,
      .write_through = raw >> 3 & 1,
      .cache_disable = raw >> 4 & 1,
      .available = raw >> 9 & 7,
  };
}

#endif
