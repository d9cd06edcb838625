/* The accesses up to the cursor: what figures over time are made of. */
#include "figures/accesses.h"

/* Operations that begin before the cursor. */
static guint64
operations (const SceneContext *c)
{
  return c->cursor == 0 ? 0
                        : vm_machine_op_of_step (c->machine, c->cursor - 1) + 1;
}

static SceneTlbOutcome
outcome_of (const struct vm_translation *translation)
{
  if (translation->tlb_hit)
    return SCENE_TLB_HIT;
  return !translation->ok
                 && (translation->fault.kind == VM_FAULT_NON_CANONICAL
                     || translation->fault.kind == VM_FAULT_SEGMENT)
             ? SCENE_TLB_UNKNOWN
             : SCENE_TLB_MISS;
}

/* Memory accesses made between two steps, those of tries that ended in a fault
 * among them. False if the tape has forgotten them. */
static gboolean
count_cost (const SceneContext *c, SceneAccess *access)
{
  access->cost = 0;
  for (guint64 n = access->first_step; n < access->end_step; n++) {
    const struct vm_step *step = vm_machine_step (c->machine, n);
    if (step == NULL)
      return FALSE;
    access->cost += step->kind == VM_STEP_ENTRY_READ
                    || step->kind == VM_STEP_DATA
                    || step->kind == VM_STEP_DEVICE
                    || step->kind == VM_STEP_SILENCE;
  }
  return TRUE;
}

/* One that was done by the cursor: what it came to is on record. */
static void
take_result (SceneAccess *access, const SceneContext *c,
             const struct vm_translation *translation)
{
  access->done = TRUE;
  access->tlb = outcome_of (translation);
  access->faulted = !translation->ok;
  access->shift = translation->ok ? translation->page_shift
                                  : c->geometry->page_shift;
  if (!count_cost (c, access))
    access->cost = translation->reads + translation->ok;
}

/* What all levels together have come to: what the first one lacks the second
 * may have, and that counts once the first has it, too. */
static SceneTlbOutcome
outcome_so_far (const SceneContext *c)
{
  if (c->state->config.stlb_sets == 0)
    return c->tlb;
  if (c->tlb_unit != VM_TLB_SECOND)
    return c->tlb == SCENE_TLB_MISS ? SCENE_TLB_PROBING : c->tlb;
  return c->tlb == SCENE_TLB_HIT && !c->tlb_filled ? SCENE_TLB_PROBING : c->tlb;
}

/* One that goes on behind the cursor: only its steps so far may be told. */
static void
take_context (SceneAccess *access, const SceneContext *c)
{
  access->tlb = outcome_so_far (c);
  access->faulted = c->faulted;
  access->shift = c->composed               ? c->page_shift
                  : c->tlb == SCENE_TLB_HIT ? c->tlb_shift
                                            : c->geometry->page_shift;
  count_cost (c, access);
}

static SceneAccess
access_of (const SceneContext *c, guint64 operation, guint64 number)
{
  const struct vm_result *result = vm_machine_result (c->machine, operation);
  gboolean last = operation + 1 == operations (c);
  SceneAccess access = {.number = number,
                        .va = result->va.v,
                        .first_step = result->first_step,
                        .end_step = MIN (result->end_step, c->cursor),
                        .now = last && (c->access || c->by_segment)};

  if (result->end_step <= c->cursor)
    take_result (&access, c, &result->translation);
  else
    take_context (&access, c);
  return access;
}

guint64
scene_accesses_count (const SceneContext *context)
{
  guint64 count = 0;

  for (guint64 i = 0; i < operations (context); i++)
    count += vm_machine_op (context->machine, i)->kind == VM_OP_ACCESS;
  return count;
}

/* How the machine translates after an operation, which knows how it did
 * before. */
static enum vm_way
way_after (const struct vm_op *op, enum vm_way way)
{
  if (op->kind == VM_OP_MACHINE)
    return (enum vm_way) op->values[VM_P_MACHINE_WAY];
  return op->kind == VM_OP_WAY ? (enum vm_way) op->values[VM_P_WAY_WAY] : way;
}

guint64
scene_accesses_cost (const SceneContext *context, guint64 first)
{
  guint64 number = 0, cost = 0;

  for (guint64 i = 0; i < operations (context); i++) {
    if (vm_machine_op (context->machine, i)->kind != VM_OP_ACCESS)
      continue;
    if (++number == first)
      break;
    cost += access_of (context, i, number).cost;
  }
  return cost;
}

guint
scene_accesses_read (const SceneContext *context, guint64 first,
                     SceneAccess *accesses, guint most)
{
  enum vm_way way = VM_WAY_PAGING;
  guint64 number = 0;
  guint count = 0;

  for (guint64 i = 0; i < operations (context) && count < most; i++) {
    const struct vm_op *op = vm_machine_op (context->machine, i);
    way = way_after (op, way);
    number += op->kind == VM_OP_ACCESS;
    if (op->kind != VM_OP_ACCESS || number < first)
      continue;
    accesses[count] = access_of (context, i, number);
    if (way != VM_WAY_PAGING)
      accesses[count].tlb = SCENE_TLB_UNKNOWN;
    count++;
  }
  return count;
}
