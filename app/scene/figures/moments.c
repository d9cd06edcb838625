/* What the processors do in an operation, moment by moment. */
#include "figures/moments.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "figures/tlb_unit.h"

/* Steps that say nothing about who does what to whom. */
static gboolean
is_shown (const struct vm_step *step)
{
  switch ((enum vm_step_kind) step->kind) {
  case VM_STEP_ENTRY_WRITE:
  case VM_STEP_ACCESS:
  case VM_STEP_SCHEDULE:
  case VM_STEP_SWITCH:
  case VM_STEP_TLB_HIT:
  case VM_STEP_TLB_MISS:
  case VM_STEP_WALK:
  case VM_STEP_TLB_FILL:
  case VM_STEP_TLB_DROP:
  case VM_STEP_DATA:
  case VM_STEP_FAULT:
  case VM_STEP_MODE:
  case VM_STEP_FLUSH:
  case VM_STEP_OWE:
  case VM_STEP_POKE:
  case VM_STEP_PSC_OWE:
  case VM_STEP_REGISTER_OWE:
  case VM_STEP_BEHIND:
  case VM_STEP_SHOOTDOWN:
  case VM_STEP_IPI_SEND:
  case VM_STEP_IPI_WAIT:
  case VM_STEP_IPI_RECEIVE:
  case VM_STEP_IPI_ACK:
    return TRUE;
  case VM_STEP_MACHINE:
  case VM_STEP_PROCESS:
  case VM_STEP_MAP:
  case VM_STEP_FRAME_TAKE:
  case VM_STEP_TLB_PROBE:
  case VM_STEP_TLB_COMPARE:
  case VM_STEP_REGISTER_LOAD:
  case VM_STEP_REGISTER_READ:
  case VM_STEP_ENTRY_READ:
  case VM_STEP_SET_ACCESSED:
  case VM_STEP_PERMISSION:
  case VM_STEP_SET_DIRTY:
  case VM_STEP_COMPOSE:
  case VM_STEP_DUMP:
  case VM_STEP_TLB_VICTIM:
  case VM_STEP_TLB_PROMOTE:
  case VM_STEP_TLB_PRINT:
  case VM_STEP_PSC_HIT:
  case VM_STEP_PSC_FILL:
  case VM_STEP_POOL:
  case VM_STEP_STRING:
  case VM_STEP_REFERENCE:
  case VM_STEP_PAGE_HIT:
  case VM_STEP_PAGE_MISS:
  case VM_STEP_PAGE_MARK:
  case VM_STEP_PAGE_MOVE:
  case VM_STEP_PAGE_COUNT:
  case VM_STEP_PAGE_SPARE:
  case VM_STEP_PAGE_COMPARE:
  case VM_STEP_PAGE_VICTIM:
  case VM_STEP_PAGE_LOAD:
  case VM_STEP_GHOST_KEEP:
  case VM_STEP_GHOST_DROP:
  case VM_STEP_GHOST_HIT:
  case VM_STEP_POOL_TARGET:
  case VM_STEP_POOL_TICK:
  case VM_STEP_SEGMENTS:
  case VM_STEP_DESCRIPTOR_WRITE:
  case VM_STEP_SEGMENT_LOAD:
  case VM_STEP_SELECTOR:
  case VM_STEP_DESCRIPTOR_READ:
  case VM_STEP_DESCRIPTOR_ACCESSED:
  case VM_STEP_SEGMENT_CACHE:
  case VM_STEP_SEGMENT_USE:
  case VM_STEP_SEGMENT_RIGHTS:
  case VM_STEP_SEGMENT_LIMIT:
  case VM_STEP_SEGMENT_ADD:
  case VM_STEP_ENTRY_CHANGE:
  case VM_STEP_FIELD_CHANGE:
  case VM_STEP_FRAME_REFS:
  case VM_STEP_CALL:
  case VM_STEP_RETURN:
  case VM_STEP_GAP:
  case VM_STEP_LIMIT:
  case VM_STEP_REGION_LOOK:
  case VM_STEP_REGION_FOUND:
  case VM_STEP_REGION_NEW:
  case VM_STEP_REGION_GONE:
  case VM_STEP_REGION_RESIZE:
  case VM_STEP_REGION_FLAGS:
  case VM_STEP_REGION_SPLIT:
  case VM_STEP_REGION_MERGE:
  case VM_STEP_ANON:
  case VM_STEP_HANDLER:
  case VM_STEP_DECIDE:
  case VM_STEP_HANDLED:
  case VM_STEP_SIGNAL:
  case VM_STEP_COPY:
  case VM_STEP_CACHE_READ:
  case VM_STEP_FRAME_FREE:
  case VM_STEP_FORK:
  case VM_STEP_FORK_REGION:
  case VM_STEP_FORK_ENTRY:
  case VM_STEP_EXIT:
  case VM_STEP_WAIT:
  case VM_STEP_REAP:
  case VM_STEP_FILE:
  case VM_STEP_OVERCOMMIT:
  case VM_STEP_SET_LIMITS:
  case VM_STEP_SHOW:
  case VM_STEP_KINDS:
    break;
  }
  return FALSE;
}

