/* Segment descriptors of the 32-bit x86: from bits to meaning and back.
 *
 *    63      56 55  54  53 52  51    48 47 46 45 44 43  40 39       32
 *   | base 31-24| G |D/B| L|AVL| limit | P| DPL | S| type |base 23-16 |
 *                               19-16
 *    31                              16 15                           0
 *   |           base 15-0             |          limit 15-0           |
 *
 *   type, S = 1:  code  1 C R A      C conforming, R can be read
 *                 data  0 E W A      E grows down, W can be written; A accessed
 *
 * Intel SDM vol. 3A, 3.4.5. */
#ifndef VM_DESCRIPTOR_H
#define VM_DESCRIPTOR_H

#include "mmu/pte.h"

#define VM_DESCRIPTOR_BYTES 8u
#define VM_DESCRIPTOR_ACCESSED (UINT64_C (1) << 40)

/* Bits of a type. */
enum {
  VM_SEGMENT_ACCESSED = 1 << 0,
  VM_SEGMENT_WRITABLE = 1 << 1,   /* data */
  VM_SEGMENT_READABLE = 1 << 1,   /* code */
  VM_SEGMENT_DOWN = 1 << 2,       /* data: what lies above the limit is valid */
  VM_SEGMENT_CONFORMING = 1 << 2, /* code: for whoever has fewer rights, too */
  VM_SEGMENT_CODE = 1 << 3
};

/* A descriptor, understood. */
struct vm_descriptor {
  uint32_t base;
  uint32_t limit;   /* 20 bits, in units of granularity */
  uint8_t type;     /* four bits */
  uint8_t ordinary; /* S: code or data, not something of the system's */
  uint8_t dpl, present, available, long_mode, big, granularity;
};

struct vm_descriptor vm_descriptor_decode (uint64_t raw);
uint64_t vm_descriptor_encode (const struct vm_descriptor *descriptor);

/* The last offset that the limit names, in bytes (SDM vol. 3A, 3.4.5, G). */
uint32_t vm_descriptor_last (const struct vm_descriptor *descriptor);

/* The fields, highest bit first, without gaps. Sets *count. */
const struct vm_pte_field *vm_descriptor_fields (uint32_t *count);

#endif
