/* The stage at every step, in many widths: nothing overlaps, nothing is cut,
 * connectors keep to the gutters, ids are unique, nothing jumps. */
#include "stage.h"

#include <math.h>

#include "check.h"
#include "figures/kit.h"
#include "paint.h"
#include "scenario.h"

static const double widths[] = {360, 411,  480,  519,  560,  640,  768,  833,
                                900, 1000, 1150, 1280, 1470, 1920, 2560, 3840};

/* How much of everything the quick test sees: so many scenarios in several
 * widths, and so many first steps of each; then runs of ten steps. */
typedef struct {
  guint scenarios, steps;
} Sample;

static const Sample few_figures = {3, 100};
static const Sample all_figures = {1, 20}; /* with every figure there is */

static gboolean
is_passed_over (const Sample *sample, guint64 n)
{
  return !g_test_slow () && n >= sample->steps && n / 10 % 5 != 0;
}

static void
check_width (const Scenario *scenario, const Sample *sample, SceneStage *stage,
             const SceneMetrics *metrics, double width, double height)
{
  guint64 first = 0;
  struct vm_machine *machine = scenario_machine (scenario, &first);
  g_autoptr (SceneStill) before = NULL;

  for (guint64 n = first; n <= vm_machine_step_count (machine); n++) {
    if (is_passed_over (sample, n - first)) {
      g_clear_pointer (&before, scene_still_free);
      continue;
    }
    g_assert_true (vm_machine_seek (machine, n));
    g_autoptr (SceneStill) still
        = scene_stage_still (stage, machine, metrics, width, height);
    g_autofree char *where
        = g_strdup_printf ("%s, em %.1f, %gx%g, cursor %" G_GUINT64_FORMAT,
                           scenario->name, metrics->em, width, height, n);
    g_assert_cmpuint (vm_machine_cursor (machine), ==, n);
    check_still (still, metrics, where, before);
    g_clear_pointer (&before, scene_still_free);
    before = g_steal_pointer (&still);
  }
  vm_machine_free (machine);
}

/* Of a scenario; where the test is to be quick, the other geometries than the
 * first get one width each, and not all of them the same. */
static guint
first_width (const Sample *sample, guint scenario)
{
  if (scenario < sample->scenarios)
    return scenario;
  return g_test_slow () ? 0 : G_N_ELEMENTS (widths) - 1 - scenario % 5;
}

/* Every `every`-th width, as high as it comes and with a wish; a sample of them
 * where the test is to be quick. */
static void
check_widths (const Sample *sample, SceneStage *stage,
              const SceneMetrics *metrics, guint every)
{
  guint step = g_test_slow () ? every : 5;

  for (guint s = 0; s < scenario_count; s++)
    for (guint i = first_width (sample, s); i < G_N_ELEMENTS (widths);
         i += step) {
      gboolean odd = i / step % 2 == 1;
      scene_stage_set_caption (stage, odd);
      if (g_test_slow () || odd)
        check_width (&scenarios[s], sample, stage, metrics, widths[i], 0);
      if (g_test_slow () || !odd)
        check_width (&scenarios[s], sample, stage, metrics, widths[i],
                     widths[i] * 0.66);
    }
}

static void
test_fixed_metrics (void)
{
  g_autoptr (SceneStage) stage = scene_stage_new (NULL);

  check_widths (&few_figures, stage, scene_metrics_fixed (), 1);
}

/* The same with every figure there is. */
static void
test_all_figures (void)
{
  g_autoptr (SceneStage) stage = scenario_stage (scenario_all_figures ());

  check_widths (&all_figures, stage, scene_metrics_fixed (), 1);
}

