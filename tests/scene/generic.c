/* Counters, cost, bytes, decision, and the numbers of frames in any figure:
 * what they show is computed once more, at every step of every scenario. */
#include <stdlib.h>
#include <string.h>

#include "figures/kit.h"
#include "scenario.h"
#include "tape/memory.h"

/* Parts of the figures' ids, as their files count them. */
enum {
  COUNTER_VALUE = SCENE_PART + 1,
  COUNTER_ADDED,
  COST_CELL = SCENE_PART,
  COST_END,
  BYTES_BYTE = SCENE_PART + 1,
  BYTES_BOX,
  BYTES_VALUE,
  DECISION_BOX = SCENE_PART
};

typedef void (*Check) (struct vm_machine *machine, const SceneStill *still);

/* Calls check at every step, with a still of the figure alone. */
static void
at_every_step (SceneFigureId figure, double width, Check check)
{
  g_autoptr (SceneStage) stage
      = scenario_stage (G_GUINT64_CONSTANT (1) << figure);

  for (guint i = 0; i < scenario_count; i++) {
    guint64 first;
    struct vm_machine *machine = scenario_machine (&scenarios[i], &first);
    for (guint64 n = first; n <= vm_machine_step_count (machine); n++) {
      g_assert_true (vm_machine_seek (machine, n));
      g_autoptr (SceneStill) still = scene_stage_still (
          stage, machine, scene_metrics_fixed (), width, 0);
      check (machine, still);
    }
    vm_machine_free (machine);
  }
}

static const SceneItem *
find (const SceneStill *still, SceneFigureId figure, guint part, guint64 number)
{
  return scene_still_find (still, SCENE_ID (figure, part, number));
}

static guint
count_part (const SceneStill *still, SceneFigureId figure, guint part)
{
  guint count = 0;

  for (guint i = 0; i < still->items->len; i++) {
    SceneId id = g_array_index (still->items, SceneItem, i).id;
    count += id >> 48 == SCENE_ID (figure, part, 0) >> 48;
  }
  return count;
}

/* The counters at another step; the machine is left where it was. */
static struct vm_counters
counters_at (struct vm_machine *machine, guint64 n)
{
  guint64 cursor = vm_machine_cursor (machine);

  g_assert_true (vm_machine_seek (machine, n));
  struct vm_counters counters = vm_machine_state (machine)->counters;
  g_assert_true (vm_machine_seek (machine, cursor));
  return counters;
}

static void
check_counter (const SceneStill *still, guint i, guint64 now, guint64 before)
{
  const SceneItem *value
      = find (still, SCENE_FIGURE_COUNTERS, COUNTER_VALUE, i);
  const SceneItem *added
      = find (still, SCENE_FIGURE_COUNTERS, COUNTER_ADDED, i);

  g_assert_cmpuint (strtoull (value->text, NULL, 10), ==, now);
  g_assert_cmpint (value->emphasis == SCENE_ACTIVE, ==, now != before);
  g_assert_cmpint (value->place_width, ==, 8);
  g_assert_cmpint (added != NULL, ==, now != before);
  if (added != NULL)
    g_assert_cmpuint (strtoull (added->text + 1, NULL, 10), ==, now - before);
}

static void
check_counters (struct vm_machine *machine, const SceneStill *still)
{
  struct vm_counters now = vm_machine_state (machine)->counters;
  struct vm_counters before
      = counters_at (machine, vm_machine_cursor (machine) - 1);

  check_counter (still, 0, now.tlb_hits, before.tlb_hits);
  check_counter (still, 1, now.tlb_misses, before.tlb_misses);
  check_counter (still, 2, now.entry_reads, before.entry_reads);
  check_counter (still, 3, now.memory_accesses, before.memory_accesses);
  check_counter (still, 4, now.faults, before.faults);
}

static void
test_counters (void)
{
  at_every_step (SCENE_FIGURE_COUNTERS, 700, check_counters);
}

/* The step with which the present try of the access begins: the first, that of
 * a later access, or the one behind a fault that the kernel answered. */
static guint64
begin_of_try (const struct vm_machine *machine, const struct vm_result *result,
              guint64 cursor)
{
  guint64 begin = result->first_step;
  gboolean handled = FALSE;

  for (guint64 n = result->first_step; n < cursor; n++) {
    guint kind = vm_machine_step (machine, n)->kind;
    if (kind == VM_STEP_ACCESS || (handled && kind == VM_STEP_TLB_PROBE))
      begin = n;
    handled = kind == VM_STEP_HANDLED || kind == VM_STEP_VMALLOC_SYNC
              || (handled && begin != n);
  }
  return begin;
}

/* As many cells as the machine has counted accesses since the access was tried,
 * and a cross where it has counted a fault. */
static void
check_cost (struct vm_machine *machine, const SceneStill *still)
{
  guint64 cursor = vm_machine_cursor (machine);
  const struct vm_result *result = vm_machine_result (
      machine, vm_machine_op_of_step (machine, cursor - 1));
  struct vm_counters now = vm_machine_state (machine)->counters;
  struct vm_counters before
      = counters_at (machine, begin_of_try (machine, result, cursor));

  g_assert_cmpuint (count_part (still, SCENE_FIGURE_COST, COST_CELL), ==,
                    now.memory_accesses - before.memory_accesses);
  g_assert_cmpint (find (still, SCENE_FIGURE_COST, COST_END, 0) != NULL, ==,
                   now.faults != before.faults);
}

