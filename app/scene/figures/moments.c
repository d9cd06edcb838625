/* What the processors do in an operation, moment by moment. */
#include "figures/moments.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "figures/tlb_unit.h"

/* Steps that say something about who does what to whom. */
static const gboolean is_shown[VM_STEP_KINDS]
    = {[VM_STEP_ENTRY_WRITE] = TRUE,  [VM_STEP_ACCESS] = TRUE,
       [VM_STEP_SCHEDULE] = TRUE,     [VM_STEP_SWITCH] = TRUE,
       [VM_STEP_TLB_HIT] = TRUE,      [VM_STEP_TLB_MISS] = TRUE,
       [VM_STEP_WALK] = TRUE,         [VM_STEP_TLB_FILL] = TRUE,
       [VM_STEP_TLB_DROP] = TRUE,     [VM_STEP_DATA] = TRUE,
       [VM_STEP_FAULT] = TRUE,        [VM_STEP_MODE] = TRUE,
       [VM_STEP_FLUSH] = TRUE,        [VM_STEP_OWE] = TRUE,
       [VM_STEP_POKE] = TRUE,         [VM_STEP_PSC_OWE] = TRUE,
       [VM_STEP_REGISTER_OWE] = TRUE, [VM_STEP_BEHIND] = TRUE,
       [VM_STEP_SHOOTDOWN] = TRUE,    [VM_STEP_IPI_SEND] = TRUE,
       [VM_STEP_IPI_WAIT] = TRUE,     [VM_STEP_IPI_RECEIVE] = TRUE,
       [VM_STEP_IPI_ACK] = TRUE,      [VM_STEP_SEGMENT_LOAD] = TRUE,
       [VM_STEP_SEGMENT_USE] = TRUE,  [VM_STEP_SAME_SPACE] = TRUE,
       [VM_STEP_BORROW] = TRUE,       [VM_STEP_GENERATION] = TRUE,
       [VM_STEP_LAZY_SKIP] = TRUE,    [VM_STEP_LAZY_LEAVE] = TRUE};

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
    if (step == NULL || !is_shown[step->kind])
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
