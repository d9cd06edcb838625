/* Entries back into bits, and the names of those bits. */
#include "mmu/pte.h"

#define COUNT(fields) ((uint32_t) (sizeof fields / sizeof fields[0]))

static const struct vm_pte_field x86_32_page[] = {
    {"frame", "frame", 31, 12}, {"avl", "avl", 11, 9},  {"global", "G", 8, 8},
    {"pat", "PAT", 7, 7},       {"dirty", "D", 6, 6},   {"accessed", "A", 5, 5},
    {"pcd", "PCD", 4, 4},       {"pwt", "PWT", 3, 3},   {"user", "U", 2, 2},
    {"rw", "W", 1, 1},          {"present", "P", 0, 0},
};

static const struct vm_pte_field x86_32_large[] = {
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

static const struct vm_pte_field x86_32_table[] = {
    {"frame", "table", 31, 12}, {"avl", "avl", 11, 9},
    {"ignored-8", "-", 8, 8},   {"ps", "PS", 7, 7},
    {"ignored-6", "-", 6, 6},   {"accessed", "A", 5, 5},
    {"pcd", "PCD", 4, 4},       {"pwt", "PWT", 3, 3},
    {"user", "U", 2, 2},        {"rw", "W", 1, 1},
    {"present", "P", 0, 0},
};

static const struct vm_pte_field x86_64_page[] = {
    {"nx", "NX", 63, 63},       {"avl-high", "avl", 62, 52},
    {"frame", "frame", 51, 12}, {"avl", "avl", 11, 9},
    {"global", "G", 8, 8},      {"pat", "PAT", 7, 7},
    {"dirty", "D", 6, 6},       {"accessed", "A", 5, 5},
    {"pcd", "PCD", 4, 4},       {"pwt", "PWT", 3, 3},
    {"user", "U", 2, 2},        {"rw", "W", 1, 1},
    {"present", "P", 0, 0},
};

static const struct vm_pte_field x86_64_2m[] = {
    {"nx", "NX", 63, 63},       {"avl-high", "avl", 62, 52},
    {"frame", "frame", 51, 21}, {"reserved", "0", 20, 13},
    {"pat", "PAT", 12, 12},     {"avl", "avl", 11, 9},
    {"global", "G", 8, 8},      {"ps", "PS", 7, 7},
    {"dirty", "D", 6, 6},       {"accessed", "A", 5, 5},
    {"pcd", "PCD", 4, 4},       {"pwt", "PWT", 3, 3},
    {"user", "U", 2, 2},        {"rw", "W", 1, 1},
    {"present", "P", 0, 0},
};

static const struct vm_pte_field x86_64_1g[] = {
    {"nx", "NX", 63, 63},       {"avl-high", "avl", 62, 52},
    {"frame", "frame", 51, 30}, {"reserved", "0", 29, 13},
    {"pat", "PAT", 12, 12},     {"avl", "avl", 11, 9},
    {"global", "G", 8, 8},      {"ps", "PS", 7, 7},
    {"dirty", "D", 6, 6},       {"accessed", "A", 5, 5},
    {"pcd", "PCD", 4, 4},       {"pwt", "PWT", 3, 3},
    {"user", "U", 2, 2},        {"rw", "W", 1, 1},
    {"present", "P", 0, 0},
};

static const struct vm_pte_field x86_64_table[] = {
    {"nx", "NX", 63, 63},       {"avl-high", "avl", 62, 52},
    {"frame", "table", 51, 12}, {"avl", "avl", 11, 9},
    {"ignored-8", "-", 8, 8},   {"ps", "PS", 7, 7},
    {"ignored-6", "-", 6, 6},   {"accessed", "A", 5, 5},
    {"pcd", "PCD", 4, 4},       {"pwt", "PWT", 3, 3},
    {"user", "U", 2, 2},        {"rw", "W", 1, 1},
    {"present", "P", 0, 0},
};

/* One way in which an entry can be laid out. */
struct layout {
  const struct vm_pte_field *fields;
  uint32_t count;
};

static struct layout
x86_32_layout (uint32_t level, bool leaf)
{
  if (level == 1)
    return (struct layout){x86_32_page, COUNT (x86_32_page)};
  if (leaf)
    return (struct layout){x86_32_large, COUNT (x86_32_large)};
  return (struct layout){x86_32_table, COUNT (x86_32_table)};
}

static struct layout
x86_64_layout (uint32_t level, bool leaf)
{
  if (level == 1)
    return (struct layout){x86_64_page, COUNT (x86_64_page)};
  if (leaf && level == 2)
    return (struct layout){x86_64_2m, COUNT (x86_64_2m)};
  if (leaf && level == 3)
    return (struct layout){x86_64_1g, COUNT (x86_64_1g)};
  return (struct layout){x86_64_table, COUNT (x86_64_table)};
}

const struct vm_pte_field *
vm_pte_fields (const struct vm_geometry *g, uint32_t level, bool leaf,
               uint32_t *count)
{
  struct layout layout = {NULL, 0};

  switch (g->format) {
  case VM_PTE_X86_32:
    layout = x86_32_layout (level, leaf);
    break;
  case VM_PTE_X86_64:
    layout = x86_64_layout (level, leaf);
    break;
  }
  *count = layout.count;
  return layout.fields;
}

/* Bits 11 to 0, which both formats share. Those that only a leaf has are
 * ignored by the processor in an entry that points to a table. */
static uint64_t
low_bits (const struct vm_pte *pte)
{
  uint64_t raw = (uint64_t) pte->present | (uint64_t) pte->writable << 1
                 | (uint64_t) pte->user << 2
                 | (uint64_t) pte->write_through << 3
                 | (uint64_t) pte->cache_disable << 4
                 | (uint64_t) pte->accessed << 5
                 | (uint64_t) (pte->available & 7) << 9;

  if (pte->leaf)
    raw |= (uint64_t) pte->dirty << 6 | (uint64_t) pte->global << 8;
  return raw;
}

uint64_t
vm_pte_encode (const struct vm_geometry *g, uint32_t level,
               const struct vm_pte *pte)
{
  uint64_t raw = low_bits (pte);
  bool large = pte->leaf && level > 1;

  if (pte->leaf)
    raw |= (uint64_t) pte->pat << (large ? 12 : 7);
  if (large)
    raw |= UINT64_C (1) << 7;

  switch (g->format) {
  case VM_PTE_X86_32:
    if (!large)
      return raw | (pte->frame & 0xfffff) << 12;
    return raw | (pte->frame >> 10 & 0x3ff) << 22
           | (pte->frame >> 20 & 0xff) << 13;
  case VM_PTE_X86_64:
    return raw | (pte->frame << 12 & VM_X86_64_FRAME_MASK)
           | (uint64_t) pte->no_execute << 63;
  }
  return raw;
}

uint64_t
vm_pte_last_frame (const struct vm_geometry *g, uint32_t level, bool leaf)
{
  switch (g->format) {
  case VM_PTE_X86_32:
    return leaf && level > 1 ? 0xffffc00 : 0xfffff;
  case VM_PTE_X86_64:
    return VM_X86_64_FRAME_MASK >> 12;
  }
  return 0;
}
