/* Page-table entries: from bits to meaning and back.
 *
 * Each format has a codec of its own, with its picture: pte_x86_32.h and
 * pte_x86_64.h. Here is what they share: the meaning. */
#ifndef VM_PTE_H
#define VM_PTE_H

#include "mmu/geometry.h"

/* An entry, understood. All fields but raw, reserved and frame are 0 or 1. */
struct vm_pte {
  uint64_t raw;
  uint64_t frame;    /* first frame of the page, or frame of the next table */
  uint64_t reserved; /* the bits set although the format reserves them */
  uint8_t present;
  uint8_t leaf; /* maps a page; otherwise it points to a table */
  uint8_t writable, user, no_execute;
  uint8_t accessed, dirty, global;
  uint8_t write_through, cache_disable, pat;
  uint8_t available; /* three bits for software */
};

/* One named field of an entry, from bit high down to bit low. */
struct vm_pte_field {
  const char *name;  /* stable, as on the command line: "rw" */
  const char *label; /* as in a picture: "W" */
  uint8_t high, low;
};

/* The fields of an entry at a level, highest bit first, without gaps. leaf
 * says whether it maps a page there. Sets *count. */
const struct vm_pte_field *vm_pte_fields (const struct vm_geometry *g,
                                          uint32_t level, bool leaf,
                                          uint32_t *count);

/* Understands the bits of an entry read at a level. nx: the machine has
 * no-execute enabled (EFER.NXE); without it bit 63 is reserved. */
static inline struct vm_pte vm_pte_decode (const struct vm_geometry *g,
                                           uint32_t level, uint64_t raw,
                                           bool nx);

/* Makes the bits of an entry at a level out of pte's fields (raw and
 * reserved are not looked at). The frame must fit and be aligned. */
uint64_t vm_pte_encode (const struct vm_geometry *g, uint32_t level,
                        const struct vm_pte *pte);

/* Bits of the accessed and the dirty flag; 0 where an entry has none. */
static inline uint64_t
vm_pte_accessed_bit (const struct vm_geometry *g)
{
  (void) g;
  return UINT64_C (1) << 5;
}

static inline uint64_t
vm_pte_dirty_bit (const struct vm_geometry *g)
{
  (void) g;
  return UINT64_C (1) << 6;
}

/* The largest frame number that an entry of this level and kind can hold. */
uint64_t vm_pte_last_frame (const struct vm_geometry *g, uint32_t level,
                            bool leaf);

#include "mmu/pte_x86_32.h"
#include "mmu/pte_x86_64.h"

static inline struct vm_pte
vm_pte_decode (const struct vm_geometry *g, uint32_t level, uint64_t raw,
               bool nx)
{
  switch (g->format) {
  case VM_PTE_X86_32:
    return vm_pte_x86_32_decode (level, raw);
  case VM_PTE_X86_64:
    return vm_pte_x86_64_decode (level, raw, nx);
  }
  return (struct vm_pte){.raw = raw};
}

#endif
