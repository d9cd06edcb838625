/* The figures of several TLBs and processors: what they show is computed once
 * more at every step, and a short lesson of each plays in both directions. */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "figures/parts.h"
#include "mmu/cost.h"
#include "mmu/replace.h"
#include "run.h"
#include "scenario.h"

/* Parts of the ids of `cycles`, `roots` and `shootdown`, as their files count
 * them. */
enum {
  CYCLES_SUM = SCENE_PART + 5,
  CYCLES_MEAN = SCENE_PART + 8,
  ROOTS_LOADED = SCENE_PART + 3,
  ROOTS_ENTRY = SCENE_PART + 5,
  ROOTS_SAME = SCENE_PART + 6,
  SHOOTDOWN_STEP = SCENE_PART,
  SHOOTDOWN_STATE = SCENE_PART + 4
};

typedef void (*Check) (struct vm_machine *machine, const SceneStill *still);

/* Calls check at every step of the scenarios whose machines are organised. */
static void
at_every_step (SceneFigureId figure, Check check)
{
  g_autoptr (SceneStage) stage
      = scenario_stage (G_GUINT64_CONSTANT (1) << figure);
  guint seen = 0;

  for (guint i = 0; i < scenario_count; i++) {
    guint64 first;
    struct vm_machine *machine = scenario_machine (&scenarios[i], &first);
    gboolean organised = vm_machine_state (machine)->config.organised;
    for (guint64 n = first; organised && n <= vm_machine_step_count (machine);
         n++) {
      g_assert_true (vm_machine_seek (machine, n));
      g_autoptr (SceneStill) still
          = scene_stage_still (stage, machine, scene_metrics_fixed (), 1400, 0);
      check (machine, still);
      seen++;
    }
    vm_machine_free (machine);
  }
  g_assert_cmpuint (seen, >, 100);
}

static const SceneItem *
find (const SceneStill *still, SceneFigureId figure, guint part, guint64 number)
{
  return scene_still_find (still, SCENE_ID (figure, part, number));
}

static const char *
text_of (const SceneStill *still, SceneFigureId figure, guint part,
         guint64 number)
{
  const SceneItem *item = find (still, figure, part, number);

  return item != NULL ? item->text : NULL;
}

/* An entry that is shown says what the state holds, and who goes next is whom
 * the machine would choose. */
static void
check_entry (const struct vm_state *s, const SceneStill *still, guint index)
{
  const struct vm_tlb_entry *entry = &s->tlb[index];
  enum vm_tlb_unit unit;
  struct vm_tlb tlb = vm_tlb_holding (s, index, &unit);
  guint set = (index - tlb.first) / tlb.ways,
        way = (index - tlb.first) % tlb.ways;
  const SceneItem *box
      = find (still, SCENE_FIGURE_TLBS, SCENE_TLBS_ENTRY, index);
  const char *page = text_of (still, SCENE_FIGURE_TLBS, SCENE_TLBS_PAGE, index);
  const char *mark = text_of (still, SCENE_FIGURE_TLBS, SCENE_TLBS_MARK, index);
  gboolean next = find (still, SCENE_FIGURE_TLBS, SCENE_TLBS_NEXT, index)
                  != NULL;

  if (box == NULL)
    return; /* a large TLB is shown in part */
  if (entry->valid)
    g_assert_cmpuint (strtoull (page, NULL, 16), ==, entry->page);
  g_assert_cmpint (mark != NULL && *mark == '!', ==,
                   entry->valid && entry->stale);
  if (vm_tlb_valid_ways (s, &tlb, set) < tlb.ways || tlb.ways == 1)
    g_assert_false (next);
  else
    g_assert_cmpint (next, ==, vm_replace_next (s, &tlb, set) == way);
}

static void
check_tlbs (struct vm_machine *machine, const SceneStill *still)
{
  const struct vm_state *s = vm_machine_state (machine);

  for (guint cpu = 0; cpu < s->config.cpus; cpu++)
    for (guint i = 0; i < vm_tlb_entries (s); i++)
      check_entry (s, still, cpu * VM_MAX_TLB_ENTRIES + i);
}

