/* Segmentation: what stands before paging on the x86.
 *
 *   selector  | index (13 bits) | TI | RPL |      loaded into DS, say
 *                   |
 *   GDT       entry [index]: base, limit, type, DPL, P
 *                   |              kept in the register's hidden part
 *   offset -----> limit? rights?
 *      +----------> + base = linear address -----> paging
 *
 * A descriptor is looked at when a register is loaded; an access asks only
 * what the register keeps of it. Rules: Intel SDM vol. 3A, 3.4 and 5.2 to 5.7.
 * Left out: local tables (a selector with TI = 1 is refused), gates, and that
 * entering the kernel loads CS and SS of its own: how privileged an access is,
 * its mode says. The table is read at its physical address: it was set up
 * before paging was. In long mode all bases are 0 but those of FS and GS, and
 * no limit is compared (3.4.4). */
#ifndef VM_SEGMENT_H
#define VM_SEGMENT_H

#include "mmu/descriptor.h"
#include "mmu/walk.h"

/* Does every access of this machine go by way of a segment? */
static inline bool
vm_segments_on (const struct vm_state *s)
{
  return s->gdt.on;
}

/* A register of a processor. */
static inline const struct vm_segment *
vm_segment_of (const struct vm_state *s, uint32_t cpu,
               enum vm_segment_register which)
{
  return &s->segments[cpu * VM_SEGMENT_REGISTERS + which];
}

/* An access as a program sees it. */
struct vm_segment_use {
  enum vm_segment_register which;
  uint64_t offset;
  uint32_t width; /* bytes */
  enum vm_access_kind kind;
  enum vm_mode mode;
};

/* Base and offset added up, whatever the limit says. */
vm_vaddr vm_segment_linear (const struct vm_state *s,
                            const struct vm_geometry *g, uint32_t cpu,
                            const struct vm_segment_use *use);

/* Do its rights and its limit allow the access? */
bool vm_segment_allows (const struct vm_state *s, const struct vm_geometry *g,
                        uint32_t cpu, const struct vm_segment_use *use);

/* Asks for rights and limit, and adds the base, step by step. False, and the
 * fault in *result, if the segment refuses. */
bool vm_segment_translate (struct vm_tape *t, const struct vm_state *s,
                           const struct vm_geometry *g, uint32_t cpu,
                           const struct vm_segment_use *use,
                           struct vm_translation *result);

/* Loads a register by a selector. mode: of the program that does. False, and
 * the fault in *result, if the descriptor forbids it: the register keeps what
 * it held. */
bool vm_segment_load (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
                      enum vm_segment_register which, uint16_t selector,
                      enum vm_mode mode, struct vm_translation *result);

/* Long mode: writes the base of FS or GS. */
void vm_segment_set_base (struct vm_tape *t, const struct vm_state *s,
                          uint32_t cpu, enum vm_segment_register which,
                          uint64_t base);

/* Writes an entry of the table. */
void vm_segment_describe (struct vm_tape *t, const struct vm_state *s,
                          uint32_t index,
                          const struct vm_descriptor *descriptor);

#endif
