/* One TLB of one processor, and what the operation has made of it so far. */
#include "figures/tlb_unit.h"

#include <glib/gi18n-lib.h>
#include <stddef.h>

#include "figures/kit.h"

static void
note (SceneTlbUnit *u, const struct vm_step *step)
{
  u->set = (guint) step->values[VM_V_TLB_SET];
  u->page = step->values[VM_V_TLB_PAGE];
  u->shift = (guint) step->values[VM_V_TLB_SHIFT];
}

static void
note_step (SceneTlbUnit *u, const struct vm_step *step)
{
  gboolean fill = step->kind == VM_STEP_TLB_FILL
                  || step->kind == VM_STEP_TLB_PROMOTE;

  if (step->cpu != u->cpu || step->unit != u->unit)
    return;
  if (step->kind == VM_STEP_TLB_PROBE)
    u->outcome = SCENE_TLB_PROBING;
  else if (step->kind == VM_STEP_TLB_HIT)
    u->outcome = SCENE_TLB_HIT;
  else if (step->kind == VM_STEP_TLB_MISS)
    u->outcome = SCENE_TLB_MISS;
  else if (!fill)
    return;
  note (u, step);
  u->filled = u->filled || fill;
  if (fill || step->kind == VM_STEP_TLB_HIT)
    u->way = (guint) step->values[VM_V_TLB_WAY];
}

/* The first step of the operation that the cursor stands in. */
static guint64
first_step (const SceneContext *c)
{
  if (c->step == NULL)
    return c->cursor;
  guint64 operation = vm_machine_op_of_step (c->machine, c->cursor - 1);
  const struct vm_result *result = vm_machine_result (c->machine, operation);

  return result != NULL ? result->first_step : c->cursor;
}

/* A change of the field that says if an entry holds anything. */
static void
note_delta (const struct vm_delta *delta, guint32 place, guint8 *dropped)
{
  const guint32 size = sizeof (struct vm_tlb_entry);
  guint32 offset = delta->place - place;

  if (delta->place < place || offset >= VM_MAX_CPUS * VM_MAX_TLB_ENTRIES * size
      || offset % size != offsetof (struct vm_tlb_entry, valid))
    return;
  dropped[offset / size] = delta->after == 0;
}

gboolean
scene_tlb_unit_read (SceneTlbUnit *unit, const SceneContext *context, guint cpu,
                     enum vm_tlb_unit kind)
{
  *unit = (SceneTlbUnit){.cpu = cpu,
                         .unit = kind,
                         .tlb = vm_tlb_of (context->state, cpu, kind),
                         .way = VM_NONE};
  if (unit->tlb.sets == 0)
    return FALSE;
  for (guint64 n = first_step (context); n < context->cursor; n++) {
    const struct vm_step *step = vm_machine_step (context->machine, n);
    if (step != NULL)
      note_step (unit, step);
  }
  return TRUE;
}

gboolean
scene_tlb_unit_is_now (const SceneTlbUnit *unit, const SceneContext *context)
{
  const struct vm_step *step = context->step;

  return step != NULL && step->cpu == unit->cpu && step->unit == unit->unit;
}

const char *
scene_tlb_unit_title (const SceneContext *context, enum vm_tlb_unit kind)
{
  const struct vm_config *config = &context->state->config;

  switch (kind) {
  case VM_TLB_DATA:
    break;
  case VM_TLB_CODE:
    return _ ("Instruction TLB");
  case VM_TLB_SECOND:
    return _ ("Second-level TLB");
  }
  if (config->itlb_sets != 0)
    return _ ("Data TLB");
  return config->stlb_sets != 0 ? _ ("First-level TLB") : _ ("TLB");
}

const char *
scene_tlb_unit_name (const SceneBuild *build, const SceneTlbUnit *unit)
{
  const char *title = scene_tlb_unit_title (build->context, unit->unit);

  if (build->context->state->config.cpus == 1)
    return title;
  /* Translators: "Data TLB", number of a processor. */
  return scene_still_printf (build->still, _ ("%s of processor %u"), title,
                             unit->cpu);
}

const char *
scene_tlb_policy (const SceneContext *context)
{
  switch ((enum vm_replacement) context->state->config.replacement) {
  case VM_REPLACE_LRU:
    break;
  case VM_REPLACE_PLRU:
    return "PLRU";
  case VM_REPLACE_FIFO:
    return "FIFO";
  case VM_REPLACE_RANDOM:
    return _ ("random");
  }
  return "LRU";
}

const char *
scene_asid_title (const SceneContext *context)
{
  return context->geometry->family == VM_FAMILY_X86 ? "PCID" : "ASID";
}

SceneNumber
scene_asid_number (const SceneContext *context, guint asid)
{
  SceneNumber number;

  g_snprintf (number.s, sizeof number.s,
              context->state->config.kpti ? "0x%03x" : "%u", asid);
  return number;
}

guint8 *
scene_tlb_dropped (const SceneContext *context)
{
  const struct vm_state *s = context->state;
  const struct vm_tape *tape = vm_machine_tape (context->machine);
  guint32 place = vm_tape_place (tape, s->tlb);
  guint8 *dropped = g_new0 (guint8, G_N_ELEMENTS (s->tlb));

  for (guint64 n = first_step (context); n < context->cursor; n++)
    for (guint64 i = 0; i < vm_tape_delta_count (tape, n); i++)
      note_delta (vm_tape_delta (tape, n, i), place, dropped);
  return dropped;
}
