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
  return !translation->ok && translation->fault.kind == VM_FAULT_NON_CANONICAL
             ? SCENE_TLB_UNKNOWN
             : SCENE_TLB_MISS;
}

/* One that was done by the cursor: what it came to is on record. */
static void
take_result (SceneAccess *access, const struct vm_geometry *g,
             const struct vm_translation *translation)
{
  access->done = TRUE;
  access->tlb = outcome_of (translation);
  access->faulted = !translation->ok;
  access->shift = translation->ok ? translation->page_shift : g->page_shift;
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
  access->cost = c->data_done;
  for (guint level = 1; level <= VM_MAX_LEVELS; level++)
    access->cost += c->level[level].read
                    && level != c->geometry->register_level;
}

static SceneAccess
access_of (const SceneContext *c, guint64 operation, guint64 number)
{
  const struct vm_op *op = vm_machine_op (c->machine, operation);
  const struct vm_result *result = vm_machine_result (c->machine, operation);
  gboolean last = operation + 1 == operations (c);
  SceneAccess access = {.number = number,
                        .va = op->values[VM_P_ACCESS_VA],
                        .first_step = result->first_step,
                        .end_step = MIN (result->end_step, c->cursor),
                        .now = last && c->access};

  if (result->end_step <= c->cursor)
    take_result (&access, c->geometry, &result->translation);
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

guint
scene_accesses_read (const SceneContext *context, guint64 first,
                     SceneAccess *accesses, guint most)
{
  guint64 number = 0;
  guint count = 0;

  for (guint64 i = 0; i < operations (context) && count < most; i++) {
    number += vm_machine_op (context->machine, i)->kind == VM_OP_ACCESS;
    if (vm_machine_op (context->machine, i)->kind == VM_OP_ACCESS
        && number >= first)
      accesses[count++] = access_of (context, i, number);
  }
  return count;
}
