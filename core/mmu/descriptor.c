/* Takes descriptors apart and puts them together. */
#include "mmu/descriptor.h"

static const struct vm_pte_field fields[] = {
    {"base-high", "base 31-24", 63, 56},
    {"granularity", "G", 55, 55},
    {"big", "D/B", 54, 54},
    {"long", "L", 53, 53},
    {"avl", "AVL", 52, 52},
    {"limit-high", "limit 19-16", 51, 48},
    {"present", "P", 47, 47},
    {"dpl", "DPL", 46, 45},
    {"ordinary", "S", 44, 44},
    {"type", "type", 43, 40},
    {"base-middle", "base 23-16", 39, 32},
    {"base-low", "base 15-0", 31, 16},
    {"limit-low", "limit 15-0", 15, 0},
};

static uint32_t
bits_of (uint64_t raw, uint32_t high, uint32_t low)
{
  return (uint32_t) (raw >> low) & ((2u << (high - low)) - 1);
}

struct vm_descriptor
vm_descriptor_decode (uint64_t raw)
{
  return (struct vm_descriptor){
      .base = bits_of (raw, 63, 56) << 24 | bits_of (raw, 39, 16),
      .limit = bits_of (raw, 51, 48) << 16 | bits_of (raw, 15, 0),
      .type = (uint8_t) bits_of (raw, 43, 40),
      .ordinary = (uint8_t) bits_of (raw, 44, 44),
      .dpl = (uint8_t) bits_of (raw, 46, 45),
      .present = (uint8_t) bits_of (raw, 47, 47),
      .available = (uint8_t) bits_of (raw, 52, 52),
      .long_mode = (uint8_t) bits_of (raw, 53, 53),
      .big = (uint8_t) bits_of (raw, 54, 54),
      .granularity = (uint8_t) bits_of (raw, 55, 55),
  };
}

uint64_t
vm_descriptor_encode (const struct vm_descriptor *d)
{
  return (uint64_t) (d->base >> 24) << 56 | (uint64_t) d->granularity << 55
         | (uint64_t) d->big << 54 | (uint64_t) d->long_mode << 53
         | (uint64_t) d->available << 52
         | (uint64_t) (d->limit >> 16 & 0xf) << 48 | (uint64_t) d->present << 47
         | (uint64_t) d->dpl << 45 | (uint64_t) d->ordinary << 44
         | (uint64_t) d->type << 40 | (uint64_t) (d->base & 0xffffff) << 16
         | (d->limit & 0xffff);
}

uint32_t
vm_descriptor_last (const struct vm_descriptor *d)
{
  return d->granularity ? d->limit << 12 | 0xfff : d->limit;
}

const struct vm_pte_field *
vm_descriptor_fields (uint32_t *count)
{
  *count = sizeof fields / sizeof fields[0];
  return fields;
}
