/* The 8-byte entries of four- and five-level x86-64 paging (Intel SDM vol. 3A,
 * 4.5, tables 4-14 to 4-20).
 *
 *   63 62   52 51                      12 11  9 8 7 6 5 4   3   2 1 0
 *   |NX|  avl  |          frame           | avl |G|PS|D|A|PCD|PWT|U|W|P|
 *
 *   PS at level 2 maps 2 MiB, at level 3 1 GiB; bit 12 is then PAT and the
 *   bits from 13 up to the page size are reserved. At level 1 bit 7 is PAT. At
 *   levels 4 and 5 bit 7 is reserved. Bit 63 is reserved while EFER.NXE is
 *   0. */
#ifndef VM_PTE_X86_64_H
#define VM_PTE_X86_64_H

#include "mmu/pte_x86_32.h"

#define VM_X86_64_FRAME_MASK UINT64_C (0x000ffffffffff000)

/* A page of an upper level: PAT and frame stand elsewhere. */
VM_ALWAYS_INLINE void
vm_pte_x86_64_large (uint32_t level, struct vm_pte *pte)
{
  uint64_t below = (UINT64_C (1) << (12 + 9 * (level - 1))) - 1;

  pte->pat = pte->raw >> 12 & 1;
  pte->reserved |= pte->raw & below & ~UINT64_C (0x1fff);
  pte->frame = (pte->raw & VM_X86_64_FRAME_MASK & ~below) >> 12;
}

VM_ALWAYS_INLINE struct vm_pte
vm_pte_x86_64_decode (uint32_t level, uint64_t raw, bool nx)
{
  bool large = level > 1 && level <= 3 && (raw >> 7 & 1);
  struct vm_pte pte = vm_pte_x86_low_bits (raw, level == 1 || large);

  pte.frame = (raw & VM_X86_64_FRAME_MASK) >> 12;
  pte.no_execute = pte.kernel_no_execute = raw >> 63 ? 1 : 0;
  if (!nx)
    pte.reserved |= raw & (UINT64_C (1) << 63);
  if (level >= 4)
    pte.reserved |= raw & (UINT64_C (1) << 7);
  if (large)
    vm_pte_x86_64_large (level, &pte);
  return pte;
}

/* An entry of an upper level that only leads on: present, accessed, no large
 * page, with every right. What it means needs no decoding. */
VM_ALWAYS_INLINE bool
vm_pte_x86_64_leads_on (uint64_t raw)
{
  const uint64_t looked_at = UINT64_C (1) << 63 | 0xa7;

  return (raw & looked_at) == 0x27;
}

VM_ALWAYS_INLINE uint64_t
vm_pte_x86_64_encode (uint32_t level, const struct vm_pte *pte)
{
  return vm_pte_x86_encode_low (level, pte)
         | (pte->frame << 12 & VM_X86_64_FRAME_MASK)
         | (uint64_t) pte->no_execute << 63;
}

#endif
