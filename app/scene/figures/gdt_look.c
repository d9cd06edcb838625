/* What the latest operation has come to about segments. */
#include "figures/gdt_look.h"

#include "mmu/segment.h"
#include "tape/memory.h"

/* A picture shows at least so many bytes. */
#define LEAST_SPAN G_GUINT64_CONSTANT (0x10000)

/* Only of operations that change what there is to show. */
static void
note_op (SceneGdtLook *look, const struct vm_op *op)
{
  const guint64 *v = op->values;

  if (op->kind == VM_OP_SEGMENTS) {
    look->ever = TRUE;
    look->entries = (guint) v[VM_P_SEGMENTS_ENTRIES];
  } else if (op->kind == VM_OP_SEGMENT) {
    const struct vm_descriptor d
        = {.limit = (uint32_t) v[VM_P_SEGMENT_LIMIT],
           .granularity = (uint8_t) v[VM_P_SEGMENT_GRANULARITY]};
    guint64 end = v[VM_P_SEGMENT_BASE] + vm_descriptor_last (&d);
    /* What goes on to the end, or round it, may leave the picture. */
    if (end < G_MAXUINT32)
      look->last = MAX (look->last, end);
  }
}

/* What never changes: the list of operations is the same at every cursor. */
static void
read_shape (SceneGdtLook *look, const SceneContext *c)
{
  guint64 span = LEAST_SPAN;

  look->table = c->geometry->word_bits == 32;
  for (guint64 i = 0; i < vm_machine_op_count (c->machine); i++)
    note_op (look, vm_machine_op (c->machine, i));
  while (span <= look->last)
    span *= 2;
  look->last = look->last == 0 ? G_MAXUINT32 : span - 1;
}

static void
begin_load (SceneGdtLook *look, const struct vm_step *step)
{
  look->loading = TRUE;
  look->split = look->read = look->judged = look->kept = look->named = FALSE;
  look->cpu = step->cpu;
  look->which = (guint) step->values[VM_V_SEGMENT_REGISTER];
  look->selector = (guint) step->values[VM_V_SEGMENT_SELECTOR];
  look->known = TRUE;
}

static void
begin_use (SceneGdtLook *look, const struct vm_step *step)
{
  look->using = TRUE;
  look->cpu = step->cpu;
  look->which = (guint) step->values[VM_V_SEGMENT_REGISTER];
  look->offset = step->values[VM_V_USE_OFFSET];
  look->width = step->values[VM_V_USE_WIDTH];
}

static void
note_rights (SceneGdtLook *look, const struct vm_step *step)
{
  if (step->values[VM_V_SEGMENT_LOADING]) {
    look->judged = TRUE;
    look->load = step;
  } else
    look->use = step;
}

static void
note_entry (SceneGdtLook *look, const struct vm_step *step)
{
  look->named = TRUE;
  look->index = (guint) step->values[VM_V_DESCRIPTOR_INDEX];
  look->raw = step->values[VM_V_DESCRIPTOR_RAW];
  look->written = step->kind == VM_STEP_DESCRIPTOR_WRITE;
  look->read |= !look->written;
}

static void
note_step (SceneGdtLook *look, const struct vm_step *step)
{
  if (step->kind == VM_STEP_SEGMENT_LOAD)
    begin_load (look, step);
  else if (step->kind == VM_STEP_SELECTOR)
    look->split = TRUE;
  else if (step->kind == VM_STEP_DESCRIPTOR_WRITE
           || step->kind == VM_STEP_DESCRIPTOR_READ
           || step->kind == VM_STEP_DESCRIPTOR_ACCESSED)
    note_entry (look, step);
  else if (step->kind == VM_STEP_SEGMENT_RIGHTS)
    note_rights (look, step);
  else if (step->kind == VM_STEP_SEGMENT_CACHE) {
    look->kept = TRUE;
    look->which = (guint) step->values[VM_V_SEGMENT_REGISTER];
  } else if (step->kind == VM_STEP_SEGMENT_USE)
    begin_use (look, step);
  else if (step->kind == VM_STEP_SEGMENT_LIMIT) {
    look->checked = TRUE;
    look->limit = step;
  } else if (step->kind == VM_STEP_SEGMENT_ADD) {
    look->added = TRUE;
    look->base = step->values[VM_V_ADD_BASE];
    look->linear = step->values[VM_V_ADD_LINEAR];
  }
}

