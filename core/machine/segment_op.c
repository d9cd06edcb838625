/* Does the operations about segments. */
#include "machine/segment_op.h"

#include "mm/frames.h"
#include "mmu/segment.h"

/* Index and access rights of the flat model's segments (bits 47 to 40). */
static const uint8_t flat_rights[] = {0, 0x9a, 0x92, 0xfa, 0xf2};

#define FLAT_USER_CODE 0x1b
#define FLAT_USER_DATA 0x23

static bool
refuse (struct vm_error *error, enum vm_error_code code, const char *subject)
{
  vm_error_set (error, code, subject);
  return false;
}

static bool
refuse_range (struct vm_error *error, const char *subject, uint64_t value,
              uint64_t low, uint64_t high)
{
  vm_error_set_range (error, VM_ERROR_OUT_OF_RANGE, subject, value, low, high);
  return false;
}

/* Entries of the flat model, and registers that use them, as a kernel leaves
 * them for a program. */
static void
make_flat (struct vm_tape *t, const struct vm_state *s)
{
  static const struct {
    enum vm_segment_register which;
    uint16_t selector;
  } loads[] = {{VM_SEGMENT_CS, FLAT_USER_CODE},
               {VM_SEGMENT_SS, FLAT_USER_DATA},
               {VM_SEGMENT_DS, FLAT_USER_DATA},
               {VM_SEGMENT_ES, FLAT_USER_DATA}};
  struct vm_translation ignored;

  for (uint32_t i = 1; i < sizeof flat_rights; i++) {
    struct vm_descriptor d = {.limit = 0xfffff,
                              .type = flat_rights[i] & 0xf,
                              .ordinary = 1,
                              .dpl = flat_rights[i] >> 5 & 3,
                              .present = 1,
                              .big = 1,
                              .granularity = 1};
    vm_segment_describe (t, s, i, &d);
  }
  for (uint32_t cpu = 0; cpu < s->config.cpus; cpu++)
    for (uint32_t i = 0; i < sizeof loads / sizeof loads[0]; i++)
      vm_segment_load (t, s, cpu, loads[i].which, loads[i].selector,
                       VM_USER_MODE, &ignored);
}

/* In long mode there is nothing to look up. */
static bool
make_table (struct vm_tape *t, const struct vm_state *s,
            const struct vm_geometry *g, const struct vm_op *op,
            struct vm_error *error)
{
  struct vm_frame_use use
      = {.role = VM_FRAME_KERNEL, .owner = VM_NONE, .count = 1};
  uint32_t entries = (uint32_t) op->values[VM_P_SEGMENTS_ENTRIES];
  bool flat = op->values[VM_P_SEGMENTS_MODEL] == 0;
  vm_frame frame = {0};

  if (g->word_bits == 32 && !vm_frames_take (t, s, &use, &frame))
    return refuse (error, VM_ERROR_OUT_OF_FRAMES, NULL);
  vm_put_u64 (t, &s->gdt.base, vm_frame_start (frame, g->page_shift).v);
  vm_put_u32 (t, &s->gdt.limit,
              g->word_bits == 32 ? entries * VM_DESCRIPTOR_BYTES - 1 : 0);
  vm_put_u32 (t, &s->gdt.on, 1);
  if (g->word_bits == 32 && flat)
    make_flat (t, s);
  return true;
}

bool
vm_segment_op_begin (struct vm_tape *t, const struct vm_state *s,
                     const struct vm_op *op, struct vm_error *error)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  uint64_t entries = op->values[VM_P_SEGMENTS_ENTRIES];

  if (g->family != VM_FAMILY_X86 || g->id == VM_GEOMETRY_TOY)
    return refuse (error, VM_ERROR_NOT_HERE, "segments");
  if (vm_segments_on (s))
    return refuse (error, VM_ERROR_SEGMENTS_ON, NULL);
  if (op->values[VM_P_SEGMENTS_MODEL] == 0 && entries < sizeof flat_rights)
    return refuse_range (error, "entries", entries, sizeof flat_rights, 512);

  vm_step_begin (
      t, VM_STEP_SEGMENTS,
      (uint64_t[VM_STEP_VALUES]){op->values[VM_P_SEGMENTS_MODEL] == 0, entries,
                                 g->word_bits == 32});
  bool made = make_table (t, s, g, op, error);
  vm_step_end (t);
  return made;
}

