/* Figures that show more than one step: what they show is computed once more,
 * at every step of every scenario. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "figures/kit.h"
#include "figures/plot.h"
#include "figures/plot_frame.h"
#include "scenario.h"

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

/* The number behind the colon of an item's name. */
static double
told (const SceneItem *item)
{
  g_assert_nonnull (item);
  return strtod (strrchr (item->name, ':') + 1, NULL);
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

/* The bar of an access is as high as the machine counted, and the mean behind
 * it is what it counted for all so far. */
static void
check_cost (struct vm_machine *machine, const SceneStill *still, guint number,
            const struct vm_result *result)
{
  guint64 cursor = vm_machine_cursor (machine);
  gboolean done = result->end_step <= cursor;
  guint64 from = counters_at (machine, result->first_step).memory_accesses;
  guint64 to
      = counters_at (machine, MIN (cursor, result->end_step)).memory_accesses;
  const SceneItem *bar
      = find (still, SCENE_FIGURE_TREND, SCENE_PLOT_POINT, number);
  const SceneItem *mean = find (still, SCENE_FIGURE_TREND, SCENE_PLOT_POINT,
                                G_GUINT64_CONSTANT (1) << 32 | number);

  g_assert_cmpfloat (told (bar), ==, to - from);
  g_assert_cmpint (mean != NULL, ==, done);
  if (done)
    g_assert_cmpfloat (fabs (told (mean) - (double) to / number), <, 0.006);
}

static void
check_trend (struct vm_machine *machine, const SceneStill *still)
{
  guint number = 0;

  for (guint64 i = 0; i < vm_machine_op_count (machine); i++) {
    const struct vm_result *result = vm_machine_result (machine, i);
    if (vm_machine_op (machine, i)->kind != VM_OP_ACCESS)
      continue;
    number++;
    if (result->first_step < vm_machine_cursor (machine))
      check_cost (machine, still, number, result);
    else /* nothing to come is shown */
      g_assert_null (
          find (still, SCENE_FIGURE_TREND, SCENE_PLOT_POINT, number));
  }
}

static void
test_trend (void)
{
  at_every_step (SCENE_FIGURE_TREND, 700, check_trend);
}

/* Of many accesses the latest are shown, and the mean is still of all. */
static void
test_trend_window (void)
{
  g_autoptr (SceneStage) stage
      = scenario_stage (G_GUINT64_CONSTANT (1) << SCENE_FIGURE_TREND);
  guint64 first;
  struct vm_machine *machine = scenario_machine (&scenarios[0], &first);
  struct vm_error error;

  for (guint i = 0; i < 50; i++)
    g_assert_true (vm_machine_do_line (
        machine, "access va=0x11223344 kind=read mode=user width=4", &error));
  g_autoptr (SceneStill) still
      = scene_stage_still (stage, machine, scene_metrics_fixed (), 700, 0);
  const struct vm_counters *counters = &vm_machine_state (machine)->counters;
  const SceneItem *mean = find (still, SCENE_FIGURE_TREND, SCENE_PLOT_POINT,
                                G_GUINT64_CONSTANT (1) << 32 | counters->tick);

  g_assert_null (find (still, SCENE_FIGURE_TREND, SCENE_PLOT_POINT, 1));
  g_assert_cmpfloat (
      fabs (told (mean) - (double) counters->memory_accesses / counters->tick),
      <, 0.006);
  vm_machine_free (machine);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/overtime/trend", test_trend);
  g_test_add_func ("/overtime/trend-window", test_trend_window);
  return g_test_run ();
}
