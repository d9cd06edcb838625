/* Loads segment registers, and leads accesses through them. */
#include "mmu/segment.h"

#include "mmu/cpu.h"

static uint32_t
cpl_of (enum vm_mode mode)
{
  return mode == VM_USER_MODE ? 3 : 0;
}

static vm_paddr
place_of (const struct vm_state *s, uint32_t index)
{
  return vm_paddr_of (s->gdt.base + (uint64_t) index * VM_DESCRIPTOR_BYTES);
}

/* P, DPL, S and type lie in the descriptor as they are kept. */
static uint8_t
rights_of (uint64_t raw)
{
  return (uint8_t) (raw >> 40);
}

static uint32_t
type_of (const struct vm_segment *segment)
{
  return segment->rights & 0xf;
}

static uint32_t
dpl_of (const struct vm_segment *segment)
{
  return segment->rights >> 5 & 3;
}

static bool
is_code (uint32_t type)
{
  return type & VM_SEGMENT_CODE;
}

static bool
is_conforming (uint32_t type)
{
  return is_code (type) && type & VM_SEGMENT_CONFORMING;
}

static bool
is_writable (uint32_t type)
{
  return !is_code (type) && type & VM_SEGMENT_WRITABLE;
}

static bool
is_readable (uint32_t type)
{
  return !is_code (type) || type & VM_SEGMENT_READABLE;
}

static void
refuse (struct vm_tape *t, const struct vm_state *s, uint32_t vector,
        uint32_t error, uint64_t address, struct vm_translation *result)
{
  vm_cpu_end_in_fault (t, s,
                       (struct vm_fault){.kind = VM_FAULT_SEGMENT,
                                         .vector = vector,
                                         .error = error,
                                         .address = vm_vaddr_of (address)},
                       result);
}

/* Use --------------------------------------------------------------------- */

static enum vm_segment_verdict
may_use (const struct vm_segment *segment, const struct vm_segment_use *use)
{
  uint32_t type = type_of (segment);

  if (segment->rights == 0)
    return VM_SEGMENT_NULL;
  if (dpl_of (segment) < cpl_of (use->mode) && !is_conforming (type))
    return VM_SEGMENT_PRIVILEGE;
  switch (use->kind) {
  case VM_READ:
    return is_readable (type) ? VM_SEGMENT_ALLOWED : VM_SEGMENT_NO_READ;
  case VM_WRITE:
    return is_writable (type) ? VM_SEGMENT_ALLOWED : VM_SEGMENT_NO_WRITE;
  case VM_FETCH:
    return is_code (type) ? VM_SEGMENT_ALLOWED : VM_SEGMENT_WRONG_TYPE;
  }
  return VM_SEGMENT_WRONG_TYPE;
}

static bool
check_rights (struct vm_tape *t, const struct vm_state *s,
              const struct vm_segment *segment,
              const struct vm_segment_use *use, uint64_t linear,
              struct vm_translation *result)
{
  enum vm_segment_verdict verdict = may_use (segment, use);

  vm_step_leaf (t, VM_STEP_SEGMENT_RIGHTS,
                (uint64_t[VM_STEP_VALUES]){verdict, use->which,
                                           cpl_of (use->mode), dpl_of (segment),
                                           type_of (segment), 0});
  if (verdict == VM_SEGMENT_ALLOWED)
    return true;
  refuse (t, s, VM_VECTOR_GENERAL_PROTECTION, 0, linear, result);
  return false;
}

/* Offsets of bytes, both included. */
struct range {
  uint64_t first, last;
};

/* The offsets that can be used: up to the limit, or, in a segment that grows
 * down, from above it to the top (SDM vol. 3A, 5.3). */
static struct range
valid_offsets (const struct vm_segment *segment)
{
  if (is_code (type_of (segment)) || !(type_of (segment) & VM_SEGMENT_DOWN))
    return (struct range){0, segment->limit};
  return (struct range){(uint64_t) segment->limit + 1,
                        segment->big ? UINT32_MAX : UINT16_MAX};
}

static struct range
bytes_of (const struct vm_segment_use *use)
{
  return (struct range){use->offset, use->offset + use->width - 1};
}

static bool
lies_in (struct range bytes, struct range valid)
{
  return bytes.first >= valid.first && bytes.last <= valid.last;
}

static bool
check_limit (struct vm_tape *t, const struct vm_state *s,
             const struct vm_segment *segment, const struct vm_segment_use *use,
             uint64_t linear, struct vm_translation *result)
{
  struct range valid = valid_offsets (segment), bytes = bytes_of (use);
  bool inside = lies_in (bytes, valid);

  vm_step_leaf (t, VM_STEP_SEGMENT_LIMIT,
                (uint64_t[VM_STEP_VALUES]){use->which, bytes.first, bytes.last,
                                           valid.first, valid.last, inside});
  if (!inside)
    refuse (t, s,
            use->which == VM_SEGMENT_SS ? VM_VECTOR_STACK_SEGMENT
                                        : VM_VECTOR_GENERAL_PROTECTION,
            0, linear, result);
  return inside;
}

