/* Queries about pools of frames, and about the references that are made in
 * them.
 */
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "policy/string.h"
#include "steps.h"
#include "values.h"

/* References --------------------------------------------------------------- */

/* The steps of the beat's n-th reference, from 1. */
static gboolean
find_reference (const LessonQueryContext *c, guint64 nth, guint64 *first,
                guint64 *end, char **why)
{
  LessonStepFilter filter = {.kind = VM_STEP_REFERENCE, .nth = nth};

  if (c->beat == NULL)
    return lesson_no_answer (why, _ ("no beat has begun yet"));
  if (!lesson_find_step (c->machine, c->beat->first_step, c->beat->end_step,
                         &filter, first))
    return lesson_no_answer (
        why, _ ("the beat has no reference number %" PRIu64), nth);
  filter.nth = 1;
  if (!lesson_find_step (c->machine, *first + 1, c->beat->end_step, &filter,
                         end))
    *end = c->beat->end_step;
  return TRUE;
}

/* The step that says whether the page was there: that of the n-th pool. */
static gboolean
find_outcome (const LessonQueryContext *c, guint64 first, guint64 end,
              guint64 nth, guint64 *outcome)
{
  for (guint64 i = first; i < end; i++) {
    enum vm_step_kind kind
        = (enum vm_step_kind) lesson_step_at (c->machine, i)->kind;
    *outcome = i;
    if ((kind == VM_STEP_PAGE_HIT || kind == VM_STEP_PAGE_MISS) && --nth == 0)
      return TRUE;
  }
  return FALSE;
}

static guint64
frame_of (const LessonQueryContext *c, guint64 outcome, guint64 end)
{
  const LessonStepFilter load = {.kind = VM_STEP_PAGE_LOAD, .nth = 1};

  if (lesson_step_at (c->machine, outcome)->kind == VM_STEP_PAGE_MISS)
    lesson_find_step (c->machine, outcome, end, &load, &outcome);
  return lesson_step_at (c->machine, outcome)->values[VM_V_PAGE_FRAME];
}

/* The page that goes when a reference misses; FALSE if none does. */
static gboolean
find_victim (const LessonQueryContext *c, guint64 outcome, guint64 end,
             guint64 *page)
{
  for (guint64 i = outcome + 1; i < end; i++) {
    const struct vm_step *step = lesson_step_at (c->machine, i);
    if (step->kind == VM_STEP_PAGE_HIT || step->kind == VM_STEP_PAGE_MISS)
      return FALSE;
    *page = step->values[VM_V_PAGE_PAGE];
    if (step->kind == VM_STEP_PAGE_VICTIM)
      return TRUE;
  }
  return FALSE;
}

static gboolean
tell_outcome (const LessonQueryContext *c, int subject, guint64 outcome,
              guint64 end, guint64 *value, char **why)
{
  gboolean hit = lesson_step_at (c->machine, outcome)->kind == VM_STEP_PAGE_HIT;

  switch (subject) {
  case LESSON_REFERENCE_HIT:
    *value = hit;
    return TRUE;
  case LESSON_REFERENCE_FRAME:
    *value = frame_of (c, outcome, end);
    return TRUE;
  default:
    return (!hit && find_victim (c, outcome, end, value))
           || lesson_no_answer (why, _ ("that reference throws no page out"));
  }
}

gboolean
lesson_answer_reference (const LessonQueryContext *c, int subject,
                         const guint64 *arguments, guint64 *value, char **why)
{
  guint64 first, end, outcome;
  gboolean answered = FALSE;

  if (!find_reference (c, arguments[0], &first, &end, why)) {
    vm_machine_seek (c->machine, c->at);
    return FALSE;
  }
  if (find_outcome (c, first, end, arguments[1], &outcome))
    answered = tell_outcome (c, subject, outcome, end, value, why);
  else
    lesson_no_answer (
        why, _ ("that reference is made in fewer than %" PRIu64 " pools"),
        arguments[1]);
  vm_machine_seek (c->machine, c->at);
  return answered;
}

/* Pools -------------------------------------------------------------------- */

/* Faults of the whole string that is declared, from empty frames on. */
static guint64
count_faults (const struct vm_state *s, enum vm_policy policy, guint32 frames)
{
  g_autofree struct vm_reference *references
      = g_new0 (struct vm_reference, s->string_count + 1);
  struct vm_pool_config config
      = {.policy = policy, .frames = frames, .seed = 1};
  struct vm_string string;
  struct vm_run run;
  guint64 faults = 0;

  for (guint32 i = 0; i < s->string_count; i++) {
    references[i].page = s->string[i].page;
    references[i].write = s->string[i].write != 0;
  }
  if (!vm_string_init (&string, references, s->string_count))
    return 0;
  if (vm_run_init (&run, &string, &config)) {
    while (run.position < string.count)
      vm_run_next (&run);
    faults = run.faults;
    vm_run_done (&run);
  }
  vm_string_done (&string);
  return faults;
}

gboolean
lesson_answer_pool (const LessonQueryContext *c, int subject,
                    const guint64 *arguments, guint64 *value, char **why)
{
  const struct vm_state *s = vm_machine_state (c->machine);
  guint64 pool = arguments[0] - 1;
  if (pool >= s->pool_count)
    return lesson_no_answer (why, _ ("there is no pool number %" PRIu64),
                             arguments[0]);

  if (subject == LESSON_POOL_FAULTS_WITH) {
    if (arguments[1] == 0 || arguments[1] > VM_POOL_FRAMES)
      return lesson_no_answer (why, _ ("a pool has 1 to %u frames"),
                               VM_POOL_FRAMES);
    *value = count_faults (s, (enum vm_policy) s->pools[pool].policy,
                           (guint32) arguments[1]);
    return TRUE;
  }
  if (subject != LESSON_POOL_PAGE) {
    const struct vm_pool_course *course = &s->pool_courses[pool];
    *value = subject == LESSON_POOL_HITS ? course->hits : course->faults;
    return TRUE;
  }
  if (arguments[1] >= s->pools[pool].frames)
    return lesson_no_answer (why, _ ("that pool has only %u frames"),
                             s->pools[pool].frames);
  guint64 place = pool * VM_POOL_FRAMES + arguments[1];
  if (!s->pool_frames[place].used)
    return lesson_no_answer (why, _ ("that frame of the pool is empty"));
  *value = s->pool_pages[place];
  return TRUE;
}
