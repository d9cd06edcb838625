/* x86-64 entries back into bits, and the names of those bits. */
#include "mmu/pte.h"

#define LAYOUT(fields)                                                         \
  (struct vm_pte_layout)                                                       \
  {                                                                            \
    fields, sizeof fields / sizeof fields[0]                                   \
  }

static const struct vm_pte_field page[] = {
    {"nx", "NX", 63, 63},       {"avl-high", "avl", 62, 52},
    {"frame", "frame", 51, 12}, {"avl", "avl", 11, 9},
    {"global", "G", 8, 8},      {"pat", "PAT", 7, 7},
    {"dirty", "D", 6, 6},       {"accessed", "A", 5, 5},
    {"pcd", "PCD", 4, 4},       {"pwt", "PWT", 3, 3},
    {"user", "U", 2, 2},        {"rw", "W", 1, 1},
    {"present", "P", 0, 0},
};

static const struct vm_pte_field page_2m[] = {
    {"nx", "NX", 63, 63},       {"avl-high", "avl", 62, 52},
    {"frame", "frame", 51, 21}, {"reserved", "0", 20, 13},
    {"pat", "PAT", 12, 12},     {"avl", "avl", 11, 9},
    {"global", "G", 8, 8},      {"ps", "PS", 7, 7},
    {"dirty", "D", 6, 6},       {"accessed", "A", 5, 5},
    {"pcd", "PCD", 4, 4},       {"pwt", "PWT", 3, 3},
    {"user", "U", 2, 2},        {"rw", "W", 1, 1},
    {"present", "P", 0, 0},
};

static const struct vm_pte_field page_1g[] = {
    {"nx", "NX", 63, 63},       {"avl-high", "avl", 62, 52},
    {"frame", "frame", 51, 30}, {"reserved", "0", 29, 13},
    {"pat", "PAT", 12, 12},     {"avl", "avl", 11, 9},
    {"global", "G", 8, 8},      {"ps", "PS", 7, 7},
    {"dirty", "D", 6, 6},       {"accessed", "A", 5, 5},
    {"pcd", "PCD", 4, 4},       {"pwt", "PWT", 3, 3},
    {"user", "U", 2, 2},        {"rw", "W", 1, 1},
    {"present", "P", 0, 0},
};

static const struct vm_pte_field table[] = {
    {"nx", "NX", 63, 63},       {"avl-high", "avl", 62, 52},
    {"frame", "table", 51, 12}, {"avl", "avl", 11, 9},
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
  if (leaf && level == 2)
    return LAYOUT (page_2m);
  if (leaf && level == 3)
    return LAYOUT (page_1g);
  return LAYOUT (table);
}

static uint64_t
frame_bits (const struct vm_geometry *g, uint32_t level, bool leaf,
            uint64_t frame)
{
  (void) g;
  (void) level;
  (void) leaf;
  return frame << 12 & VM_X86_64_FRAME_MASK;
}

static uint64_t
encode (const struct vm_geometry *g, uint32_t level, const struct vm_pte *pte)
{
  (void) g;
  return vm_pte_x86_64_encode (level, pte);
}

static uint64_t
last_frame (const struct vm_geometry *g, uint32_t level, bool leaf)
{
  (void) g;
  (void) level;
  (void) leaf;
  return VM_X86_64_FRAME_MASK >> 12;
}

/* Type in bits 63-59, offset, inverted, in bits 58-9: an inverted offset names
 * no memory that exists, should a processor speculate on it
 * (arch/x86/include/asm/pgtable_64.h). */
static struct vm_swap_slot
swap (const struct vm_geometry *g, uint64_t raw)
{
  (void) g;
  return (struct vm_swap_slot){.offset = ~raw << 5 >> 14,
                               .type = (uint32_t) (raw >> 59)};
}

static uint64_t
swap_bits (const struct vm_geometry *g, struct vm_swap_slot slot)
{
  (void) g;
  return (uint64_t) slot.type << 59 | ~slot.offset << 14 >> 5;
}

const struct vm_pte_codec vm_pte_x86_64
    = {layout, encode, frame_bits, last_frame, swap, swap_bits};