static void
test_real_fonts (gconstpointer data)
{
  static const double scales[] = {1, 1.6};
  gboolean all = GPOINTER_TO_INT (data);
  g_autoptr (SceneStage) stage = all ? scenario_stage (scenario_all_figures ())
                                     : scene_stage_new (NULL);

  /* In a hurry all figures only get the larger type, which has less room. */
  for (guint i = all && !g_test_slow (); i < G_N_ELEMENTS (scales); i++) {
    g_autoptr (ScenePainter) painter = scene_painter_new (NULL, scales[i]);
    check_widths (all ? &all_figures : &few_figures, stage,
                  scene_painter_metrics (painter), 4);
  }
}

/* Where a wish for height can be met, it is met. */
static void
test_height (void)
{
  static const struct {
    double width, height;
  } sizes[] = {{1150, 760}, {1280, 720}, {1470, 840}, {1920, 1200}};
  g_autoptr (SceneStage) stage = scene_stage_new (NULL);
  guint64 first;
  struct vm_machine *machine = scenario_machine (&scenarios[0], &first);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (SceneStill) still
        = scene_stage_still (stage, machine, scene_metrics_fixed (),
                             sizes[i].width, sizes[i].height);
    g_assert_cmpfloat (fabs (still->height - sizes[i].height), <, 1);
  }
  vm_machine_free (machine);
}

static void
check_set (struct vm_machine *machine, guint64 set, double width)
{
  g_autoptr (SceneStage) stage = scenario_stage (set);
  g_autoptr (SceneStill) still
      = scene_stage_still (stage, machine, scene_metrics_fixed (), width, 0);
  g_autofree char *where
      = g_strdup_printf ("set %" G_GINT64_MODIFIER "x, width %g", set, width);
  check_still (still, scene_metrics_fixed (), where, NULL);
}

/* Each figure alone, and with each other. */
static void
test_pairs (void)
{
  guint64 first, one = 1;
  struct vm_machine *machine = scenario_machine (&scenarios[0], &first);

  for (guint a = 1; a < SCENE_FIGURES; a++)
    for (guint b = a; b < SCENE_FIGURES; b++)
      for (guint i = 0; i < 4; i++)
        check_set (machine, one << a | one << b, 360 + i * 400);
  vm_machine_free (machine);
}

/* Lessons may leave figures out; those left share the room. */
static void
test_subsets (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  guint64 first;
  struct vm_machine *machine = scenario_machine (&scenarios[0], &first);

  for (guint n = 0; n < 400; n++) {
    guint64 set = (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);
    set &= scenario_all_figures ();
    if (set != 0)
      check_set (machine, set, g_rand_int_range (rand, 360, 1600));
  }
  vm_machine_free (machine);
}

static void
test_no_machine (void)
{
  g_autoptr (SceneStage) stage = scene_stage_new (NULL);
  struct vm_machine *machine = vm_machine_new ();
  g_autoptr (SceneStill) still
      = scene_stage_still (stage, machine, scene_metrics_fixed (), 800, 600);

  g_assert_cmpuint (still->items->len, >, 0);
  check_still (still, scene_metrics_fixed (), "no machine", NULL);
  vm_machine_free (machine);
}

/* One state on one screen: every figure alone, then the usual ones and all. */
static void
check_state (const ScenarioState *state, const ScenarioSize *size,
             const SceneMetrics *metrics)
{
  struct vm_machine *machine = scenario_state_machine (state);
  g_autoptr (SceneStage) usual = scene_stage_new (NULL);

  for (guint figure = 0; figure <= SCENE_FIGURES; figure++) {
    guint64 set = figure == SCENE_FIGURES ? scenario_all_figures ()
                                          : G_GUINT64_CONSTANT (1) << figure;
    gboolean alone = figure > 0 && figure < SCENE_FIGURES;
    g_autoptr (SceneStage) stage = scenario_stage (set);
    g_autoptr (SceneStill) still = scene_stage_still (
        figure == 0 ? usual : stage, machine, metrics,
        alone ? size->figure_width : size->width, alone ? 0 : size->height);
    g_autofree char *where
        = g_strdup_printf ("state %s, figure %u of %d, size %s", state->name,
                           figure, (int) SCENE_FIGURES, size->name);
    check_still (still, metrics, where, NULL);
  }
  vm_machine_free (machine);
}

