/* Answers queries about one of several accesses, and about one way of the TLB.
 */
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "steps.h"
#include "values.h"

/* The n-th access of the beat, from 1. */
static gboolean
find_nth (const LessonQueryContext *c, guint64 nth, guint64 *op, char **why)
{
  guint64 seen = 0;

  if (c->beat == NULL)
    return lesson_no_answer (why, _ ("no beat has begun yet"));
  for (guint64 i = c->beat->first_op; i < c->beat->end_op; i++) {
    if (vm_machine_result (c->machine, i)->kind != VM_OP_ACCESS)
      continue;
    *op = i;
    if (++seen == nth)
      return TRUE;
  }
  return lesson_no_answer (
      why,
      g_dngettext (
          GETTEXT_PACKAGE,
          "the beat has %" PRIu64 " access; there is no number %" PRIu64,
          "the beat has %" PRIu64 " accesses; there is no number %" PRIu64,
          seen),
      seen, nth);
}

/* A value of the first step of that kind in an access. */
static gboolean
find_value (const LessonQueryContext *c, guint64 op, enum vm_step_kind kind,
            guint which, guint64 *value)
{
  const struct vm_result *result = vm_machine_result (c->machine, op);
  const LessonStepFilter filter = {.kind = kind, .nth = 1};
  guint64 step;
  gboolean found = lesson_find_step (c->machine, result->first_step,
                                     result->end_step, &filter, &step);

  if (found)
    *value = lesson_step_at (c->machine, step)->values[which];
  vm_machine_seek (c->machine, c->at);
  return found;
}

/* Where the access found its translation, or put it. */
static gboolean
find_way (const LessonQueryContext *c, guint64 op, guint64 *value, char **why)
{
  if (find_value (c, op, VM_STEP_TLB_HIT, VM_V_TLB_WAY, value)
      || find_value (c, op, VM_STEP_TLB_FILL, VM_V_TLB_WAY, value))
    return TRUE;
  return lesson_no_answer (why, _ ("that access uses no way of the TLB"));
}

gboolean
lesson_answer_each (const LessonQueryContext *c, int subject,
                    const guint64 *arguments, guint64 *value, char **why)
{
  guint64 op = 0;

  if (!find_nth (c, arguments[0], &op, why))
    return FALSE;

  const struct vm_translation *t
      = &vm_machine_result (c->machine, op)->translation;
  if (subject == LESSON_EACH_WAY)
    return find_way (c, op, value, why);
  if (subject == LESSON_EACH_SET)
    return find_value (c, op, VM_STEP_TLB_PROBE, VM_V_TLB_SET, value)
           || lesson_no_answer (why, _ ("that access does not ask the TLB"));
  if (subject == LESSON_EACH_READS)
    *value = t->reads;
  else
    *value = t->tlb_hit;
  return TRUE;
}

gboolean
lesson_answer_way (const LessonQueryContext *c, int subject G_GNUC_UNUSED,
                   const guint64 *arguments, guint64 *value, char **why)
{
  const struct vm_state *state = vm_machine_state (c->machine);
  guint64 set = arguments[0], way = arguments[1];

  if (set >= state->config.tlb_sets || way >= state->config.tlb_ways)
    return lesson_no_answer (
        why, _ ("the TLB has no set %" PRIu64 " with a way %" PRIu64), set,
        way);
  const struct vm_tlb_entry *entry
      = &state->tlb[set * state->config.tlb_ways + way];
  if (!entry->valid)
    return lesson_no_answer (why, _ ("that way of the TLB is empty"));
  *value = entry->page;
  return TRUE;
}
