/* How each kind of processor cuts a virtual address into indices.
 *
 *   x86-32     31        22 21         12 11         0     entries of 4 bytes
 *             | directory   |   table    |  offset   |
 *
 *   x86-pae    31  30 29      21 20    12 11         0     entries of 8 bytes
 *             |PDPT |    PD     |   PT   |  offset   |
 *
 *   x86-64     63 ... 48 47  39 38  30 29  21 20  12 11       0
 *             |  sign   | PML4 | PDPT |  PD  |  PT  | offset  |  8 bytes; with
 *                                     LA57 a PML5 index stands in bits 56-48
 *
 *   sv32       31        22 21         12 11         0     entries of 4 bytes
 *             |   VPN[1]    |   VPN[0]   |  offset   |
 *
 *   sv39 sv48 sv57: nine bits a level, as x86-64, with 3, 4 and 5 levels
 *
 *   aarch64    63 ... 48 47  39 38  30 29  21 20  12 11       0
 *             |all 0 or 1|  L0  |  L1  |  L2  |  L3  | offset |  8 bytes
 *              0: TTBR0, 1: TTBR1
 *
 * A geometry is a row of one const table. Adding a machine is adding a row
 * here and a codec of its entries (pte.h). Toys have no row: a geometry is made
 * of the numbers that describe one (toy.h). */
#ifndef VM_GEOMETRY_H
#define VM_GEOMETRY_H

#include "tape/state.h"

enum vm_geometry_id {
  VM_GEOMETRY_NONE,
  VM_GEOMETRY_X86_32,
  VM_GEOMETRY_X86_PAE,
  VM_GEOMETRY_X86_64,
  VM_GEOMETRY_X86_64_LA57,
  VM_GEOMETRY_SV32,
  VM_GEOMETRY_SV39,
  VM_GEOMETRY_SV48,
  VM_GEOMETRY_SV57,
  VM_GEOMETRY_AARCH64,
  VM_GEOMETRIES, /* rows of the table */
  VM_GEOMETRY_TOY = VM_GEOMETRIES
};

/* Whose rules decide what an access may do, and how it is refused. */
enum vm_family { VM_FAMILY_X86, VM_FAMILY_RISCV, VM_FAMILY_ARM };

enum vm_pte_format {
  VM_PTE_X86_32,
  VM_PTE_X86_PAE,
  VM_PTE_X86_64,
  VM_PTE_RISCV, /* Sv32 and, wider, Sv39 to Sv57 */
  VM_PTE_AARCH64,
  VM_PTE_TOY
};

#define VM_MAX_LEVELS 5

/* One field of the address, and the table that it indexes. */
struct vm_level {
  const char *name;  /* of the field: "directory", "PML4", ... */
  const char *table; /* of the table: "page directory", "PML4 table" */
  uint8_t high, low; /* bits of the address */
  bool leaf;         /* an entry here may map a page of 2^low bytes */
};

/* One named field of an entry, from bit high down to bit low. */
struct vm_pte_field {
  const char *name;  /* stable, as on the command line: "rw" */
  const char *label; /* as in a picture: "W" */
  uint8_t high, low;
};

#define VM_TOY_FIELDS 10 /* of an entry, at most */

struct vm_geometry {
  enum vm_geometry_id id;
  enum vm_family family;
  enum vm_pte_format format;
  const char *root_register; /* that holds the root: "CR3", "satp" */
  uint8_t va_bits;           /* bits that are translated */
  uint8_t word_bits;         /* bits of an address register */
  uint8_t pa_bits;           /* bits of the largest physical address */
  uint8_t page_shift;        /* log2 of the smallest page, and of a frame */
  uint8_t levels;            /* tables on a full walk */
  uint8_t entry_bytes;       /* of one page-table entry */
  bool sign_extended;        /* the bits above va_bits repeat the top one */
  bool has_nx;               /* entries say whether a page can be executed */
  bool two_roots;            /* the upper half has a root of its own */
  uint8_t register_level;    /* its entries are loaded into registers together
                                with the root, and a walk reads those (PAE);
                                0: there is none */
  struct vm_level level[VM_MAX_LEVELS + 1]; /* [1] is the last table read */
  char name[80];                            /* as on the command line */