/* What the gallery paints, without the pictures. */
static void
test_states (void)
{
  for (guint i = 0; i < SCENARIO_SIZES; i++) {
    const ScenarioSize *size = &scenario_sizes[i];
    g_autoptr (ScenePainter) painter = scene_painter_new (NULL, size->scale);
    for (guint s = 0; s < scenario_state_count; s++)
      check_state (&scenario_states[s], size, scene_painter_metrics (painter));
  }
}

static guint
count_active (const SceneStill *still)
{
  guint count = 0;

  for (guint i = 0; i < still->items->len; i++)
    count += g_array_index (still->items, SceneItem, i).emphasis
             == SCENE_ACTIVE;
  return count;
}

/* Before a lesson begins, whatever was set up last is not what it is about;
 * one step on, it is. */
static void
test_start (void)
{
  g_autoptr (SceneStage) stage = scene_stage_new (NULL);
  guint64 first;
  struct vm_machine *machine = scenario_machine (&scenarios[0], &first);

  vm_machine_seek (machine, first);
  g_autoptr (SceneStill) told
      = scene_stage_still (stage, machine, scene_metrics_fixed (), 1150, 760);
  g_assert_cmpuint (count_active (told), >, 0);

  scene_stage_set_start (stage, first);
  g_autoptr (SceneStill) quiet
      = scene_stage_still (stage, machine, scene_metrics_fixed (), 1150, 760);
  g_assert_cmpuint (count_active (quiet), ==, 0);
  g_assert_cmpuint (quiet->flights->len, ==, 0);

  vm_machine_seek (machine, first + 1);
  g_autoptr (SceneStill) going
      = scene_stage_still (stage, machine, scene_metrics_fixed (), 1150, 760);
  g_assert_cmpuint (count_active (going), >, 0);
  vm_machine_free (machine);
}

/* A large stage may have larger type. */
static void
test_scale (void)
{
  const SceneMetrics *metrics = scene_metrics_fixed ();

  g_assert_cmpfloat (scene_stage_scale (metrics, 360, 600), ==, 1);
  g_assert_cmpfloat (scene_stage_scale (metrics, 3840, 600), ==, 1);
  g_assert_cmpfloat (scene_stage_scale (metrics, 3840, 2160), >, 2);
  /* A telephone has room for the usual size, but not for much more. */
  g_assert_cmpfloat (scene_stage_most_scale (metrics, 360), ==, 1);
  g_assert_cmpfloat (scene_stage_most_scale (metrics, 540), ==, 1.5);
  g_assert_cmpfloat (scene_stage_most_scale (metrics, 20), ==, 0.5);
}

static void
test_kinds (void)
{
  g_assert_true (scene_stage_knows ("address"));
  g_assert_true (scene_stage_knows ("caption"));
  g_assert_false (scene_stage_knows ("clock"));
}

int
main (int argc, char **argv)
{
  scenario_set_up_language ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stage/states", test_states);
  g_test_add_func ("/stage/fixed-metrics", test_fixed_metrics);
  g_test_add_func ("/stage/all-figures", test_all_figures);
  g_test_add_data_func ("/stage/real-fonts", GINT_TO_POINTER (FALSE),
                        test_real_fonts);
  g_test_add_data_func ("/stage/real-fonts-all", GINT_TO_POINTER (TRUE),
                        test_real_fonts);
  g_test_add_func ("/stage/height", test_height);
  g_test_add_func ("/stage/pairs", test_pairs);
  g_test_add_func ("/stage/subsets", test_subsets);
  g_test_add_func ("/stage/no-machine", test_no_machine);
  g_test_add_func ("/stage/scale", test_scale);
  g_test_add_func ("/stage/kinds", test_kinds);
  g_test_add_func ("/stage/start", test_start);
  return g_test_run ();
}
