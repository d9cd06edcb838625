/* Adds up what the steps of an operation take. */
#include "figures/times.h"

#include "figures/turns.h"
#include "mmu/cost.h"

/* How deep a kernel's work may lie below what began it. */
#define DEEPEST 12u

/* Inside a call or a fault handler all is the kernel's, its own accesses to
 * memory among them. */
static gboolean
is_inside_kernel (const SceneContext *c, const struct vm_step *step)
{
  for (guint i = 0; step != NULL && i < DEEPEST; i++) {
    if (step->kind == VM_STEP_CALL || step->kind == VM_STEP_HANDLER)
      return TRUE;
    step = vm_machine_step (c->machine, step->parent);
  }
  return FALSE;
}

static SceneTimeLane
lane_of (const SceneContext *c, const struct vm_step *step)
{
  SceneTurn turn;

  if (vm_cost_is_disk (step))
    return SCENE_TIME_DISK;
  scene_turn_of (&turn, c, step);
  return turn.actor == SCENE_ACTOR_KERNEL || is_inside_kernel (c, step)
             ? SCENE_TIME_KERNEL
             : SCENE_TIME_USER;
}

/* A step joins what went before, if that is of the same lane. */
static void
add_time (SceneTimes *times, SceneTimeLane lane, guint64 n, guint64 cycles,
          gboolean now)
{
  SceneTime *last
      = times->times->len == 0
            ? NULL
            : &g_array_index (times->times, SceneTime, times->times->len - 1);

  times->spent[lane] += cycles;
  if (last != NULL && last->lane == lane) {
    last->cycles += cycles;
    last->now |= now;
    return;
  }
  SceneTime time = {.lane = lane,
                    .first_step = n,
                    .start = times->all,
                    .cycles = cycles,
                    .awake = times->awake,
                    .now = now};
  g_array_append_val (times->times, time);
}

void
scene_times_read (const SceneContext *context, SceneTimes *times)
{
  *times
      = (SceneTimes){.times = g_array_new (FALSE, FALSE, sizeof (SceneTime))};
  if (context->step == NULL || context->cursor == 0)
    return;
  guint64 op = vm_machine_op_of_step (context->machine, context->cursor - 1);
  const struct vm_result *result = vm_machine_result (context->machine, op);
  for (guint64 n = result->first_step; n < result->end_step; n++) {
    const struct vm_step *step = vm_machine_step (context->machine, n);
    guint64 cycles
        = step == NULL ? 0 : vm_cost_of_step (&context->state->config, step);
    if (cycles == 0)
      continue;
    SceneTimeLane lane = lane_of (context, step);
    if (n < context->cursor)
      add_time (times, lane, n, cycles, n + 1 == context->cursor);
    times->all += cycles;
    times->awake += lane == SCENE_TIME_DISK ? 0 : cycles;
  }
}

void
scene_times_clear (SceneTimes *times)
{
  g_array_unref (times->times);
}