static void
test_tlbs (void)
{
  at_every_step (SCENE_FIGURE_TLBS, check_tlbs);
}

/* What is marked as going next goes: at the step that chooses, it did so at the
 * step before. */
static void
check_victim (struct vm_machine *machine, const SceneStill *still)
{
  guint64 cursor = vm_machine_cursor (machine);
  const struct vm_step *step = vm_machine_step (machine, cursor);
  const struct vm_state *s = vm_machine_state (machine);

  if (step == NULL || step->kind != VM_STEP_TLB_VICTIM
      || s->config.replacement == VM_REPLACE_RANDOM)
    return;
  struct vm_tlb tlb = vm_tlb_of (s, step->cpu, (enum vm_tlb_unit) step->unit);
  guint64 index = tlb.first + step->values[VM_V_TLB_SET] * tlb.ways
                  + step->values[VM_V_TLB_WAY];
  if (find (still, SCENE_FIGURE_TLBS, SCENE_TLBS_ENTRY, index) != NULL)
    g_assert_nonnull (find (still, SCENE_FIGURE_TLBS, SCENE_TLBS_NEXT, index));
}

static void
test_victims (void)
{
  at_every_step (SCENE_FIGURE_TLBS, check_victim);
}

static void
check_cycles (struct vm_machine *machine, const SceneStill *still)
{
  struct vm_cost cost = vm_cost_of (vm_machine_state (machine));
  const guint64 parts[] = {cost.tlb, cost.stlb, cost.walk, cost.memory};
  const char *mean = text_of (still, SCENE_FIGURE_CYCLES, CYCLES_MEAN, 0);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    const char *sum = text_of (still, SCENE_FIGURE_CYCLES, CYCLES_SUM, i);
    g_assert_cmpuint (sum != NULL ? strtoull (sum, NULL, 10) : 0, ==, parts[i]);
  }
  g_assert_null (text_of (still, SCENE_FIGURE_CYCLES, CYCLES_SUM, 4));
  if (cost.accesses == 0)
    return;
  double shown = strtod (strpbrk (mean, "0123456789"), NULL);
  double each = (double) cost.total / (double) cost.accesses;
  g_assert_cmpfloat (ABS (shown - each), <=, 0.051);
}

static void
test_cycles (void)
{
  at_every_step (SCENE_FIGURE_CYCLES, check_cycles);
}

/* One root at most is loaded; user mode's has nothing of the kernel's half that
 * was not mapped as a trampoline. */
static void
check_roots (struct vm_machine *machine, const SceneStill *still)
{
  const struct vm_state *s = vm_machine_state (machine);
  const SceneItem *kernel = find (still, SCENE_FIGURE_ROOTS, ROOTS_LOADED, 0);
  const SceneItem *user = find (still, SCENE_FIGURE_ROOTS, ROOTS_LOADED, 1);

  g_assert_true (kernel == NULL || user == NULL);
  if (!s->config.kpti) {
    g_assert_null (user);
    return;
  }
  if (kernel != NULL || user != NULL)
    g_assert_cmpint (user != NULL, ==, s->cpus[0].mode == VM_USER_MODE);
  for (guint index = 0; index < 512; index++) {
    const char *there
        = text_of (still, SCENE_FIGURE_ROOTS, ROOTS_ENTRY, index << 1 | 1);
    const char *same = text_of (still, SCENE_FIGURE_ROOTS, ROOTS_SAME, index);
    if (there == NULL)
      continue;
    gboolean present = strstr (there, "0x") != NULL;
    g_assert_cmpint (present, ==, same != NULL);
    if (present && index < 256)
      g_assert_true (g_str_has_prefix (same, "="));
    /* What is entered by, and the kernel's text with the code of entry. */
    if (present && index >= 256)
      g_assert_true (index == 508 || (index == 511 && s->kernel.on));
  }
}

static void
test_roots (void)
{
  at_every_step (SCENE_FIGURE_ROOTS, check_roots);
}

