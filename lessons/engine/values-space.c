/* Answers queries about regions, page faults and processes. */
#include <glib/gi18n-lib.h>

#include "mm/account.h"
#include "mm/region_tree.h"
#include "process/process.h"
#include "values.h"

static guint64
count_processes (const struct vm_state *state)
{
  guint64 count = 0;

  for (guint32 i = 0; i < state->process_count; i++)
    count += state->processes[i].state == VM_PROCESS_RUNNING
             || state->processes[i].state == VM_PROCESS_WAITING;
  return count;
}

/* Something about the region that holds an address. */
static gboolean
answer_region (const struct vm_state *state, guint32 process, int subject,
               guint64 va, guint64 *value, char **why)
{
  guint32 number = vm_tree_holder (state, state->processes[process].mm, va);
  const struct vm_region *region = vm_region_at (state, number);

  g_autofree char *text = g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", va);
  if (number == 0)
    return lesson_no_answer (why, _ ("no region holds %s"), text);
  *value = subject == LESSON_SPACE_START ? region->start
           : subject == LESSON_SPACE_END ? region->end
           : region->file == 0           ? 0
                                         : region->offset << VM_PAGE_SHIFT;
  return TRUE;
}

/* What a walk along the list of regions, from the lowest on, passes before it
 * comes to one that ends above an address. */
static guint64
count_below (const struct vm_state *s, guint32 mm, guint64 va)
{
  guint64 count = 0;

  for (guint32 r = vm_tree_first (s, mm);
       r != 0 && vm_region_at (s, r)->end <= va; r = vm_tree_next (s, r))
    count++;
  return count;
}

/* Regions, and the gaps before, between and behind them. */
static guint64
count_ranges (const struct vm_state *s, guint32 mm)
{
  guint64 count = 0, end = 0;

  for (guint32 r = vm_tree_first (s, mm); r != 0; r = vm_tree_next (s, r)) {
    const struct vm_region *region = vm_region_at (s, r);
    count += region->start > end ? 2 : 1;
    end = region->end;
  }
  return count + 1;
}

gboolean
lesson_answer_space (const LessonQueryContext *c, int subject,
                     const guint64 *arguments, guint64 *value, char **why)
{
  const struct vm_state *state = vm_machine_state (c->machine);
  guint32 process;

  if (!lesson_find_process (c, &process, why))
    return FALSE;
  if (subject == LESSON_SPACE_START || subject == LESSON_SPACE_END
      || subject == LESSON_SPACE_OFFSET)
    return answer_region (state, process, subject, arguments[0], value, why);

  const struct vm_process *p = &state->processes[process];
  const struct vm_mm *mm = vm_mm_of (state, process);
  if (subject == LESSON_SPACE_BELOW) {
    *value = count_below (state, p->mm, arguments[0]);
    return TRUE;
  }
  const guint64 answers[] = {
      [LESSON_SPACE_PROCESSES] = count_processes (state),
      [LESSON_SPACE_REGIONS] = mm->regions,
      [LESSON_SPACE_RANGES] = count_ranges (state, p->mm),
      [LESSON_SPACE_MINOR] = p->minor_faults,
      [LESSON_SPACE_MAJOR] = p->major_faults,
      [LESSON_SPACE_COPIES] = p->cow_copies,
      [LESSON_SPACE_REUSES] = p->cow_reuses,
      [LESSON_SPACE_ZEROS] = p->zero_maps,
      [LESSON_SPACE_RSS] = vm_account_rss (mm),
      [LESSON_SPACE_TOTAL] = mm->total_vm,
  };
  *value = answers[subject];
  return TRUE;
}
