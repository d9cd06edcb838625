/* 32-bit x86 entries back into bits, and the names of those bits. */
#include "mmu/pte.h"

#define LAYOUT(fields)                                                         \
  (struct vm_pte_layout)                                                       \
  {                                                                            \
    fields, sizeof fields / sizeof fields[0]                                   \
  }

static const struct vm_pte_field page[] = {
    {"frame", "frame", 31, 12}, {"avl", "avl", 11, 9},  {"global", "G", 8, 8},
    {"pat", "PAT", 7, 7},       {"dirty", "D", 6, 6},   {"accessed", "A", 5, 5},
    {"pcd", "PCD", 4, 4},       {"pwt", "PWT", 3, 3},   {"user", "U", 2, 2},
    {"rw", "W", 1, 1},          {"present", "P", 0, 0},
};

static const struct vm_pte_field large_page[] = {
    {"frame", "frame", 31, 22},
    {"reserved", "0", 21, 21},
    {"frame-high", "PA 39-32", 20, 13},
    {"pat", "PAT", 12, 12},
    {"avl", "avl", 11, 9},
    {"global", "G", 8, 8},
    {"ps", "PS", 7, 7},
    {"dirty", "D", 6, 6},
    {"accessed", "A", 5, 5},
    {"pcd", "PCD", 4, 4},
    {"pwt", "PWT", 3, 3},
    {"user", "U", 2, 2},
    {"rw", "W", 1, 1},
    {"present", "P", 0, 0},
};

static const struct vm_pte_field table[] = {
    {"frame", "table", 31, 12}, {"avl", "avl", 11, 9},
    {"ignored-8", "-", 8, 8},   {"ps", "PS", 7, 7},
    {"ignored-6", "-", 6, 6},   {"accessed", "A", 5, 5},
    {"pcd", "PCD", 4, 4},       {"pwt", "PWT", 3, 3},
    {"user", "U", 2, 2},        {"rw", "W", 1, 1},
    {"present", "P", 0, 0},
};

static struct vm_pte_layout
layout (const struct vm_geometry *g, uint32_t level, bool leaf)
{
  (void) g;
  if (level == 1)
    return LAYOUT (page);
  return leaf ? LAYOUT (large_page) : LAYOUT (table);
}

static uint64_t
frame_bits (const struct vm_geometry *g, uint32_t level, bool leaf,
            uint64_t frame)
{
  (void) g;
  if (!leaf || level == 1)
    return (frame & 0xfffff) << 12;
  return (frame >> 10 & 0x3ff) << 22 | (frame >> 20 & 0xff) << 13;
}

static uint64_t
encode (const struct vm_geometry *g, uint32_t level, const struct vm_pte *pte)
{
  return frame_bits (g, level, pte->leaf, pte->frame)
         | vm_pte_x86_encode_low (level, pte);
}

static uint64_t
last_frame (const struct vm_geometry *g, uint32_t level, bool leaf)
{
  (void) g;
  return leaf && level > 1 ? 0xffffc00 : 0xfffff;
}

/* Type in bits 5-1, offset in bits 31-9 (arch/x86/include/asm/
 * pgtable-2level.h). */
static struct vm_swap_slot
swap (const struct vm_geometry *g, uint64_t raw)
{
  (void) g;
  return (struct vm_swap_slot){.offset = raw >> 9,
                               .type = (uint32_t) (raw >> 1 & 0x1f)};
}

static uint64_t
swap_bits (const struct vm_geometry *g, struct vm_swap_slot slot)
{
  (void) g;
  return slot.offset << 9 | (uint64_t) slot.type << 1;
}

const struct vm_pte_codec vm_pte_x86_32
    = {layout, encode, frame_bits, last_frame, swap, swap_bits};
