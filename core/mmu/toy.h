/* Toy processors: any split of a small address, as classrooms draw them.
 *
 *   14-bit addresses, pages of 64 bytes, one level:
 *    13              6 5       0
 *   |      VPN        | offset |        one table of 256 entries
 *
 *   5/5/5, which is 15 bits, pages of 32 bytes, two levels:
 *    14       10 9    5 4      0
 *   | directory | table | offset |      tables of 32 entries
 *
 * A toy is described by a few numbers, which stand in the machine's
 * configuration; its geometry is made of them when it is needed. Entries:
 * pte_toy.h. Rights and faults are the x86's. */
#ifndef VM_TOY_H
#define VM_TOY_H

#include "error.h"
#include "mmu/geometry.h"

#define VM_TOY_LEVELS 4
#define VM_TOY_VA_BITS 48
#define VM_TOY_PA_BITS 36
#define VM_TOY_LEAST_PAGE 4     /* log2: 16 bytes */
#define VM_TOY_LARGEST_PAGE 16  /* log2: 64 KiB */
#define VM_TOY_INDEX_BITS 20    /* of one table */
#define VM_TOY_TABLE_PAGES 4096 /* that one table may take */

struct vm_toy {
  uint8_t page_shift, pa_bits;
  uint8_t entry_bytes; /* 1, 2, 4 or 8 */
  uint8_t levels;
  uint8_t index_bits[VM_TOY_LEVELS]; /* [0]: of the root; unused ones are 0 */
};

/* A toy as one number, as the configuration keeps it, and back. */
static inline uint64_t
vm_toy_pack (const struct vm_toy *toy)
{
  uint64_t packed = toy->page_shift | (uint64_t) toy->pa_bits << 8
                    | (uint64_t) toy->entry_bytes << 16
                    | (uint64_t) toy->levels << 24;

  for (uint32_t i = 0; i < VM_TOY_LEVELS; i++)
    packed |= (uint64_t) toy->index_bits[i] << (32 + 8 * i);
  return packed;
}

static inline struct vm_toy
vm_toy_unpack (uint64_t packed)
{
  struct vm_toy toy = {.page_shift = (uint8_t) packed,
                       .pa_bits = (uint8_t) (packed >> 8),
                       .entry_bytes = (uint8_t) (packed >> 16),
                       .levels = (uint8_t) (packed >> 24)};

  for (uint32_t i = 0; i < VM_TOY_LEVELS; i++)
    toy.index_bits[i] = (uint8_t) (packed >> (32 + 8 * i));
  return toy;
}

/* Bits of a toy's virtual addresses. */
uint32_t vm_toy_va_bits (const struct vm_toy *toy);

/* Shares the bits above the offset out among the levels: equally, and what is
 * left over goes to the last ones. */
void vm_toy_share (struct vm_toy *toy, uint32_t va_bits);

/* Can there be such a machine? False and *error if not: its subject is the
 * parameter of the operation "machine" that must be another. Page size and
 * entry size must be powers of two. */
bool vm_toy_check (const struct vm_toy *toy, struct vm_error *error);

/* Makes the geometry of a toy that vm_toy_check found possible. */
void vm_toy_make (const struct vm_toy *toy, struct vm_geometry *g);

/* The numbers, packed, that the geometry of a toy was made of. */
uint64_t vm_toy_numbers (const struct vm_geometry *g);

#endif