bool
vm_segment_op_describe (struct vm_tape *t, const struct vm_state *s,
                        const struct vm_op *op, struct vm_error *error)
{
  /* In the order of the words for a type; the last is not code or data. */
  static const uint8_t types[] = {0xa, 0x8, 0xe, 0x2, 0x0, 0x6, 0x2};
  const uint64_t *v = op->values;
  uint64_t word = v[VM_P_SEGMENT_TYPE];

  if (!vm_segments_on (s))
    return refuse (error, VM_ERROR_NO_SEGMENTS, NULL);
  if (s->gdt.limit == 0)
    return refuse (error, VM_ERROR_NOT_HERE, "segment");
  uint64_t last = (s->gdt.limit + 1) / VM_DESCRIPTOR_BYTES - 1;
  if (v[VM_P_SEGMENT_INDEX] > last)
    return refuse_range (error, "index", v[VM_P_SEGMENT_INDEX], 1, last);

  struct vm_descriptor d = {
      .base = (uint32_t) v[VM_P_SEGMENT_BASE],
      .limit = (uint32_t) v[VM_P_SEGMENT_LIMIT],
      .type = types[word],
      .ordinary = word != sizeof types - 1,
      .dpl = (uint8_t) v[VM_P_SEGMENT_DPL],
      .present = (uint8_t) v[VM_P_SEGMENT_PRESENT],
      .big = 1,
      .granularity = (uint8_t) v[VM_P_SEGMENT_GRANULARITY],
  };
  vm_segment_describe (t, s, (uint32_t) v[VM_P_SEGMENT_INDEX], &d);
  return true;
}

/* Long mode: FS and GS have a base that is written as a number. */
static bool
set_base (struct vm_tape *t, const struct vm_state *s,
          const struct vm_geometry *g, const struct vm_op *op,
          struct vm_result *result, struct vm_error *error)
{
  enum vm_segment_register which
      = (enum vm_segment_register) op->values[VM_P_LOAD_REGISTER];
  uint64_t base = op->values[VM_P_LOAD_BASE];

  if (which != VM_SEGMENT_FS && which != VM_SEGMENT_GS)
    return refuse (error, VM_ERROR_NOT_HERE, "register");
  if (!vm_op_gives (op, VM_P_LOAD_BASE))
    return refuse (error, VM_ERROR_MISSING_PARAMETER, "base");
  if (vm_op_gives (op, VM_P_LOAD_SELECTOR))
    return refuse (error, VM_ERROR_NOT_HERE, "selector");
  if (!vm_geometry_canonical (g, vm_vaddr_of (base))) {
    vm_error_set_range (error, VM_ERROR_NOT_AN_ADDRESS, "base", base, 0, 0);
    return false;
  }
  vm_segment_set_base (t, s, (uint32_t) op->values[VM_P_LOAD_CPU], which, base);
  result->translation.ok = true;
  return true;
}

bool
vm_segment_op_load (struct vm_tape *t, const struct vm_state *s,
                    const struct vm_op *op, struct vm_result *result,
                    struct vm_error *error)
{
  const uint64_t *v = op->values;
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);

  if (!vm_segments_on (s))
    return refuse (error, VM_ERROR_NO_SEGMENTS, NULL);
  if (v[VM_P_LOAD_CPU] >= s->config.cpus)
    return refuse_range (error, "cpu", v[VM_P_LOAD_CPU], 0, s->config.cpus - 1);
  if (g->word_bits == 64)
    return set_base (t, s, g, op, result, error);
  if (vm_op_gives (op, VM_P_LOAD_BASE))
    return refuse (error, VM_ERROR_NOT_HERE, "base");
  if (!vm_op_gives (op, VM_P_LOAD_SELECTOR))
    return refuse (error, VM_ERROR_MISSING_PARAMETER, "selector");
  result->translation.ok = vm_segment_load (
      t, s, (uint32_t) v[VM_P_LOAD_CPU],
      (enum vm_segment_register) v[VM_P_LOAD_REGISTER],
      (uint16_t) v[VM_P_LOAD_SELECTOR], (enum vm_mode) v[VM_P_LOAD_MODE],
      &result->translation);
  return true;
}
