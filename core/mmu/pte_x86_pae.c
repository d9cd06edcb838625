/* PAE entries back into bits, and the names of those bits. */
#include "mmu/pte.h"

#define LAYOUT(fields)                                                         \
  (struct vm_pte_layout)                                                       \
  {                                                                            \
    fields, sizeof fields / sizeof fields[0]                                   \
  }

static const struct vm_pte_field page[] = {
    {"nx", "NX", 63, 63},       {"reserved", "0", 62, 52},
    {"frame", "frame", 51, 12}, {"avl", "avl", 11, 9},
    {"global", "G", 8, 8},      {"pat", "PAT", 7, 7},
    {"dirty", "D", 6, 6},       {"accessed", "A", 5, 5},
    {"pcd", "PCD", 4, 4},       {"pwt", "PWT", 3, 3},
    {"user", "U", 2, 2},        {"rw", "W", 1, 1},
    {"present", "P", 0, 0},
};

static const struct vm_pte_field page_2m[] = {
    {"nx", "NX", 63, 63},       {"reserved", "0", 62, 52},
    {"frame", "frame", 51, 21}, {"reserved", "0", 20, 13},
    {"pat", "PAT", 12, 12},     {"avl", "avl", 11, 9},
    {"global", "G", 8, 8},      {"ps", "PS", 7, 7},
    {"dirty", "D", 6, 6},       {"accessed", "A", 5, 5},
    {"pcd", "PCD", 4, 4},       {"pwt", "PWT", 3, 3},
    {"user", "U", 2, 2},        {"rw", "W", 1, 1},
    {"present", "P", 0, 0},
};

static const struct vm_pte_field table[] = {
    {"nx", "NX", 63, 63},       {"reserved", "0", 62, 52},
    {"frame", "table", 51, 12}, {"avl", "avl", 11, 9},
    {"ignored-8", "-", 8, 8},   {"ps", "PS", 7, 7},
    {"ignored-6", "-", 6, 6},   {"accessed", "A", 5, 5},
    {"pcd", "PCD", 4, 4},       {"pwt", "PWT", 3, 3},
    {"user", "U", 2, 2},        {"rw", "W", 1, 1},
    {"present", "P", 0, 0},
};

static const struct vm_pte_field pointer[] = {
    {"reserved", "0", 63, 52}, {"frame", "table", 51, 12},
    {"avl", "avl", 11, 9},     {"reserved", "0", 8, 5},
    {"pcd", "PCD", 4, 4},      {"pwt", "PWT", 3, 3},
    {"reserved", "0", 2, 1},   {"present", "P", 0, 0},
};

static struct vm_pte_layout
layout (const struct vm_geometry *g, uint32_t level, bool leaf)
{
  (void) g;
  if (level == 1)
    return LAYOUT (page);
  if (level == 3)
    return LAYOUT (pointer);
  return leaf ? LAYOUT (page_2m) : LAYOUT (table);
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
  uint64_t frame = pte->frame << 12 & VM_X86_64_FRAME_MASK;

  (void) g;
  if (level == 3)
    return frame | (uint64_t) pte->present | (uint64_t) pte->write_through << 3
           | (uint64_t) pte->cache_disable << 4
           | (uint64_t) (pte->available & 7) << 9;
  return frame | vm_pte_x86_encode_low (level, pte)
         | (uint64_t) pte->no_execute << 63;
}

static uint64_t
last_frame (const struct vm_geometry *g, uint32_t level, bool leaf)
{
  (void) g;
  (void) level;
  (void) leaf;
  return VM_X86_64_FRAME_MASK >> 12;
}

/* As on x86-64 (arch/x86/include/asm/pgtable-3level.h). */
static struct vm_swap_slot
swap (const struct vm_geometry *g, uint64_t raw)
{
  return vm_pte_x86_64.swap (g, raw);
}

static uint64_t
swap_bits (const struct vm_geometry *g, struct vm_swap_slot slot)
{
  return vm_pte_x86_64.swap_bits (g, slot);
}

const struct vm_pte_codec vm_pte_x86_pae
    = {layout, encode, frame_bits, last_frame, swap, swap_bits};