/* Load -------------------------------------------------------------------- */

static enum vm_segment_verdict
may_load_stack (const struct vm_descriptor *d, uint32_t rpl, uint32_t cpl)
{
  if (!is_writable (d->type))
    return VM_SEGMENT_WRONG_TYPE;
  return rpl == cpl && d->dpl == cpl ? VM_SEGMENT_ALLOWED
                                     : VM_SEGMENT_PRIVILEGE;
}

static enum vm_segment_verdict
may_load_code (const struct vm_descriptor *d, uint32_t rpl, uint32_t cpl)
{
  if (!is_code (d->type))
    return VM_SEGMENT_WRONG_TYPE;
  if (is_conforming (d->type))
    return d->dpl <= cpl ? VM_SEGMENT_ALLOWED : VM_SEGMENT_PRIVILEGE;
  return rpl <= cpl && d->dpl == cpl ? VM_SEGMENT_ALLOWED
                                     : VM_SEGMENT_PRIVILEGE;
}

static enum vm_segment_verdict
may_load_data (const struct vm_descriptor *d, uint32_t rpl, uint32_t cpl)
{
  if (!is_readable (d->type))
    return VM_SEGMENT_WRONG_TYPE;
  if (!is_conforming (d->type) && (rpl > d->dpl || cpl > d->dpl))
    return VM_SEGMENT_PRIVILEGE;
  return VM_SEGMENT_ALLOWED;
}

/* May a descriptor go into a register? (SDM vol. 2, MOV and far JMP; vol. 3A,
 * 5.5 to 5.7.) */
static enum vm_segment_verdict
may_load (const struct vm_descriptor *d, enum vm_segment_register which,
          uint32_t rpl, uint32_t cpl)
{
  enum vm_segment_verdict verdict;

  if (!d->ordinary)
    return VM_SEGMENT_SYSTEM;
  if (which == VM_SEGMENT_SS)
    verdict = may_load_stack (d, rpl, cpl);
  else if (which == VM_SEGMENT_CS)
    verdict = may_load_code (d, rpl, cpl);
  else
    verdict = may_load_data (d, rpl, cpl);
  if (verdict == VM_SEGMENT_ALLOWED && !d->present)
    return VM_SEGMENT_NOT_PRESENT;
  return verdict;
}

static uint32_t
vector_of (enum vm_segment_verdict verdict, enum vm_segment_register which)
{
  if (verdict != VM_SEGMENT_NOT_PRESENT)
    return VM_VECTOR_GENERAL_PROTECTION;
  return which == VM_SEGMENT_SS ? VM_VECTOR_STACK_SEGMENT
                                : VM_VECTOR_SEGMENT_NOT_PRESENT;
}

static void
keep (struct vm_tape *t, const struct vm_segment *segment, uint64_t base,
      uint32_t limit, uint16_t selector, uint8_t rights, uint8_t big)
{
  vm_put_u64 (t, &segment->base, base);
  vm_put_u32 (t, &segment->limit, limit);
  vm_put_u16 (t, &segment->selector, selector);
  vm_put_u8 (t, &segment->rights, rights);
  vm_put_u8 (t, &segment->big, big);
}

static void
tell_kept (struct vm_tape *t, enum vm_segment_register which, uint16_t selector,
           uint64_t base, uint64_t limit)
{
  vm_step_leaf (t, VM_STEP_SEGMENT_CACHE,
                (uint64_t[VM_STEP_VALUES]){which, selector, base, limit});
}

/* Reads the entry that a selector names. False if it names none. */
static bool
read_descriptor (struct vm_tape *t, const struct vm_state *s, uint16_t selector,
                 uint64_t *raw)
{
  uint32_t index = selector >> 3;

  if (selector & 4 || index * VM_DESCRIPTOR_BYTES + 7 > s->gdt.limit)
    return false;
  *raw = vm_memory_read (s, place_of (s, index), 8);
  struct vm_descriptor d = vm_descriptor_decode (*raw);
  vm_step_leaf (t, VM_STEP_DESCRIPTOR_READ,
                (uint64_t[VM_STEP_VALUES]){index, place_of (s, index).v, *raw,
                                           d.base, vm_descriptor_last (&d)});
  return true;
}

static void
tell_load_rights (struct vm_tape *t, enum vm_segment_verdict verdict,
                  enum vm_segment_register which, uint32_t cpl, uint64_t raw)
{
  vm_step_leaf (t, VM_STEP_SEGMENT_RIGHTS,
                (uint64_t[VM_STEP_VALUES]){verdict, which, cpl, raw >> 45 & 3,
                                           raw >> 40 & 0xf, 1});
}

/* The descriptor is accepted: it is marked and kept. */
static void
take (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
      enum vm_segment_register which, uint16_t selector, uint64_t raw)
{
  struct vm_descriptor d = vm_descriptor_decode (raw);
  vm_paddr place = place_of (s, selector >> 3);