/* Who waits and who is interrupted, by the steps of the operation so far. */
static void
check_lanes (struct vm_machine *machine, const SceneStill *still)
{
  guint64 cursor = vm_machine_cursor (machine);
  const struct vm_result *result = vm_machine_result (
      machine, vm_machine_op_of_step (machine, cursor - 1));
  guint64 awaited = 0;
  guint waits = VM_NONE, stopped = VM_NONE;

  for (guint64 n = result->first_step; n < cursor; n++) {
    const struct vm_step *step = vm_machine_step (machine, n);
    if (step->kind == VM_STEP_IPI_WAIT) {
      waits = step->cpu;
      awaited = step->values[VM_V_IPI_COUNT];
    } else if (step->kind == VM_STEP_IPI_RECEIVE)
      stopped = step->cpu;
    else if (step->kind == VM_STEP_IPI_ACK) {
      stopped = VM_NONE;
      awaited = step->values[VM_V_IPI_COUNT];
    }
  }
  for (guint cpu = 0; cpu < vm_machine_state (machine)->config.cpus; cpu++) {
    const SceneItem *state
        = find (still, SCENE_FIGURE_SHOOTDOWN, SHOOTDOWN_STATE, cpu);
    g_assert_cmpint (state->role == SCENE_ROLE_MISS, ==,
                     cpu == waits && awaited > 0);
    g_assert_cmpint (state->role == SCENE_ROLE_FAULT, ==, cpu == stopped);
  }
}

static void
test_lanes (void)
{
  at_every_step (SCENE_FIGURE_SHOOTDOWN, check_lanes);
}

/* Every still of a lesson, as text; clean, and nothing jumps. */
static GPtrArray *
stills_of (LessonPlay *play, SceneStage *stage, const char *where)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (SceneStill) before = NULL;

  for (guint64 n = play->first_step; n <= play->end_step; n++) {
    g_assert_true (vm_machine_seek (play->machine, n));
    g_autoptr (SceneStill) still = scene_stage_still (
        stage, play->machine, scene_metrics_fixed (), 1150, 0);
    check_still (still, scene_metrics_fixed (), where, before);
    g_ptr_array_add (texts, scene_still_to_text (still));
    g_clear_pointer (&before, scene_still_free);
    before = g_steal_pointer (&still);
  }
  return texts;
}

/* Forward, and back again: the same stills. */
static void
test_lesson (gconstpointer data)
{
  const char *path = data;
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  LessonDocument *document = lesson_document_load (path, problems);
  g_assert_nonnull (document);
  g_autoptr (LessonPlay) play = lesson_play_new (document, problems);
  g_assert_nonnull (play);
  g_assert_cmpuint (lesson_problems_count (problems), ==, 0);
  g_autoptr (SceneStage) stage = scene_stage_new (document);
  scene_stage_set_start (stage, play->first_step);
  g_autoptr (GPtrArray) texts = stills_of (play, stage, path);

  g_assert_cmpuint (texts->len, >, 20);
  for (guint64 n = play->end_step + 1; n-- > play->first_step;) {
    g_assert_true (vm_machine_seek (play->machine, n));
    g_autoptr (SceneStill) still = scene_stage_still (
        stage, play->machine, scene_metrics_fixed (), 1150, 0);
    g_autofree char *text = scene_still_to_text (still);
    g_assert_cmpstr (text, ==, g_ptr_array_index (texts, n - play->first_step));
  }
  g_clear_pointer (&play, lesson_play_free);
  lesson_document_free (document);
}

static void
add_lessons (GPtrArray *paths)
{
  g_autofree char *folder = g_build_filename (
      g_getenv ("PAGEWALK_SOURCE"), "tests", "lessons", "data", "tlbs", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *test = g_strconcat ("/processors/lesson-", name, NULL);
    char *path = g_build_filename (folder, name, NULL);
    g_ptr_array_add (paths, path);
    g_test_add_data_func (test, path, test_lesson);
  }
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/processors/tlbs", test_tlbs);
  g_test_add_func ("/processors/victims", test_victims);
  g_test_add_func ("/processors/cycles", test_cycles);
  g_test_add_func ("/processors/roots", test_roots);
  g_test_add_func ("/processors/lanes", test_lanes);
  add_lessons (paths);
  return g_test_run ();
}
