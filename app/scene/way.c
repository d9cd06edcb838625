/* Tells how an answer came about. */
#include "way.h"

#include "describe.h"

#define MAX_SENTENCES 60

static guint
count_accesses (const struct vm_machine *machine, const LessonBeatRange *range)
{
  guint count = 0;

  for (guint64 op = range->first_op; op < range->end_op; op++)
    count += vm_machine_result (machine, op)->kind == VM_OP_ACCESS;
  return count;
}

/* The steps that a person would write down. */
static gboolean
is_told (const struct vm_step *step, gboolean brief)
{
  static const enum vm_step_kind full[]
      = {VM_STEP_TLB_HIT,    VM_STEP_TLB_MISS, VM_STEP_REGISTER_READ,
         VM_STEP_ENTRY_READ, VM_STEP_COMPOSE,  VM_STEP_FAULT};
  static const enum vm_step_kind each[]
      = {VM_STEP_TLB_HIT, VM_STEP_TLB_FILL, VM_STEP_FAULT};
  const enum vm_step_kind *kinds = brief ? each : full;
  guint count = brief ? G_N_ELEMENTS (each) : G_N_ELEMENTS (full);

  for (guint i = 0; i < count; i++)
    if (step->kind == kinds[i])
      return TRUE;
  return FALSE;
}

GPtrArray *
scene_way (LessonPlay *play, const LessonQuestionPlace *place)
{
  const LessonBeatRange *range
      = &g_array_index (play->beats, LessonBeatRange, place->beat);
  GPtrArray *way = g_ptr_array_new_with_free_func (g_free);
  guint64 cursor = vm_machine_cursor (play->machine);
  gboolean brief = count_accesses (play->machine, range) > 1;

  for (guint64 n = range->first_step;
       n < range->end_step && way->len < MAX_SENTENCES; n++) {
    if (!vm_machine_seek (play->machine, n + 1))
      break;
    const struct vm_step *step = vm_machine_step (play->machine, n);
    if (step != NULL && is_told (step, brief))
      g_ptr_array_add (way, scene_describe (play->machine, step));
  }
  vm_machine_seek (play->machine, cursor);
  return way;
}
