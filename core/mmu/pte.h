/* Page-table entries: from bits to meaning and back.
 *
 * Each format has a codec of its own, with its picture: pte_x86_32.h,
 * pte_x86_pae.h, pte_x86_64.h, pte_riscv.h, pte_aarch64.h and pte_toy.h decode,
 * and the .c files beside them encode and name the bits. Here is what they
 * share: the meaning. */
#ifndef VM_PTE_H
#define VM_PTE_H

#include "mmu/geometry.h"

/* An entry, understood. All fields but raw, reserved and frame are 0 or 1.
 * What the format has no bit for is set as if it forbade nothing: an entry
 * that points to a table allows whatever the page's own entry allows, and is
 * accessed already where the processor sets no such flag in it. */
struct vm_pte {
  uint64_t raw;
  uint64_t frame;    /* first frame of the page, or frame of the next table */
  uint64_t reserved; /* the bits set although the format forbids them */
  uint8_t present;
  uint8_t leaf; /* maps a page; otherwise it points to a table */
  uint8_t readable, writable, user;
  uint8_t no_execute;        /* AArch64: by user mode */
  uint8_t kernel_no_execute; /* AArch64: by the kernel */
  uint8_t accessed, dirty, global;
  uint8_t write_through, cache_disable, pat; /* x86 */
  uint8_t available;                         /* the lowest bits for software */
};

/* The fields of one way in which an entry can be laid out, highest bit first,
 * without gaps. */
struct vm_pte_layout {
  const struct vm_pte_field *fields;
  uint32_t count;
};

/* Where a page is that was written out, as Linux keeps it in an entry that is
 * not present: the number of the swap area and the page in it. */
struct vm_swap_slot {
  uint64_t offset;
  uint32_t type;
};

/* What a format does besides decoding. */
struct vm_pte_codec {
  struct vm_pte_layout (*layout) (const struct vm_geometry *g, uint32_t level,
                                  bool leaf);
  uint64_t (*encode) (const struct vm_geometry *g, uint32_t level,
                      const struct vm_pte *pte);
  uint64_t (*frame_bits) (const struct vm_geometry *g, uint32_t level,
                          bool leaf, uint64_t frame);
  uint64_t (*last_frame) (const struct vm_geometry *g, uint32_t level,
                          bool leaf);
  struct vm_swap_slot (*swap) (const struct vm_geometry *g, uint64_t raw);
  uint64_t (*swap_bits) (const struct vm_geometry *g, struct vm_swap_slot slot);
};

extern const struct vm_pte_codec vm_pte_x86_32;
extern const struct vm_pte_codec vm_pte_x86_pae;
extern const struct vm_pte_codec vm_pte_x86_64;
extern const struct vm_pte_codec vm_pte_riscv;
extern const struct vm_pte_codec vm_pte_aarch64;
extern const struct vm_pte_codec vm_pte_toy;

/* The fields of an entry at a level, highest bit first, without gaps. leaf
 * says whether it maps a page there. Sets *count. */
const struct vm_pte_field *vm_pte_fields (const struct vm_geometry *g,
                                          uint32_t level, bool leaf,
                                          uint32_t *count);

/* Understands the bits of an entry read at a level. nx: the machine has
 * no-execute enabled (EFER.NXE); without it the x86's bit 63 is reserved. */
VM_ALWAYS_INLINE struct vm_pte vm_pte_decode (const struct vm_geometry *g,
                                              uint32_t level, uint64_t raw,
                                              bool nx);

/* The same for every format. */
struct vm_pte vm_pte_decode_other (const struct vm_geometry *g, uint32_t level,
                                   uint64_t raw, bool nx);

/* Makes the bits of an entry at a level out of pte's fields (raw and
 * reserved are not looked at). The frame must fit and be aligned. */
static inline uint64_t vm_pte_encode (const struct vm_geometry *g,
                                      uint32_t level, const struct vm_pte *pte);

/* The same for every format. */
uint64_t vm_pte_encode_other (const struct vm_geometry *g, uint32_t level,
                              const struct vm_pte *pte);

