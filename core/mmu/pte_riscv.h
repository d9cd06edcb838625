/* The entries of RISC-V's Sv32 (4 bytes) and Sv39, Sv48, Sv57 (8 bytes)
 * (RISC-V privileged architecture, "Supervisor-Level ISA", 12.3 to 12.6).
 *
 *   Sv32:  31                         10 9  8 7 6 5 4 3 2 1 0
 *          |           PPN              | RSW |D|A|G|U|X|W|R|V|
 *
 *   others: 63 62  61 60    54 53     10 9  8 7 6 5 4 3 2 1 0
 *          |N| PBMT |    0    |   PPN   | RSW |D|A|G|U|X|W|R|V|
 *
 * R = W = X = 0 points to a table, anything else maps a page at any level: a
 * superpage above level 1, whose low PPN bits must be 0. W without R is
 * reserved; so are D, A and U in an entry that points on, and N and PBMT on a
 * machine without those extensions, as here. */
#ifndef VM_PTE_RISCV_H
#define VM_PTE_RISCV_H

#include "mmu/pte.h"

#define VM_RISCV_R (UINT64_C (1) << 1)
#define VM_RISCV_W (UINT64_C (1) << 2)
#define VM_RISCV_X (UINT64_C (1) << 3)
#define VM_RISCV_DAU (UINT64_C (0xd0))
#define VM_RISCV_UPPER UINT64_C (0xffc0000000000000)
#define VM_RISCV_PPN UINT64_C (0x003ffffffffffc00)

/* The bits of a page's entry that must be 0: PPN bits below the page's size,
 * and W where R is 0. */
static inline uint64_t
vm_pte_riscv_misplaced (const struct vm_geometry *g, uint32_t level,
                        uint64_t raw)
{
  uint64_t below = ((UINT64_C (1) << (g->level[level].low - 12)) - 1) << 10;
  uint64_t lone_w = raw & VM_RISCV_R ? 0 : raw & VM_RISCV_W;

  return (raw & below) | lone_w;
}

VM_ALWAYS_INLINE struct vm_pte
vm_pte_riscv_decode (const struct vm_geometry *g, uint32_t level, uint64_t raw)
{
  bool leaf = raw & (VM_RISCV_R | VM_RISCV_W | VM_RISCV_X);
  struct vm_pte pte = {
      .raw = raw,
      .frame = (raw & VM_RISCV_PPN) >> 10,
      .reserved = raw & VM_RISCV_UPPER,
      .present = raw & 1,
      .leaf = leaf,
      .readable = !leaf || (raw & VM_RISCV_R),
      .writable = !leaf || (raw & VM_RISCV_W),
      .user = !leaf || (raw >> 4 & 1),
      .no_execute = leaf && !(raw & VM_RISCV_X),
      .kernel_no_execute = leaf && !(raw & VM_RISCV_X),
      .accessed = !leaf || (raw >> 6 & 1),
      .dirty = leaf && (raw >> 7 & 1),
      .global = raw >> 5 & 1,
      .available = raw >> 8 & 3,
  };

  pte.reserved |= leaf ? vm_pte_riscv_misplaced (g, level, raw)
                       : raw & VM_RISCV_DAU;
  return pte;
}

#endif
