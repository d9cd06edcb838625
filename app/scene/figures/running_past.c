/* What processors ran, and whose memory they had loaded, switch by switch. */
#include "figures/running_past.h"

#include <string.h>

/* Steps looked back at: a still must not take long. */
#define MOST_STEPS 65536

/* What of the state tells it, taken back step by step. */
typedef struct {
  struct vm_cpu cpus[VM_MAX_CPUS];
  struct vm_cpu_run runs[VM_MAX_CPUS];
  struct vm_process processes[VM_MAX_PROCESSES];
} Past;

static gboolean
take_back (const struct vm_delta *delta, guint32 place, gpointer copy,
           gsize size)
{
  if (delta->place < place || delta->place - place >= size)
    return FALSE;
  memcpy ((guint8 *) copy + (delta->place - place), &delta->before,
          delta->width);
  return TRUE;
}

/* True if the step may have changed what is told. */
static gboolean
undo (const SceneContext *c, guint64 step, Past *past)
{
  const struct vm_tape *tape = vm_machine_tape (c->machine);
  const struct vm_state *s = c->state;
  gboolean changed = FALSE;

  for (guint64 i = vm_tape_delta_count (tape, step); i-- > 0;) {
    const struct vm_delta *delta = vm_tape_delta (tape, step, i);
    changed |= take_back (delta, vm_tape_place (tape, s->cpus), past->cpus,
                          sizeof past->cpus)
               || take_back (delta, vm_tape_place (tape, s->runs), past->runs,
                             sizeof past->runs)
               || take_back (delta, vm_tape_place (tape, s->processes),
                             past->processes, sizeof past->processes);
  }
  return changed;
}

static void
read_past (const Past *past, SceneRunning running[VM_MAX_CPUS])
{
  for (guint cpu = 0; cpu < VM_MAX_CPUS; cpu++) {
    guint32 task = past->cpus[cpu].process;
    SceneRunning *r = &running[cpu];
    *r = (SceneRunning){.task = task, .mm = VM_NONE};
    if (task >= VM_MAX_PROCESSES)
      continue;
    r->borrowed = past->runs[cpu].lazy != 0;
    if (past->processes[task].state != VM_PROCESS_KERNEL || r->borrowed)
      r->mm = past->processes[task].mm;
  }
}

gboolean
scene_running_same_task (const SceneRunning *one, const SceneRunning *other)
{
  return one->task == other->task;
}

gboolean
scene_running_same_memory (const SceneRunning *one, const SceneRunning *other)
{
  return one->mm == other->mm && one->borrowed == other->borrowed
         && (one->task == VM_NONE) == (other->task == VM_NONE);
}

static gboolean
same_everywhere (const SceneRunning *one, const SceneRunning *other)
{
  for (guint cpu = 0; cpu < VM_MAX_CPUS; cpu++)
    if (!scene_running_same_task (&one[cpu], &other[cpu])
        || !scene_running_same_memory (&one[cpu], &other[cpu]))
      return FALSE;
  return TRUE;
}

/* Interrupts that the step sends, or spares somebody. */
static gboolean
read_interrupt (SceneRunningMoment *m)
{
  const struct vm_step *step = m->step;

  m->from = m->to = VM_MAX_CPUS;
  m->spared = step->kind == VM_STEP_LAZY_SKIP;
  if (step->kind == VM_STEP_IPI_SEND) {
    m->from = step->cpu;
    m->to = (guint) step->values[VM_V_IPI_OTHER];
  } else if (step->kind == VM_STEP_LAZY_LEAVE
             && step->values[VM_V_LAZY_LEAVE_FROM] != step->cpu) {
    m->from = (guint) step->values[VM_V_LAZY_LEAVE_FROM];
    m->to = step->cpu;
  }
  return m->spared || m->to < VM_MAX_CPUS;
}

static void
turn_round (GArray *moments)
{
  for (guint i = 0, j = moments->len; i + 1 < j; i++) {
    SceneRunningMoment *first = &g_array_index (moments, SceneRunningMoment, i);
    SceneRunningMoment *last
        = &g_array_index (moments, SceneRunningMoment, --j);
    SceneRunningMoment kept = *first;
    *first = *last;
    *last = kept;
  }
}

GArray *
scene_running_past (const SceneContext *context, SceneRunningEarlier *earlier)
{
  GArray *moments = g_array_new (FALSE, TRUE, sizeof (SceneRunningMoment));
  const struct vm_state *s = context->state;
  g_autofree Past *past = g_new (Past, 1);
  SceneRunning before[VM_MAX_CPUS];

  *earlier = (SceneRunningEarlier){0};
  if (context->cursor == 0)
    return moments;
  memcpy (past->cpus, s->cpus, sizeof past->cpus);
  memcpy (past->runs, s->runs, sizeof past->runs);
  memcpy (past->processes, s->processes, sizeof past->processes);
  guint64 made = vm_machine_result (context->machine, 0)->end_step;
  guint64 last
      = MAX (made, context->cursor - MIN (context->cursor, MOST_STEPS));
  for (guint64 n = context->cursor; n > last; n--) {
    SceneRunningMoment moment
        = {.number = n - 1, .step = vm_machine_step (context->machine, n - 1)};
    earlier->lost = moment.step == NULL;
    if (earlier->lost)
      break;
    read_past (past, moment.after);
    gboolean told = read_interrupt (&moment);
    if (undo (context, n - 1, past)) {
      read_past (past, before);
      told = told || !same_everywhere (before, moment.after);
    }
    if (told && moments->len < SCENE_MOST_RUNNING)
      g_array_append_val (moments, moment);
    else
      earlier->count += told;
  }
  earlier->lost |= last > made;
  turn_round (moments);
  return moments;
}
