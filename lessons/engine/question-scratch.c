/* Tries answers out on a copy of the machine. */
#include "question-scratch.h"

#include <stdarg.h>

/* What was done to make an answer is no part of what is asked about. */
static void
begin_range (LessonScratch *scratch)
{
  LessonBeatRange *range = &scratch->range;

  range->first_op = range->end_op = vm_machine_op_count (scratch->machine);
  range->first_step = range->end_step
      = vm_machine_step_count (scratch->machine);
}

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

  begin_range (scratch);
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

static gboolean G_GNUC_PRINTF (2, 3)
    run (LessonScratch *scratch, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return vm_machine_do_line (scratch->machine, line, NULL);
}

gboolean
lesson_scratch_write (LessonScratch *scratch, guint64 entry_pa, guint64 raw)
{
  const struct vm_config *config = &vm_machine_state (scratch->machine)->config;
  gboolean done = run (scratch,
                       "poke pa=0x%" G_GINT64_MODIFIER
                       "x value=0x%" G_GINT64_MODIFIER "x",
                       entry_pa, raw);

  /* A load of the root, and all that stays although it is loaded. */
  for (guint cpu = 0; done && cpu < config->cpus; cpu++)
    done = run (scratch, "flush kind=asid cpu=%u", cpu)
           && run (scratch, "flush kind=all cpu=%u", cpu);
  begin_range (scratch);
  return done;
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