static void
read_operation (SceneGdtLook *look, const SceneContext *c)
{
  guint64 operation = vm_machine_op_of_step (c->machine, c->cursor - 1);
  const struct vm_result *result = vm_machine_result (c->machine, operation);

  if (result == NULL)
    return;
  for (guint64 n = result->first_step; n < c->cursor; n++) {
    const struct vm_step *step = vm_machine_step (c->machine, n);
    if (step != NULL)
      note_step (look, step);
  }
}

/* Where nothing is loaded: what the register holds, and where that came
 * from. */
static void
read_register (SceneGdtLook *look, const SceneContext *c)
{
  const struct vm_segment *segment = vm_segment_of (
      c->state, look->cpu, (enum vm_segment_register) look->which);

  if (look->loading || !look->on || !look->table)
    return;
  look->selector = segment->selector;
  look->known = segment->rights != 0;
  if (look->named || !look->known)
    return;
  look->named = TRUE;
  look->index = look->selector >> 3;
}

void
scene_gdt_look (SceneGdtLook *look, const SceneContext *context)
{
  *look = (SceneGdtLook){.cpu = context->cpu, .which = VM_SEGMENT_DS};
  read_shape (look, context);
  look->on = vm_segments_on (context->state);
  if (context->step != NULL)
    read_operation (look, context);
  read_register (look, context);
  if (look->loading && look->split && !look->read) {
    look->index = look->selector >> 3;
    look->named = look->selector >> 2 != 0 && !(look->selector & 4);
  }
  if (look->named && !look->read && !look->written
      && look->index < scene_gdt_entries (context))
    look->raw = scene_gdt_raw (context, look->index);
}

SceneGdtSegment
scene_gdt_kept (const SceneContext *context, guint cpu, guint which)
{
  const struct vm_segment *s
      = vm_segment_of (context->state, cpu, (enum vm_segment_register) which);

  /* In long mode a register is its base. */
  if (context->geometry->word_bits == 64)
    return (SceneGdtSegment){.any = TRUE, .base = s->base, .present = TRUE};
  return (SceneGdtSegment){.any = s->rights != 0,
                           .base = s->base,
                           .last = s->limit,
                           .type = s->rights & 0xf,
                           .ordinary = s->rights >> 4 & 1,
                           .dpl = s->rights >> 5 & 3,
                           .present = s->rights >> 7};
}

SceneGdtSegment
scene_gdt_described (guint64 raw)
{
  struct vm_descriptor d = vm_descriptor_decode (raw);

  return (SceneGdtSegment){.any = raw != 0,
                           .base = d.base,
                           .last = vm_descriptor_last (&d),
                           .type = d.type,
                           .ordinary = d.ordinary,
                           .dpl = d.dpl,
                           .present = d.present};
}

guint64
scene_gdt_pa (const SceneContext *context, guint index)
{
  return context->state->gdt.base + (guint64) index * VM_DESCRIPTOR_BYTES;
}

guint64
scene_gdt_raw (const SceneContext *context, guint index)
{
  return vm_memory_read (context->state,
                         vm_paddr_of (scene_gdt_pa (context, index)),
                         VM_DESCRIPTOR_BYTES);
}

guint
scene_gdt_entries (const SceneContext *context)
{
  return context->state->gdt.limit == 0
             ? 0
             : (context->state->gdt.limit + 1) / VM_DESCRIPTOR_BYTES;
}

gboolean
scene_gdt_is_flat (const SceneGdtSegment *segment)
{
  return segment->any && segment->base == 0 && segment->last == G_MAXUINT32
         && !scene_gdt_grows_down (segment);
}

gboolean
scene_gdt_grows_down (const SceneGdtSegment *segment)
{
  return segment->ordinary && !(segment->type & VM_SEGMENT_CODE)
         && segment->type & VM_SEGMENT_DOWN;
}
