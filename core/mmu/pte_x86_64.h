/* The 8-byte entries of four-level x86-64 paging (Intel SDM vol. 3A, 4.5,
 * tables 4-15 to 4-20).
 *
 *   63 62   52 51                      12 11  9 8 7 6 5 4   3   2 1 0
 *   |NX|  avl  |          frame           | avl |G|PS|D|A|PCD|PWT|U|W|P|
 *
 *   PS at level 2 maps 2 MiB, at level 3 1 GiB; bit 12 is then PAT and the
 *   bits from 13 up to the page size are reserved. At level 1 bit 7 is PAT. At
 *   level 4 bit 7 is reserved. Bit 63 is reserved while EFER.NXE is 0. */
#ifndef VM_PTE_X86_64_H
#define VM_PTE_X86_64_H

#include "mmu/pte.h"

#define VM_X86_64_FRAME_MASK UINT64_C (0x000ffffffffff000)

static inline struct vm_pte
vm_pte_x86_64_decode (uint32_t level, uint64_t raw, bool nx)
{
  uint64_t large = raw >> 7 & 1;
  struct vm_pte pte = {
      .raw = raw,
      .frame = (raw & VM_X86_64_FRAME_MASK) >> 12,
      .present = raw & 1,
      .leaf = level == 1 || (large && level <= 3),
      .writable = raw >> 1 & 1,
      .user = raw >> 2 & 1,
      .write_through = raw >> 3 & 1,
      .cache_disable = raw >> 4 & 1,
      .accessed = raw >> 5 & 1,
      .available = raw >> 9 & 7,
      .no_execute = raw >> 63 ? 1 : 0,
  };

  if (!nx)
    pte.reserved |= raw & (UINT64_C (1) << 63);
  if (level >= 4)
    pte.reserved |= raw & (UINT64_C (1) << 7);
  if (!pte.leaf)
    return pte;

  pte.dirty = raw >> 6 & 1;
  pte.global = raw >> 8 & 1;
  if (level == 1) {
    pte.pat = raw >> 7 & 1;
    return pte;
  }

  uint64_t below = (UINT64_C (1) << (12 + 9 * (level - 1))) - 1;
  pte.pat = raw >> 12 & 1;
  pte.reserved |= raw & below & ~UINT64_C (0x1fff);
  pte.frame = (raw & VM_X86_64_FRAME_MASK & ~below) >> 12;
  return pte;
}

#endif
