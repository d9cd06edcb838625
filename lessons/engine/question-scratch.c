/* Tries answers out on a copy of the machine. */
#include "question-scratch.h"

#include "mmu/flush.h"

LessonScratch *
lesson_scratch_new (LessonPlay *play, guint64 at)
{
  guint64 cursor = vm_machine_cursor (play->machine);
  g_autoptr (LessonScratch) scratch = g_new0 (LessonScratch, 1);

  if (vm_machine_seek (play->machine, at))
    scratch->machine = vm_machine_clone (play->machine);
  vm_machine_seek (play->machine, cursor);
  if (scratch->machine == NULL)
    return NULL;

  LessonBeatRange *range = &scratch->range;
  range->first_op = range->end_op = vm_machine_op_count (scratch->machine);
  range->first_step = range->end_step
      = vm_machine_step_count (scratch->machine);
  return g_steal_pointer (&scratch);
}

void
lesson_scratch_free (LessonScratch *scratch)
{
  if (scratch == NULL)
    return;

  vm_machine_free (scratch->machine);
  g_free (scratch);
}

void
lesson_scratch_write (LessonScratch *scratch, guint64 entry_pa, guint64 raw)
{
  const struct vm_state *state = vm_machine_state (scratch->machine);
  const struct vm_flush all = {.kind = VM_FLUSH_ALL};

  vm_memory_write (NULL, state, vm_paddr_of (entry_pa),
                   vm_machine_geometry (scratch->machine)->entry_bytes, raw);
  for (guint cpu = 0; cpu < state->config.cpus; cpu++)
    vm_flush_drop (NULL, state, cpu, &all);
}

gboolean
lesson_scratch_do (LessonScratch *scratch, const char *line,
                   struct vm_error *error)
{
  if (!vm_machine_do_line (scratch->machine, line, error))
    return FALSE;
  scratch->range.end_op = vm_machine_op_count (scratch->machine);
  scratch->range.end_step = vm_machine_step_count (scratch->machine);
  return TRUE;
}

const struct vm_translation *
lesson_scratch_outcome (const LessonScratch *scratch)
{
  return &vm_machine_result (scratch->machine, scratch->range.end_op - 1)
              ->translation;
}

gboolean
lesson_scratch_ask (LessonScratch *scratch, const char *query,
                    LessonValue *value, LessonQueryFault *fault)
{
  const LessonQueryContext context = {.machine = scratch->machine,
                                      .beat = &scratch->range,
                                      .at = scratch->range.end_step};

  return lesson_query_ask (query, &context, value, fault);
}
