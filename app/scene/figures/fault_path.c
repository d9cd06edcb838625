/* What the page-fault handler has asked in the operation of the cursor. */
#include "figures/fault_path.h"

#include "mm/mmap.h"

static void
begin (SceneFaultRun *run, const struct vm_step *step)
{
  *run = (SceneFaultRun){.access = run->access,
                         .fault = run->fault,
                         .begin = step,
                         .first = SCENE_FAULT_NONE,
                         .last = SCENE_FAULT_NONE,
                         .exit = SCENE_FAULT_NONE};
}

/* The node that a question is asked in: the first one behind the last. */
static guint
node_of (const SceneFaultRun *run, guint64 question)
{
  guint from = run->last == SCENE_FAULT_NONE ? 0 : run->last + 1;

  for (guint i = from; i < scene_fault_node_count; i++)
    if (scene_fault_nodes[i].question == question)
      return i;
  return SCENE_FAULT_NONE;
}

/* Ends the run by the first exit that fits, from the last question on. */
static void
end (SceneFaultRun *run, const struct vm_step *step, SceneFaultEnd how,
     guint64 value)
{
  guint from = run->last == SCENE_FAULT_NONE ? 0 : run->last;

  run->end = step;
  for (guint i = 0; i < scene_fault_exit_count; i++) {
    const SceneFaultExit *e = &scene_fault_exits[i];
    if (e->node < from || e->end != how || e->value != value)
      continue;
    run->exit = i;
    return;
  }
}

static void
remark (SceneFaultRun *run, guint node, gboolean answer)
{
  for (guint i = 0; i < scene_fault_exit_count; i++) {
    const SceneFaultExit *e = &scene_fault_exits[i];
    if (e->node == node && e->answer == answer && e->end == SCENE_FAULT_GOES_ON)
      run->remarked[i] = TRUE;
  }
}

static void
note_question (SceneFaultRun *run, const struct vm_step *step)
{
  gboolean answer = step->values[VM_V_DECIDE_ANSWER] != 0;
  guint node = node_of (run, step->values[VM_V_DECIDE_QUESTION]);

  if (node == SCENE_FAULT_NONE)
    return;
  run->asked[node] = step;
  run->last = node;
  if (run->first == SCENE_FAULT_NONE)
    run->first = node;
  remark (run, node, answer);
  if (scene_fault_nodes[node].question == VM_ASK_FIXUP && answer)
    end (run, step, SCENE_FAULT_FIXED, 0);
}

static void
note_step (SceneFaultRun *run, const struct vm_step *step, gboolean *any)
{
  switch (step->kind) {
  case VM_STEP_ACCESS:
    run->access = step;
    break;
  case VM_STEP_FAULT:
    begin (run, NULL);
    run->fault = step;
    break;
  case VM_STEP_HANDLER:
    begin (run, step);
    *any = TRUE;
    break;
  case VM_STEP_REGION_FOUND:
    if (*any && run->end == NULL)
      run->found = step;
    break;
  case VM_STEP_DECIDE:
    if (!*any || run->end != NULL)
      begin (run, NULL);
    *any = TRUE;
    note_question (run, step);
    break;
  case VM_STEP_HANDLED:
    end (run, step, SCENE_FAULT_ACTION, step->values[VM_V_HANDLED_ACTION]);
    break;
  case VM_STEP_SIGNAL:
    if (*any)
      end (run, step, SCENE_FAULT_SIGNAL, step->values[VM_V_SIGNAL_CODE]);
    break;
  default:
    break;
  }
}

static gboolean
strayed (const SceneFaultRun *run, guint node)
{
  return node != SCENE_FAULT_NONE && run->asked[node] != NULL
         && !scene_fault_goes_on (run, node);
}

/* Rows of the trunk in which something was asked: the first and the last. */
static gboolean
asked_rows (const SceneFaultRun *run, guint *first, guint *last)
{
  gboolean any = FALSE;

  for (guint row = 0; row < SCENE_FAULT_ROWS; row++) {
    guint node = scene_fault_at (row, 0);
    if (node == SCENE_FAULT_NONE || run->asked[node] == NULL)
      continue;
    *first = any ? *first : row;
    *last = row;
    any = TRUE;
  }
  return any;
}

/* Some questions are asked only where they make a difference: those between two
 * that were asked have been passed. A lane that leads back to the trunk has
 * been passed as a whole. */
static void
note_passed (SceneFaultRun *run)
{
  guint first = 0, last = 0;

  if (!asked_rows (run, &first, &last))
    return;
  for (guint i = 0; i < scene_fault_node_count; i++) {
    const SceneFaultNode *n = &scene_fault_nodes[i];
    gboolean between = n->row >= first && n->row < last;
    gboolean here = n->column == 0 || strayed (run, scene_fault_at (n->row, 0));
    run->passed[i] = !n->apart && run->asked[i] == NULL && between && here;
  }
}

gboolean
scene_fault_run (const SceneContext *context, SceneFaultRun *run)
{
  gboolean any = FALSE;

  *run = (SceneFaultRun){0};
  begin (run, NULL);
  if (context->step == NULL)
    return FALSE;
  guint64 operation
      = vm_machine_op_of_step (context->machine, context->cursor - 1);
  const struct vm_result *result
      = vm_machine_result (context->machine, operation);
  for (guint64 n = result->first_step; n < context->cursor; n++) {
    const struct vm_step *step = vm_machine_step (context->machine, n);
    if (step != NULL)
      note_step (run, step, &any);
  }
  note_passed (run);
  return any;
}

gboolean
scene_fault_pending (const SceneFaultRun *run)
{
  return run->access != NULL && run->begin == NULL
         && run->last == SCENE_FAULT_NONE;
}

gboolean
scene_fault_shown (const SceneContext *context, guint node)
{
  guint64 count = vm_machine_op_count (context->machine);

  if (scene_fault_nodes[node].question != VM_ASK_HUGE)
    return TRUE;
  for (guint64 i = 0; i < count; i++) {
    const struct vm_op *op = vm_machine_op (context->machine, i);
    if (op->kind == VM_OP_MADVISE
        && op->values[VM_P_MADVISE_ADVICE] == VM_ADVICE_HUGE)
      return TRUE;
  }
  return FALSE;
}

gboolean
scene_fault_reached (const SceneFaultRun *run, guint node)
{
  return run->asked[node] != NULL || run->passed[node];
}

gboolean
scene_fault_goes_on (const SceneFaultRun *run, guint node)
{
  const struct vm_step *step = run->asked[node];
  gboolean answer = step != NULL && step->values[VM_V_DECIDE_ANSWER] != 0;

  return step == NULL || answer == scene_fault_nodes[node].on;
}
