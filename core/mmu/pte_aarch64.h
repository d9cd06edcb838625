/* The 8-byte descriptors of AArch64, 4 KiB granule, 48 bits (Arm Architecture
 * Reference Manual, D8.3).
 *
 *   page (level 1 here, the Arm's 3) and block (levels 2 and 3):
 *   63  59 58 55 54  53  52 51  50 48 47       12 11 10 9 8 7  6 5  4  2 1 0
 *   |ignored| sw|UXN|PXN|Ctg|DBM| 0  |  frame    |nG|AF|SH
 * |AP[2:1]|NS|Attr|T|V|
 *
 *   table (levels 2 to 4):
 *   63 62       61 60   59   58  51 50 48 47      12 11              2 1 0
 *   |NS|APTable[1:0]|UXN |PXN |ignored| 0  |  table  |    ignored     |1|V|
 *
 * T tells a page (1) from a block (0). A block where none may be, or a page
 * with T = 0, is an invalid descriptor, and so not present. AP[1] lets user
 * mode in, AP[2] forbids writes; APTable and the XN bits of a table restrict
 * all below it. The Arm's level 0 is level 4 here: 1 is the table read last. */
#ifndef VM_PTE_AARCH64_H
#define VM_PTE_AARCH64_H

#include "mmu/pte.h"

#define VM_AARCH64_FRAME UINT64_C (0x0000fffffffff000)

VM_ALWAYS_INLINE struct vm_pte
vm_pte_aarch64_table (uint64_t raw)
{
  return (struct vm_pte){
      .raw = raw,
      .frame = (raw & VM_AARCH64_FRAME) >> 12,
      .present = 1,
      .readable = 1,
      .writable = !(raw >> 62 & 1),
      .user = !(raw >> 61 & 1),
      .no_execute = raw >> 60 & 1,
      .kernel_no_execute = raw >> 59 & 1,
      .accessed = 1,
  };
}

VM_ALWAYS_INLINE struct vm_pte
vm_pte_aarch64_page (uint32_t level, uint64_t raw, bool present)
{
  uint64_t below = (UINT64_C (1) << (12 + 9 * (level - 1))) - 1;

  return (struct vm_pte){
      .raw = raw,
      .frame = (raw & VM_AARCH64_FRAME & ~below) >> 12,
      .present = present,
      .leaf = 1,
      .readable = 1,
      .writable = !(raw >> 7 & 1),
      .user = raw >> 6 & 1,
      .no_execute = raw >> 54 & 1,
      .kernel_no_execute = raw >> 53 & 1,
      .accessed = raw >> 10 & 1,
      .dirty = 1, /* the processor keeps no such flag */
      .global = !(raw >> 11 & 1),
  };
}

VM_ALWAYS_INLINE struct vm_pte
vm_pte_aarch64_decode (uint32_t level, uint64_t raw)
{
  bool valid = raw & 1, type = raw >> 1 & 1;

  if (level > 1 && valid && type)
    return vm_pte_aarch64_table (raw);
  return vm_pte_aarch64_page (level, raw,
                              valid && (level == 1 ? type : level <= 3));
}

#endif
