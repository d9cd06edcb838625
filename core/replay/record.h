/* One access of a trace in eight bytes.
 *
 *   63                               2 1    0
 *   |      virtual address (62 bits)  | kind |
 *
 * The two bits that are lost repeat the one below them in every canonical
 * address. The kind is an enum vm_access_kind, or 3: a modify, which reads and
 * then writes in one instruction, and counts as one write. */
#ifndef VM_RECORD_H
#define VM_RECORD_H

#include "types.h"

typedef uint64_t vm_record;

#define VM_RECORD_MODIFY 3u

static inline vm_record
vm_record_of (vm_vaddr va, enum vm_access_kind kind)
{
  return va.v << 2 | (uint64_t) kind;
}

/* The address, whole again. */
static inline uint64_t
vm_record_va (vm_record record)
{
  return (uint64_t) ((int64_t) record >> 2);
}

/* What the processor is asked for. */
static inline enum vm_access_kind
vm_record_kind (vm_record record)
{
  return record & 1 ? VM_WRITE : (enum vm_access_kind) (record & 2);
}

#endif
