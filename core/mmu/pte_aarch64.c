/* AArch64 descriptors back into bits, and the names of those bits. */
#include "mmu/pte.h"

#define LAYOUT(fields)                                                         \
  (struct vm_pte_layout)                                                       \
  {                                                                            \
    fields, sizeof fields / sizeof fields[0]                                   \
  }

/* Shareability of memory that all processors see the same: inner. */
#define INNER_SHAREABLE (UINT64_C (3) << 8)

static const struct vm_pte_field page[] = {
    {"ignored-59", "-", 63, 59},
    {"sw", "sw", 58, 55},
    {"uxn", "UXN", 54, 54},
    {"pxn", "PXN", 53, 53},
    {"contiguous", "Ctg", 52, 52},
    {"dbm", "DBM", 51, 51},
    {"res0", "0", 50, 48},
    {"frame", "frame", 47, 12},
    {"ng", "nG", 11, 11},
    {"af", "AF", 10, 10},
    {"sh", "SH", 9, 8},
    {"ap2", "AP[2]", 7, 7},
    {"ap1", "AP[1]", 6, 6},
    {"ns", "NS", 5, 5},
    {"attr", "Attr", 4, 2},
    {"type", "T", 1, 1},
    {"valid", "V", 0, 0},
};

static const struct vm_pte_field block_2m[] = {
    {"ignored-59", "-", 63, 59},
    {"sw", "sw", 58, 55},
    {"uxn", "UXN", 54, 54},
    {"pxn", "PXN", 53, 53},
    {"contiguous", "Ctg", 52, 52},
    {"dbm", "DBM", 51, 51},
    {"res0", "0", 50, 48},
    {"frame", "frame", 47, 21},
    {"res0-low", "0", 20, 12},
    {"ng", "nG", 11, 11},
    {"af", "AF", 10, 10},
    {"sh", "SH", 9, 8},
    {"ap2", "AP[2]", 7, 7},
    {"ap1", "AP[1]", 6, 6},
    {"ns", "NS", 5, 5},
    {"attr", "Attr", 4, 2},
    {"type", "T", 1, 1},
    {"valid", "V", 0, 0},
};

static const struct vm_pte_field block_1g[] = {
    {"ignored-59", "-", 63, 59},
    {"sw", "sw", 58, 55},
    {"uxn", "UXN", 54, 54},
    {"pxn", "PXN", 53, 53},
    {"contiguous", "Ctg", 52, 52},
    {"dbm", "DBM", 51, 51},
    {"res0", "0", 50, 48},
    {"frame", "frame", 47, 30},
    {"res0-low", "0", 29, 12},
    {"ng", "nG", 11, 11},
    {"af", "AF", 10, 10},
    {"sh", "SH", 9, 8},
    {"ap2", "AP[2]", 7, 7},
    {"ap1", "AP[1]", 6, 6},
    {"ns", "NS", 5, 5},
    {"attr", "Attr", 4, 2},
    {"type", "T", 1, 1},
    {"valid", "V", 0, 0},
};

static const struct vm_pte_field table[] = {
    {"ns-table", "NS", 63, 63},   {"ap-table1", "AP1", 62, 62},
    {"ap-table0", "AP0", 61, 61}, {"uxn-table", "UXN", 60, 60},
    {"pxn-table", "PXN", 59, 59}, {"ignored-51", "-", 58, 51},
    {"res0", "0", 50, 48},        {"frame", "table", 47, 12},
    {"ignored-2", "-", 11, 2},    {"type", "T", 1, 1},
    {"valid", "V", 0, 0},
};

static struct vm_pte_layout
layout (const struct vm_geometry *g, uint32_t level, bool leaf)
{
  (void) g;
  if (level == 1)
    return LAYOUT (page);
  if (leaf && level == 2)
    return LAYOUT (block_2m);
  if (leaf && level == 3)
    return LAYOUT (block_1g);
  return LAYOUT (table);
}

static uint64_t
frame_bits (const struct vm_geometry *g, uint32_t level, bool leaf,
            uint64_t frame)
{
  (void) g;
  (void) level;
  (void) leaf;
  return frame << 12 & VM_AARCH64_FRAME;
}

static uint64_t
encode_table (const struct vm_pte *pte)
{
  return (pte->frame << 12 & VM_AARCH64_FRAME)
         | (uint64_t) pte->kernel_no_execute << 59
         | (uint64_t) pte->no_execute << 60 | (uint64_t) !pte->user << 61
         | (uint64_t) !pte->writable << 62 | UINT64_C (2)
         | (uint64_t) pte->present;
}

static uint64_t
encode (const struct vm_geometry *g, uint32_t level, const struct vm_pte *pte)
{
  (void) g;
  if (!pte->present)
    return 0;
  if (!pte->leaf)
    return encode_table (pte);
  return (pte->frame << 12 & VM_AARCH64_FRAME)
         | (uint64_t) pte->no_execute << 54
         | (uint64_t) pte->kernel_no_execute << 53
         | (uint64_t) !pte->global << 11 | (uint64_t) pte->accessed << 10
         | INNER_SHAREABLE | (uint64_t) !pte->writable << 7
         | (uint64_t) pte->user << 6 | (uint64_t) (level == 1) << 1 | 1;
}

static uint64_t
last_frame (const struct vm_geometry *g, uint32_t level, bool leaf)
{
  (void) g;
  (void) level;
  (void) leaf;
  return VM_AARCH64_FRAME >> 12;
}

/* Type in bits 7-3, offset in bits 57-8
 * (arch/arm64/include/asm/pgtable.h). */
static struct vm_swap_slot
swap (const struct vm_geometry *g, uint64_t raw)
{
  (void) g;
  return (struct vm_swap_slot){.offset = raw << 6 >> 14,
                               .type = (uint32_t) (raw >> 3 & 0x1f)};
}

static uint64_t
swap_bits (const struct vm_geometry *g, struct vm_swap_slot slot)
{
  (void) g;
  return slot.offset << 8 | (uint64_t) slot.type << 3;
}

const struct vm_pte_codec vm_pte_aarch64
    = {layout, encode, frame_bits, last_frame, swap, swap_bits};