/* A frame number as it stands in an entry of that kind; all else is 0. */
uint64_t vm_pte_frame_bits (const struct vm_geometry *g, uint32_t level,
                            bool leaf, uint64_t frame);

/* The largest frame number that an entry of this level and kind can hold. */
uint64_t vm_pte_last_frame (const struct vm_geometry *g, uint32_t level,
                            bool leaf);

/* Reads an entry that is not present as Linux 6.x does. False if it says of no
 * place in swap: all its bits are 0, and nothing was ever there; it is valid;
 * or it has the bit that Linux keeps for a page that is there but that nobody
 * may touch (PROT_NONE). */
bool vm_pte_swap (const struct vm_geometry *g, uint64_t raw,
                  struct vm_swap_slot *slot);

/* The bits of an entry that says so. The slot must fit. */
uint64_t vm_pte_encode_swap (const struct vm_geometry *g,
                             struct vm_swap_slot slot);

/* An entry that is not present although its page is there: nobody may touch
 * it (PROT_NONE). Linux clears P and sets a bit of its own; on the x86-64 and
 * with PAE it also inverts the frame number
 * (arch/x86/include/asm/pgtable-invert.h). */
uint64_t vm_pte_encode_kept (const struct vm_geometry *g, uint32_t level,
                             const struct vm_pte *pte);

/* Understands such an entry: all fields as if it were present, but present is
 * 0. False if it is none. */
bool vm_pte_decode_kept (const struct vm_geometry *g, uint32_t level,
                         uint64_t raw, bool nx, struct vm_pte *pte);

#include "mmu/pte_aarch64.h"
#include "mmu/pte_riscv.h"
#include "mmu/pte_toy.h"
#include "mmu/pte_x86_32.h"
#include "mmu/pte_x86_64.h"
#include "mmu/pte_x86_pae.h"

VM_ALWAYS_INLINE struct vm_pte
vm_pte_decode (const struct vm_geometry *g, uint32_t level, uint64_t raw,
               bool nx)
{
  /* The usual format, folded into the caller: what he does not ask for costs
     nothing, and what he asks for never lies in memory. */
  if (g->format == VM_PTE_X86_64)
    return vm_pte_x86_64_decode (level, raw, nx);
  return vm_pte_decode_other (g, level, raw, nx);
}

static inline uint64_t
vm_pte_encode (const struct vm_geometry *g, uint32_t level,
               const struct vm_pte *pte)
{
  if (g->format == VM_PTE_X86_64)
    return vm_pte_x86_64_encode (level, pte);
  return vm_pte_encode_other (g, level, pte);
}

/* Frames that an entry of a level refers to: those of its page, or the one that
 * a table lies in; none if it is not present. */
static inline uint64_t
vm_pte_frame_count (const struct vm_geometry *g, uint32_t level,
                    const struct vm_pte *pte)
{
  if (!pte->present)
    return 0;
  return pte->leaf ? UINT64_C (1) << (g->level[level].low - g->page_shift) : 1;
}

/* Bits of the accessed and the dirty flag; 0 where an entry has none. */
static inline uint64_t
vm_pte_accessed_bit (const struct vm_geometry *g)
{
  if (g->format == VM_PTE_TOY)
    return UINT64_C (1) << VM_TOY_ACCESSED;
  switch (g->family) {
  case VM_FAMILY_X86:
    return UINT64_C (1) << 5;
  case VM_FAMILY_RISCV:
    return UINT64_C (1) << 6;
  case VM_FAMILY_ARM:
    return UINT64_C (1) << 10;
  }
  return 0;
}

static inline uint64_t
vm_pte_dirty_bit (const struct vm_geometry *g)
{
  if (g->format == VM_PTE_TOY)
    return UINT64_C (1) << VM_TOY_DIRTY;
  switch (g->family) {
  case VM_FAMILY_X86:
    return UINT64_C (1) << 6;
  case VM_FAMILY_RISCV:
    return UINT64_C (1) << 7;
  case VM_FAMILY_ARM:
    return 0;
  }
  return 0;
}

#endif
