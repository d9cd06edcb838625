/* The 4-byte entries of 32-bit x86 paging (Intel SDM vol. 3A, 4.3,
 * tables 4-4 to 4-6).
 *
 *   level 1, maps 4 KiB:
 *   31                       12 11  9 8 7 6 5 4   3   2 1 0
 *   |         frame            | avl |G|PAT|D|A|PCD|PWT|U|W|P|
 *
 *   level 2, points to a page table (PS = 0):
 *   |         table            | avl |-|0 |-|A|PCD|PWT|U|W|P|
 *
 *   level 2, maps 4 MiB (PS = 1, PSE-36):
 *   31        22 21 20     13 12  11  9 8 7 6 5 4   3   2 1 0
 *   | PA 31..22 |0 |PA 39..32|PAT| avl |G|1|D|A|PCD|PWT|U|W|P|
 */
#ifndef VM_PTE_X86_32_H
#define VM_PTE_X86_32_H

#include "mmu/pte.h"

/* Bits 11 to 0, which the three formats of the x86 share; of a leaf, D and G,
 * too, and PAT as at level 1. */
VM_ALWAYS_INLINE struct vm_pte
vm_pte_x86_low_bits (uint64_t raw, bool leaf)
{
  return (struct vm_pte){
      .raw = raw,
      .present = raw & 1,
      .leaf = leaf,
      .readable = 1,
      .writable = raw >> 1 & 1,
      .user = raw >> 2 & 1,
      .write_through = raw >> 3 & 1,
      .cache_disable = raw >> 4 & 1,
      .accessed = raw >> 5 & 1,
      .dirty = leaf && (raw >> 6 & 1),
      .pat = leaf && (raw >> 7 & 1),
      .global = leaf && (raw >> 8 & 1),
      .available = raw >> 9 & 7,
  };
}

VM_ALWAYS_INLINE struct vm_pte
vm_pte_x86_32_decode (uint32_t level, uint64_t raw)
{
  bool large = level > 1 && (raw >> 7 & 1);
  struct vm_pte pte = vm_pte_x86_low_bits (raw, level == 1 || large);

  pte.frame = raw >> 12;
  if (!large)
    return pte;
  pte.pat = raw >> 12 & 1;
  pte.reserved = raw & (UINT64_C (1) << 21);
  pte.frame = (raw >> 22 & 0x3ff) << 10 | (raw >> 13 & 0xff) << 20;
  return pte;
}

/* Makes bits 11 to 0 of any x86 entry, PAT and PS included. */
VM_ALWAYS_INLINE uint64_t
vm_pte_x86_encode_low (uint32_t level, const struct vm_pte *pte)
{
  bool large = pte->leaf && level > 1;
  uint64_t raw = (uint64_t) pte->present | (uint64_t) pte->writable << 1
                 | (uint64_t) pte->user << 2
                 | (uint64_t) pte->write_through << 3
                 | (uint64_t) pte->cache_disable << 4
                 | (uint64_t) pte->accessed << 5
                 | (uint64_t) (pte->available & 7) << 9;

  /* What only a leaf has is ignored in an entry that points to a table. */
  if (!pte->leaf)
    return raw;
  return raw | (uint64_t) pte->dirty << 6 | (uint64_t) large << 7
         | (uint64_t) pte->global << 8
         | (uint64_t) pte->pat << (large ? 12 : 7);
}

#endif
