/* Answers queries about geometry, frames, TLB, counters and steps. */
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "mmu/flush.h"
#include "steps.h"
#include "values.h"

gboolean
lesson_check_level (const struct vm_geometry *g, guint64 level, char **why)
{
  if (level >= 1 && level <= g->levels)
    return TRUE;
  return lesson_no_answer (
      why, _ ("there is no such level; levels are 1, the last table, to %u"),
      g->levels);
}

gboolean
lesson_answer_geometry (const struct vm_geometry *g, int subject,
                        const guint64 *arguments, guint64 *value,
                        char **why G_GNUC_UNUSED)
{
  guint shift = g->level[1].low;
  guint64 page = G_GUINT64_CONSTANT (1) << shift;

  const guint64 answers[] = {
      [LESSON_GEOMETRY_LEVELS] = g->levels,
      [LESSON_GEOMETRY_ENTRY_BYTES] = g->entry_bytes,
      [LESSON_GEOMETRY_PAGE_SIZE] = page,
      [LESSON_GEOMETRY_PAGE_OFFSET] = arguments[0] & (page - 1),
      [LESSON_GEOMETRY_FLAT_BYTES]
      = (G_GUINT64_CONSTANT (1) << (g->va_bits - shift)) * g->entry_bytes,
      [LESSON_GEOMETRY_VA_BITS] = g->va_bits,
      [LESSON_GEOMETRY_PA_BITS] = g->pa_bits,
  };
  *value = answers[subject];
  return TRUE;
}

gboolean
lesson_answer_level (const struct vm_geometry *g, int subject,
                     const guint64 *arguments, guint64 *value, char **why)
{
  guint64 level = arguments[subject == LESSON_LEVEL_SPLIT ? 1 : 0];

  if (!lesson_check_level (g, level, why))
    return FALSE;

  const guint64 answers[] = {
      [LESSON_LEVEL_SPLIT]
      = vm_geometry_index (g, (guint32) level, vm_vaddr_of (arguments[0])),
      [LESSON_LEVEL_ENTRIES] = vm_geometry_entries (g, (guint32) level),
      [LESSON_LEVEL_REACH] = G_GUINT64_CONSTANT (1) << g->level[level].low,
  };
  *value = answers[subject];
  return TRUE;
}

gboolean
lesson_answer_index (const LessonQueryContext *c, int subject G_GNUC_UNUSED,
                     const guint64 *arguments, guint64 *value, char **why)
{
  const struct vm_geometry *g = vm_machine_geometry (c->machine);
  guint64 level = arguments[0], va = 0;

  if (!lesson_check_level (g, level, why)
      || !lesson_answer_access (c, LESSON_ACCESS_VA, NULL, &va, why))
    return FALSE;
  *value = vm_geometry_index (g, (guint32) level, vm_vaddr_of (va));
  return TRUE;
}

/* In any TLB of any processor. */
static gboolean
is_cached (const struct vm_state *state, guint64 va)
{
  const struct vm_flush page
      = {.kind = VM_FLUSH_ADDRESS, .va = vm_vaddr_of (va), .asid = VM_ANY_ASID};

  for (guint cpu = 0; cpu < state->config.cpus; cpu++)
    if (vm_flush_count (state, cpu, &page) > 0)
      return TRUE;
  return FALSE;
}

gboolean
lesson_answer_machine (const LessonQueryContext *c, int subject,
                       const guint64 *arguments, guint64 *value,
                       char **why G_GNUC_UNUSED)
{
  const struct vm_state *state = vm_machine_state (c->machine);
  guint64 number = arguments[0];

  /* Nobody counts the references to a frame that is not memory. */
  const guint64 answers[] = {
      [LESSON_MACHINE_CACHED] = is_cached (state, number),
      [LESSON_MACHINE_REFS]
      = number < state->config.frames ? state->frames[number].refs : 0,
      [LESSON_MACHINE_SETS] = state->config.tlb_sets,
      [LESSON_MACHINE_WAYS] = state->config.tlb_ways,
      [LESSON_MACHINE_FRAMES] = state->config.frames,
  };
  if (subject == LESSON_MACHINE_REFS && number >= state->config.frames)
    return lesson_no_answer (why,
                             _ ("frame 0x%" PRIx64
                                " is outside the machine's memory, where "
                                "references are not counted"),
                             number);
  *value = answers[subject];
  return TRUE;
}

/* A counter's value at the machine's cursor, by its place in
 * lesson_counters. */
static guint64
counter (const struct vm_machine *machine, guint64 i)
{
  const struct vm_counters *counters = &vm_machine_state (machine)->counters;
  const guint64 values[] = {
      counters->tlb_hits,    counters->tlb_misses, counters->walks,
      counters->entry_reads, counters->faults,     counters->memory_accesses,
  };

  return values[i];
}

gboolean
lesson_answer_count (const LessonQueryContext *c, int subject,
                     const guint64 *arguments, guint64 *value, char **why)
{
  guint64 now = counter (c->machine, arguments[0]);
  guint64 before = 0;

  if (subject == LESSON_COUNT_BEAT && c->beat == NULL)
    return lesson_no_answer (why, _ ("no beat has begun yet"));
  if (subject == LESSON_COUNT_BEAT) {
    vm_machine_seek (c->machine, c->beat->first_step);
    before = counter (c->machine, arguments[0]);
    vm_machine_seek (c->machine, c->at);
  }
  *value = now - before;
  return TRUE;
}

gboolean
lesson_answer_step (const LessonQueryContext *c, int subject,
                    const guint64 *arguments, guint64 *value, char **why)
{
  LessonStepFilter filter = {.kind = (enum vm_step_kind) arguments[0]};
  guint64 found;

  if (c->beat == NULL)
    return lesson_no_answer (why, _ ("no beat has begun yet"));
  filter.nth = arguments[1];
  gboolean exists = lesson_find_step (c->machine, c->beat->first_step,
                                      c->beat->end_step, &filter, &found);
  if (exists)
    *value = subject == LESSON_STEP_WHEN
                 ? found - c->beat->first_step
                 : lesson_step_at (c->machine, found)->values[arguments[2]];
  vm_machine_seek (c->machine, c->at);
  if (exists)
    return TRUE;
  return lesson_no_answer (why, _ ("the beat has no step “%s” number %" PRIu64),
                           vm_step_info_of (filter.kind)->name, arguments[1]);
}
