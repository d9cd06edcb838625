/* The entries of toy processors: 1, 2, 4 or 8 bytes.
 *
 *   As many flags as there is room for, at most eight, from bit 0 on; the frame
 *   number right above them; what is left on top is reserved and must be 0.
 *
 *   4 bytes, 6-bit frames (pa=12, page=64):
 *   31            14 13   8  7  6 5  4 3 2 1 0
 *   |       0       | frame |avl|G|NX|D|A|U|W|P|
 *
 *   2 bytes, 12-bit frames:      1 byte, 7-bit frames (5/5/5, pa=12):
 *   15     4 3 2 1 0             7     1 0
 *   | frame |A|U|W|P|            | frame |P|
 *
 * A flag that has no room forbids nothing and is never written: without W every
 * page can be written, without U user mode may touch every page, without A and
 * D nobody knows what was used (so every page counts as dirty), without NX
 * every page can be executed. P, W, U, A, D, NX and G mean what they mean in
 * the entries of the x86, and NX is reserved while the machine has nx=off. */
#ifndef VM_PTE_TOY_H
#define VM_PTE_TOY_H

#include "mmu/pte.h"

enum {
  VM_TOY_PRESENT,
  VM_TOY_WRITABLE,
  VM_TOY_USER,
  VM_TOY_ACCESSED,
  VM_TOY_DIRTY,
  VM_TOY_NO_EXECUTE,
  VM_TOY_GLOBAL,
  VM_TOY_AVAILABLE,
  VM_TOY_FLAGS
};

/* Bits of the frame number. */
static inline uint32_t
vm_pte_toy_frame_bits (const struct vm_geometry *g)
{
  return (uint32_t) g->pa_bits - g->page_shift;
}

/* Flags that an entry has room for: where the frame number begins. */
static inline uint32_t
vm_pte_toy_flags (const struct vm_geometry *g)
{
  uint32_t room = 8u * g->entry_bytes - vm_pte_toy_frame_bits (g);

  return room < VM_TOY_FLAGS ? room : VM_TOY_FLAGS;
}

/* One flag, or what is to be taken for it where it has no room. */
static inline uint8_t
vm_pte_toy_flag (const struct vm_geometry *g, uint64_t raw, uint32_t bit,
                 uint8_t missing)
{
  return bit < vm_pte_toy_flags (g) ? (uint8_t) (raw >> bit & 1) : missing;
}

VM_ALWAYS_INLINE struct vm_pte
vm_pte_toy_decode (const struct vm_geometry *g, uint32_t level, uint64_t raw,
                   bool nx)
{
  uint32_t low = vm_pte_toy_flags (g), bits = vm_pte_toy_frame_bits (g);
  uint64_t known = (UINT64_C (1) << (low + bits - 1) << 1) - 1;
  bool leaf = level == 1;
  struct vm_pte pte = {
      .raw = raw,
      .frame = (raw & known) >> low,
      .reserved = raw & ~known,
      .present = raw & 1,
      .leaf = leaf,
      .readable = 1,
      .writable = vm_pte_toy_flag (g, raw, VM_TOY_WRITABLE, 1),
      .user = vm_pte_toy_flag (g, raw, VM_TOY_USER, 1),
      .accessed = vm_pte_toy_flag (g, raw, VM_TOY_ACCESSED, 1),
      .dirty = leaf && vm_pte_toy_flag (g, raw, VM_TOY_DIRTY, 1),
      .no_execute = vm_pte_toy_flag (g, raw, VM_TOY_NO_EXECUTE, 0),
      .global = leaf && vm_pte_toy_flag (g, raw, VM_TOY_GLOBAL, 0),
      .available = vm_pte_toy_flag (g, raw, VM_TOY_AVAILABLE, 0),
  };

  pte.kernel_no_execute = pte.no_execute;
  if (!nx && pte.no_execute)
    pte.reserved |= UINT64_C (1) << VM_TOY_NO_EXECUTE;
  return pte;
}

/* Names the fields of a toy's entries, in the geometry itself. */
void vm_pte_toy_lay_out (struct vm_geometry *g);

#endif