  if (!(raw & VM_DESCRIPTOR_ACCESSED)) {
    raw |= VM_DESCRIPTOR_ACCESSED;
    vm_step_leaf (t, VM_STEP_DESCRIPTOR_ACCESSED,
                  (uint64_t[VM_STEP_VALUES]){selector >> 3, place.v, raw});
    vm_memory_write (t, s, place, 8, raw);
  }
  tell_kept (t, which, selector, d.base, vm_descriptor_last (&d));
  keep (t, vm_segment_of (s, cpu, which), d.base, vm_descriptor_last (&d),
        selector, rights_of (raw), d.big);
}

/* A null selector: refused by CS and SS, an empty register elsewhere. */
static bool
take_null (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
           enum vm_segment_register which, uint16_t selector, uint32_t cpl,
           struct vm_translation *result)
{
  if (which == VM_SEGMENT_SS || which == VM_SEGMENT_CS) {
    tell_load_rights (t, VM_SEGMENT_NULL, which, cpl, 0);
    refuse (t, s, VM_VECTOR_GENERAL_PROTECTION, 0, 0, result);
    return false;
  }
  tell_kept (t, which, selector, 0, 0);
  keep (t, vm_segment_of (s, cpu, which), 0, 0, selector, 0, 0);
  return true;
}

static bool
load (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
      enum vm_segment_register which, uint16_t selector, uint32_t cpl,
      struct vm_translation *result)
{
  enum vm_segment_verdict verdict = VM_SEGMENT_BEYOND_TABLE;
  uint64_t raw = 0;

  vm_step_leaf (t, VM_STEP_SELECTOR,
                (uint64_t[VM_STEP_VALUES]){selector, selector >> 3,
                                           selector >> 2 & 1, selector & 3});
  if (selector >> 2 == 0)
    return take_null (t, s, cpu, which, selector, cpl, result);
  if (read_descriptor (t, s, selector, &raw)) {
    struct vm_descriptor d = vm_descriptor_decode (raw);
    verdict = may_load (&d, which, selector & 3, cpl);
  }
  tell_load_rights (t, verdict, which, cpl, raw);
  if (verdict != VM_SEGMENT_ALLOWED) {
    refuse (t, s, vector_of (verdict, which), selector & 0xfffcu, 0, result);
    return false;
  }
  take (t, s, cpu, which, selector, raw);
  return true;
}

vm_vaddr
vm_segment_linear (const struct vm_state *s, const struct vm_geometry *g,
                   uint32_t cpu, const struct vm_segment_use *use)
{
  uint64_t base = vm_segment_of (s, cpu, use->which)->base;

  return vm_vaddr_of ((base + use->offset) & vm_geometry_last_address (g));
}

bool
vm_segment_allows (const struct vm_state *s, const struct vm_geometry *g,
                   uint32_t cpu, const struct vm_segment_use *use)
{
  const struct vm_segment *segment = vm_segment_of (s, cpu, use->which);

  return g->word_bits != 32
         || (may_use (segment, use) == VM_SEGMENT_ALLOWED
             && lies_in (bytes_of (use), valid_offsets (segment)));
}

bool
vm_segment_translate (struct vm_tape *t, const struct vm_state *s,
                      const struct vm_geometry *g, uint32_t cpu,
                      const struct vm_segment_use *use,
                      struct vm_translation *result)
{
  const struct vm_segment *segment = vm_segment_of (s, cpu, use->which);
  uint64_t linear = vm_segment_linear (s, g, cpu, use).v;

  if (g->word_bits == 32
      && (!check_rights (t, s, segment, use, linear, result)
          || !check_limit (t, s, segment, use, linear, result)))
    return false;
  vm_step_leaf (t, VM_STEP_SEGMENT_ADD,
                (uint64_t[VM_STEP_VALUES]){use->which, segment->base,
                                           use->offset, linear});
  return true;
}

bool
vm_segment_load (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
                 enum vm_segment_register which, uint16_t selector,
                 enum vm_mode mode, struct vm_translation *result)
{
  vm_tape_at (t, cpu, VM_TLB_DATA);
  vm_step_begin (t, VM_STEP_SEGMENT_LOAD,
                 (uint64_t[VM_STEP_VALUES]){which, selector, mode});
  bool loaded = load (t, s, cpu, which, selector, cpl_of (mode), result);
  vm_step_end (t);
  return loaded;
}

void
vm_segment_set_base (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
                     enum vm_segment_register which, uint64_t base)
{
  vm_tape_at (t, cpu, VM_TLB_DATA);
  tell_kept (t, which, 0, base, UINT64_MAX);
  vm_put_u64 (t, &vm_segment_of (s, cpu, which)->base, base);
}

void
vm_segment_describe (struct vm_tape *t, const struct vm_state *s,
                     uint32_t index, const struct vm_descriptor *descriptor)
{
  uint64_t raw = vm_descriptor_encode (descriptor);

  vm_step_leaf (t, VM_STEP_DESCRIPTOR_WRITE,
                (uint64_t[VM_STEP_VALUES]){index, place_of (s, index).v, raw,
                                           descriptor->base,
                                           vm_descriptor_last (descriptor)});
  vm_memory_write (t, s, place_of (s, index), 8, raw);
}
