/* RISC-V entries back into bits, and the names of those bits. */
#include "mmu/pte.h"

#define LAYOUT(fields)                                                         \
  (struct vm_pte_layout)                                                       \
  {                                                                            \
    fields, sizeof fields / sizeof fields[0]                                   \
  }

static const struct vm_pte_field narrow[] = {
    {"frame", "PPN", 31, 10}, {"rsw", "RSW", 9, 8},  {"dirty", "D", 7, 7},
    {"accessed", "A", 6, 6},  {"global", "G", 5, 5}, {"user", "U", 4, 4},
    {"execute", "X", 3, 3},   {"write", "W", 2, 2},  {"read", "R", 1, 1},
    {"valid", "V", 0, 0},
};

static const struct vm_pte_field wide[] = {
    {"n", "N", 63, 63},        {"pbmt", "PBMT", 62, 61},
    {"reserved", "0", 60, 54}, {"frame", "PPN", 53, 10},
    {"rsw", "RSW", 9, 8},      {"dirty", "D", 7, 7},
    {"accessed", "A", 6, 6},   {"global", "G", 5, 5},
    {"user", "U", 4, 4},       {"execute", "X", 3, 3},
    {"write", "W", 2, 2},      {"read", "R", 1, 1},
    {"valid", "V", 0, 0},
};

static struct vm_pte_layout
layout (const struct vm_geometry *g, uint32_t level, bool leaf)
{
  (void) level;
  (void) leaf;
  return g->entry_bytes == 4 ? LAYOUT (narrow) : LAYOUT (wide);
}

static uint64_t
last_frame (const struct vm_geometry *g, uint32_t level, bool leaf)
{
  (void) level;
  (void) leaf;
  return (UINT64_C (1) << (g->pa_bits - 12)) - 1;
}

static uint64_t
frame_bits (const struct vm_geometry *g, uint32_t level, bool leaf,
            uint64_t frame)
{
  return (frame & last_frame (g, level, leaf)) << 10;
}

/* An entry that points to a table has no rights to give: R, W and X are what
 * tells it from a page. */
static uint64_t
encode (const struct vm_geometry *g, uint32_t level, const struct vm_pte *pte)
{
  uint64_t raw = frame_bits (g, level, pte->leaf, pte->frame)
                 | (uint64_t) (pte->available & 3) << 8
                 | (uint64_t) pte->global << 5 | (uint64_t) pte->present;

  if (!pte->leaf)
    return raw;
  return raw | (uint64_t) pte->readable << 1 | (uint64_t) pte->writable << 2
         | (uint64_t) !pte->no_execute << 3 | (uint64_t) pte->user << 4
         | (uint64_t) pte->accessed << 6 | (uint64_t) pte->dirty << 7;
}

/* Type in bits 11-7, offset above them (arch/riscv/include/asm/pgtable.h). */
static struct vm_swap_slot
swap (const struct vm_geometry *g, uint64_t raw)
{
  (void) g;
  return (struct vm_swap_slot){.offset = raw >> 12,
                               .type = (uint32_t) (raw >> 7 & 0x1f)};
}

static uint64_t
swap_bits (const struct vm_geometry *g, struct vm_swap_slot slot)
{
  (void) g;
  return slot.offset << 12 | (uint64_t) slot.type << 7;
}

const struct vm_pte_codec vm_pte_riscv
    = {layout, encode, frame_bits, last_frame, swap, swap_bits};