static void
say (SceneMoment *moment, const SceneContext *c)
{
  const struct vm_step *step = moment->step;
  guint other = (guint) step->values[VM_V_IPI_OTHER];
  guint count = (guint) step->values[VM_V_IPI_COUNT];

  scene_turn_of (&moment->turn, c, step);
  if (step->kind == VM_STEP_IPI_SEND)
    /* Translators: an interrupt to a processor. */
    g_snprintf (moment->text, sizeof moment->text, _ ("IPI → %u"), other);
  else if (step->kind == VM_STEP_SHOOTDOWN)
    /* Translators: how many other processors there are to be told. */
    g_snprintf (moment->text, sizeof moment->text,
                g_dngettext (GETTEXT_PACKAGE, "%u other", "%u others", count),
                count);
  else
    g_strlcpy (moment->text, moment->turn.text, sizeof moment->text);
}

/* What a step makes of those who wait and those who are interrupted. */
static void
change (SceneMoment *moment)
{
  const struct vm_step *step = moment->step;
  guint count = (guint) step->values[VM_V_IPI_COUNT];
  guint other = (guint) step->values[VM_V_IPI_OTHER];

  if (step->kind == VM_STEP_IPI_WAIT) {
    moment->after[step->cpu] = SCENE_CPU_WAITS;
    moment->awaited = count;
  } else if (step->kind == VM_STEP_IPI_RECEIVE)
    moment->after[step->cpu] = SCENE_CPU_INTERRUPTED;
  else if (step->kind == VM_STEP_IPI_ACK) {
    moment->after[step->cpu] = SCENE_CPU_RUNS;
    moment->awaited = count;
    if (count == 0 && other < VM_MAX_CPUS)
      moment->after[other] = SCENE_CPU_RUNS;
  }
}

static guint64
first_step (const SceneContext *c)
{
  guint64 operation = vm_machine_op_of_step (c->machine, c->cursor - 1);
  const struct vm_result *result = vm_machine_result (c->machine, operation);

  return result != NULL ? result->first_step : c->cursor;
}

/* Entries that were dropped by the operation: told or not. */
static guint
count_dropped (const SceneContext *c)
{
  g_autofree guint8 *dropped = scene_tlb_dropped (c);
  guint count = 0;

  for (guint i = 0; i < G_N_ELEMENTS (c->state->tlb); i++)
    count += dropped[i];
  return count;
}

GArray *
scene_moments (const SceneContext *context, SceneMomentCosts *costs)
{
  GArray *moments = g_array_new (FALSE, TRUE, sizeof (SceneMoment));
  SceneMoment last = {0};

  *costs = (SceneMomentCosts){0};
  if (context->step == NULL)
    return moments;
  costs->dropped = count_dropped (context);
  for (guint cpu = 0; cpu < VM_MAX_CPUS; cpu++)
    last.after[cpu] = context->state->cpus[cpu].process == VM_NONE
                          ? SCENE_CPU_IDLE
                          : SCENE_CPU_RUNS;
  for (guint64 n = first_step (context); n < context->cursor; n++) {
    const struct vm_step *step = vm_machine_step (context->machine, n);
    if (step == NULL || !is_shown (step))
      continue;
    SceneMoment moment = {.number = n, .step = step, .awaited = last.awaited};
    memcpy (moment.before, last.after, sizeof last.after);
    memcpy (moment.after, last.after, sizeof last.after);
    say (&moment, context);
    change (&moment);
    costs->interrupts += step->kind == VM_STEP_IPI_SEND;
    costs->awaited = moment.awaited;
    g_array_append_val (moments, moment);
    last = moment;
  }
  return moments;
}

double
scene_moment_width (const SceneContext *context, const SceneMetrics *metrics)
{
  struct vm_step step = {.kind = VM_STEP_IPI_SEND};
  double width = scene_turn_width (context, metrics);

  for (guint kind = VM_STEP_SHOOTDOWN; kind <= VM_STEP_IPI_SEND; kind++) {
    SceneMoment moment = {.step = &step};
    step.kind = (uint16_t) kind;
    step.values[VM_V_IPI_COUNT] = step.values[VM_V_IPI_OTHER] = 7;
    say (&moment, context);
    width = MAX (
        width, 1.1 * metrics->measure (metrics, SCENE_TEXT_SMALL, moment.text));
  }
  return width;
}

SceneRole
scene_moment_role (const SceneMoment *m)
{
  return m->step->kind == VM_STEP_IPI_SEND
                 || m->step->kind == VM_STEP_IPI_RECEIVE
             ? SCENE_ROLE_FAULT
         : m->step->kind == VM_STEP_IPI_WAIT ? SCENE_ROLE_MISS
                                             : m->turn.role;
}

char *
scene_cpu_state_text (SceneCpuState state, guint awaited)
{
  switch (state) {
  case SCENE_CPU_IDLE:
    return g_strdup (_ ("idle"));
  case SCENE_CPU_RUNS:
    return g_strdup (_ ("runs"));
  case SCENE_CPU_WAITS:
    /* Translators: how many answers a processor waits for. */
    return g_strdup_printf (_ ("waits for %u"), awaited);
  case SCENE_CPU_INTERRUPTED:
    break;
  }
  return g_strdup (_ ("interrupted"));
}

SceneRole
scene_cpu_state_role (SceneCpuState state)
{
  return state == SCENE_CPU_WAITS         ? SCENE_ROLE_MISS
         : state == SCENE_CPU_INTERRUPTED ? SCENE_ROLE_FAULT
                                          : SCENE_ROLE_NEUTRAL;
}