static void
test_cost (void)
{
  at_every_step (SCENE_FIGURE_COST, 700, check_cost);
}

static gboolean
touches_memory (const struct vm_step *step)
{
  return step->kind == VM_STEP_ENTRY_READ || step->kind == VM_STEP_ENTRY_WRITE
         || step->kind == VM_STEP_SET_ACCESSED
         || step->kind == VM_STEP_SET_DIRTY || step->kind == VM_STEP_DATA;
}

/* Read from the lowest byte up, the bytes shown are the number shown, and the
 * one that memory holds. */
static void
check_value (struct vm_machine *machine, const SceneStill *still, guint64 pa,
             guint width)
{
  guint64 sum = 0;

  for (guint i = width; i-- > 0;) {
    const SceneItem *byte
        = find (still, SCENE_FIGURE_BYTES, BYTES_BYTE, pa + i);
    g_assert_nonnull (byte);
    g_assert_cmpint (byte->emphasis, ==, SCENE_ACTIVE);
    sum = sum << 8 | strtoull (byte->text, NULL, 16);
  }
  const char *value = find (still, SCENE_FIGURE_BYTES, BYTES_VALUE, 0)->text;
  g_assert_true (g_str_has_prefix (value, "= 0x"));
  g_assert_cmpuint (strtoull (value + 2, NULL, 16), ==, sum);
  g_assert_cmpuint (
      vm_memory_read (vm_machine_state (machine), vm_paddr_of (pa), width), ==,
      sum);
}

static void
check_bytes (struct vm_machine *machine, const SceneStill *still)
{
  const struct vm_step *step
      = vm_machine_step (machine, vm_machine_cursor (machine) - 1);
  gboolean data = step->kind == VM_STEP_DATA;

  if (!touches_memory (step))
    return;
  guint64 pa = step->values[data ? VM_V_DATA_PA : VM_V_ENTRY_PA];
  guint width = data ? (guint) step->values[VM_V_DATA_WIDTH]
                     : vm_machine_geometry (machine)->entry_bytes;
  check_value (machine, still, pa, width);
  const SceneItem *box = find (still, SCENE_FIGURE_BYTES, BYTES_BOX, 0);
  g_assert_cmpint (box->emphasis, ==, SCENE_ACTIVE);
  /* What was never written lies in no place of its own. */
  g_assert_true (box->place_width == width || box->place_width == 0);
}

static void
test_bytes (void)
{
  at_every_step (SCENE_FIGURE_BYTES, 700, check_bytes);
  at_every_step (SCENE_FIGURE_BYTES, 360, check_bytes);
}

/* Who says a frame's number says it as everywhere else, in frames of the
 * smallest page, however large the page is that begins with it; or says where
 * the frame begins. */
static void
check_frames (struct vm_machine *machine, const SceneStill *still)
{
  const struct vm_geometry *g = vm_machine_geometry (machine);

  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);
    const char *digits = item->text == NULL ? NULL : strstr (item->text, "0x");
    if (item->meaning != SCENE_MEANS_FRAME || digits == NULL)
      continue;
    guint64 start = item->meant << g->page_shift;
    if (!g_str_has_prefix (digits, scene_number_frame (g, item->meant).s)
        && !g_str_has_prefix (digits, scene_number_physical (g, start).s))
      g_error ("“%s” is frame %s", item->text,
               scene_number_frame (g, item->meant).s);
  }
}

static void
test_frames (void)
{
  for (guint figure = 0; figure < SCENE_FIGURES; figure++)
    if (scene_figure_of (figure) != NULL)
      at_every_step (figure, 940, check_frames);
}

/* One question refuses what is refused, none what is allowed, and nothing is
 * asked behind it. */
static void
check_decision (struct vm_machine *machine, const SceneStill *still)
{
  const struct vm_step *step
      = vm_machine_step (machine, vm_machine_cursor (machine) - 1);
  guint refusing = 0;

  if (step->kind != VM_STEP_PERMISSION)
    return;
  gboolean allowed = step->values[VM_V_PERMISSION_VERDICT]
                     == VM_VERDICT_ALLOWED;
  guint questions = count_part (still, SCENE_FIGURE_DECISION, DECISION_BOX) - 1;
  for (guint i = 0; i < questions; i++) {
    const SceneItem *box = find (still, SCENE_FIGURE_DECISION, DECISION_BOX, i);
    gboolean refuses = box->role == SCENE_ROLE_FAULT;
    if (refusing > 0)
      g_assert_cmpint (box->emphasis, ==, SCENE_FAINT);
    if (refuses)
      g_assert_cmpint (box->emphasis, ==, SCENE_ACTIVE);
    refusing += refuses;
  }
  g_assert_cmpuint (refusing, ==, allowed ? 0 : 1);
  g_assert_cmpint (
      find (still, SCENE_FIGURE_DECISION, DECISION_BOX, questions)->role, ==,
      allowed ? SCENE_ROLE_HIT : SCENE_ROLE_FAULT);
}

static void
test_decision (void)
{
  at_every_step (SCENE_FIGURE_DECISION, 1150, check_decision);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/generic/counters", test_counters);
  g_test_add_func ("/generic/cost", test_cost);
  g_test_add_func ("/generic/bytes", test_bytes);
  g_test_add_func ("/generic/decision", test_decision);
  g_test_add_func ("/generic/frames", test_frames);
  return g_test_run ();
}