  /* Of a toy: the fields of its entries, those to tables and those to pages. */
  struct vm_pte_field toy_fields[2][VM_TOY_FIELDS];
  uint8_t toy_field_count;
};

/* The row of an id, which must not be VM_GEOMETRY_NONE. */
const struct vm_geometry *vm_geometry_of (enum vm_geometry_id id);

/* The geometry of a machine that was built: a row, or what is made in *room of
 * a toy's numbers. */
const struct vm_geometry *
vm_geometry_configured (const struct vm_config *config,
                        struct vm_geometry *room);

/* The row with that name, or NULL. */
const struct vm_geometry *vm_geometry_named (const char *name);

/* The last address a register can hold. */
static inline uint64_t
vm_geometry_last_address (const struct vm_geometry *g)
{
  return g->word_bits == 64 ? UINT64_MAX : (UINT64_C (1) << g->word_bits) - 1;
}

/* True if the bits above those translated are as they must be: with one root
 * they repeat the top translated bit (SDM vol. 1, 3.3.7.1; RISC-V privileged
 * architecture, 4.4.1); with two they are all 0 or all 1 and choose between
 * them (Arm ARM, D8.2). Always true where no such bits exist. */
static inline bool
vm_geometry_canonical (const struct vm_geometry *g, vm_vaddr va)
{
  if (!g->sign_extended)
    return va.v <= vm_geometry_last_address (g);
  uint32_t spare = 64u - g->va_bits - g->two_roots;
  return (uint64_t) ((int64_t) (va.v << spare) >> spare) == va.v;
}

/* True in the upper half of an address space that has a root of its own. */
static inline bool
vm_geometry_is_upper (const struct vm_geometry *g, vm_vaddr va)
{
  return g->two_roots && va.v >> 63;
}

/* The index that the address selects at a level; level 1 is the last. */
static inline uint32_t
vm_geometry_index (const struct vm_geometry *g, uint32_t level, vm_vaddr va)
{
  const struct vm_level *l = &g->level[level];
  return (uint32_t) (va.v >> l->low)
         & (uint32_t) ((UINT64_C (2) << (l->high - l->low)) - 1);
}

/* Entries in a table of a level. */
static inline uint32_t
vm_geometry_entries (const struct vm_geometry *g, uint32_t level)
{
  return 2u << (g->level[level].high - g->level[level].low);
}

/* Bytes of a frame, which are those of the smallest page. */
static inline uint64_t
vm_geometry_page_bytes (const struct vm_geometry *g)
{
  return UINT64_C (1) << g->page_shift;
}

/* Frames of a table of a level: as many as its entries need, all in a row. */
static inline uint32_t
vm_geometry_table_frames (const struct vm_geometry *g, uint32_t level)
{
  uint64_t bytes = (uint64_t) vm_geometry_entries (g, level) * g->entry_bytes;

  return (uint32_t) ((bytes + vm_geometry_page_bytes (g) - 1) >> g->page_shift);
}

/* Where an entry of a table lies that begins with a frame. */
static inline vm_paddr
vm_geometry_entry (const struct vm_geometry *g, vm_frame table, uint32_t index)
{
  return vm_paddr_of ((table.v << g->page_shift)
                      + (uint64_t) index * g->entry_bytes);
}

/* The frame with which the table begins whose entry lies there. */
static inline vm_frame
vm_geometry_table_of (const struct vm_geometry *g, vm_paddr entry,
                      uint32_t index)
{
  return vm_frame_of ((entry.v - (uint64_t) index * g->entry_bytes)
                      >> g->page_shift);
}

/* The level whose entries map pages of 2^shift bytes; 0 if none does. */
uint32_t vm_geometry_leaf_level (const struct vm_geometry *g, uint32_t shift);

#endif
