/* Windows over rows: which are seen, how they scroll, and that the datum of
 * the step comes back into view. */
#include "figures/window.h"

#include <math.h>

#include "check.h"
#include "figures/kit.h"
#include "scenario.h"

#define ROW 20.0

/* A panel with rows of its own, as a figure would add them. */
static SceneStill *
panel_still (guint64 total, guint visible, guint64 focus, GArray *scrolls,
             guint64 *first, gboolean *scrolled)
{
  SceneStill *still = scene_still_new ();
  SceneBuild b = {.metrics = scene_metrics_fixed (),
                  .still = still,
                  .parent = scene_id_panel (SCENE_FIGURE_TABLES),
                  .scrolls = scrolls};

  still->width = still->height = 400;
  scene_still_add (still, b.parent, 0, SCENE_PANEL,
                   (SceneRect){10, 10, 200, visible * ROW + 40});
  *first = scene_add_window (
      &b, (SceneRect){20, 40, 170, visible * ROW}, total, visible,
      scene_window_around (total, visible, focus), scrolled);
  return still;
}

static void
test_around (void)
{
  for (guint total = 1; total < 40; total++)
    for (guint visible = 1; visible < 45; visible++) {
      g_assert_cmpuint (scene_window_around (total, visible, SCENE_NO_FOCUS),
                        ==, 0);
      for (guint focus = 0; focus < total; focus++) {
        guint64 first = scene_window_around (total, visible, focus);
        g_assert_cmpuint (first, <=, focus);
        g_assert_cmpuint (focus, <, first + visible);
        g_assert_true (first == 0 || first + visible <= total);
        /* Never nearer to one end than it must be. */
        if (first > 0 && first + visible < total)
          g_assert_cmpuint (focus - first, ==, visible / 2);
      }
    }
}

static void
test_all_fit (void)
{
  guint64 first = 7;
  gboolean scrolled = TRUE;
  g_autoptr (SceneStill) still = panel_still (8, 8, 3, NULL, &first, &scrolled);

  g_assert_cmpuint (first, ==, 0);
  g_assert_false (scrolled);
  g_assert_cmpuint (still->windows->len, ==, 0);
  g_assert_cmpuint (still->items->len, ==, 1);
}

/* The thumb is as much of the track as can be seen of the rows, and stands
 * where they stand. */
static void
check_marks (const SceneStill *still, guint64 first, guint64 total,
             guint visible)
{
  const SceneItem *track = &g_array_index (still->items, SceneItem, 1);
  const SceneItem *thumb = &g_array_index (still->items, SceneItem, 2);
  double free = track->rect.height - thumb->rect.height;
  double part = (double) visible / (double) total;
  double place = (double) first / (double) (total - visible);

  g_assert_cmpfloat (thumb->rect.height, >=, part * track->rect.height - 0.01);
  g_assert_cmpfloat (fabs (thumb->rect.y - track->rect.y - place * free), <,
                     0.01);
  g_assert_nonnull (thumb->name);
  check_still (still, scene_metrics_fixed (), "a window", NULL);
}

static void
test_scroll (void)
{
  static const guint64 wanted[] = {0, 1, 500, 1016, 1017, G_MAXUINT64};
  g_autoptr (GArray) scrolls = g_array_new (FALSE, FALSE, sizeof (SceneScroll));
  SceneScroll scroll = {.window = scene_id_panel (SCENE_FIGURE_TABLES)};
  gboolean scrolled;
  guint64 first;

  g_autoptr (SceneStill) before
      = panel_still (1024, 8, 547, scrolls, &first, &scrolled);
  g_assert_cmpuint (first, ==, 543);
  g_assert_false (scrolled);
  check_marks (before, first, 1024, 8);

  g_array_append_val (scrolls, scroll);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++) {
    g_array_index (scrolls, SceneScroll, 0).first = wanted[i];
    g_autoptr (SceneStill) still
        = panel_still (1024, 8, 547, scrolls, &first, &scrolled);
    g_assert_cmpuint (first, ==, MIN (wanted[i], 1016));
    g_assert_true (scrolled);
    check_marks (still, first, 1024, 8);
  }
}

static void
test_hit (void)
{
  guint64 first;
  g_autoptr (SceneStill) still = panel_still (100, 8, 50, NULL, &first, NULL);
  const SceneWindow *window = scene_still_window (still, 100, 100);

  g_assert_nonnull (window);
  g_assert_cmpuint (window->first, ==, first);
  g_assert_cmpuint (window->visible, ==, 8);
  g_assert_null (scene_still_window (still, 300, 100));
  g_assert_null (scene_still_window (still, 100, 15));
}

/* The stage ------------------------------------------------------------- */

/* A machine in the middle of the first walk, its tables known. */
static struct vm_machine *
machine_at_walk (void)
{
  guint64 first;
  struct vm_machine *machine = scenario_machine (&scenarios[0], &first);

  g_assert_true (vm_machine_seek (machine, first + 12));
  return machine;
}

static SceneStill *
still_of (SceneStage *stage, struct vm_machine *machine)
{
  return scene_stage_still (stage, machine, scene_metrics_fixed (), 1150, 760);
}

/* A scrolled table shows every row from the first on, and nothing else moves
 * or changes. */
static void
check_table (SceneStage *stage, struct vm_machine *machine,
             const SceneWindow *window, guint64 first)
{
  guint level = (guint) (window->id & 0xff);

  scene_stage_scroll (stage, window->id, first);
  g_autoptr (SceneStill) still = still_of (stage, machine);
  for (guint i = 0; i < window->visible; i++) {
    guint row = (guint) first + i;
    const SceneItem *item = scene_still_find (still, scene_id_row (level, row));
    g_assert_nonnull (item);
    g_assert_true (scene_still_window (still,
                                       item->rect.x + item->rect.width / 2,
                                       item->rect.y + item->rect.height / 2)
                   != NULL);
  }
  check_still (still, scene_metrics_fixed (), "a scrolled table", NULL);
}

static void
test_tables (void)
{
  g_autoptr (SceneStage) stage = scene_stage_new (NULL);
  struct vm_machine *machine = machine_at_walk ();
  g_autoptr (SceneStill) before = still_of (stage, machine);
  guint tables = 0;

  for (guint i = 0; i < before->windows->len; i++) {
    const SceneWindow *window
        = &g_array_index (before->windows, SceneWindow, i);
    if (SCENE_ID_FIGURE (window->id) != SCENE_FIGURE_TABLES)
      continue;
    tables++;
    check_table (stage, machine, window, 0);
    check_table (stage, machine, window, 100);
    check_table (stage, machine, window, window->total - window->visible);
  }
  g_assert_cmpuint (tables, ==, 2);
  vm_machine_free (machine);
}

/* Whatever was scrolled, and by how much, fits; and it comes back. */
static void
test_every_window (void)
{
  g_autoptr (SceneStage) stage = scenario_stage (scenario_all_figures ());
  struct vm_machine *machine = machine_at_walk ();
  g_autoptr (SceneStill) before = still_of (stage, machine);
  g_autofree char *told = scene_still_to_text (before);

  g_assert_cmpuint (before->windows->len, >=, 4);
  g_assert_false (scene_stage_unscroll (stage));
  for (guint part = 0; part <= 4; part++) {
    for (guint i = 0; i < before->windows->len; i++) {
      const SceneWindow *window
          = &g_array_index (before->windows, SceneWindow, i);
      scene_stage_scroll (stage, window->id,
                          (window->total - window->visible) * part / 4);
    }
    g_autoptr (SceneStill) still = still_of (stage, machine);
    check_still (still, scene_metrics_fixed (), "scrolled", before);
    for (guint i = 0; i < still->windows->len; i++) {
      const SceneWindow *window
          = &g_array_index (still->windows, SceneWindow, i);
      g_assert_cmpuint (window->first, ==,
                        (window->total - window->visible) * part / 4);
    }
  }

  g_assert_true (scene_stage_unscroll (stage));
  g_autoptr (SceneStill) after = still_of (stage, machine);
  g_autofree char *again = scene_still_to_text (after);
  g_assert_cmpstr (again, ==, told);
  vm_machine_free (machine);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/window/around", test_around);
  g_test_add_func ("/window/all-fit", test_all_fit);
  g_test_add_func ("/window/scroll", test_scroll);
  g_test_add_func ("/window/hit", test_hit);
  g_test_add_func ("/window/tables", test_tables);
  g_test_add_func ("/window/every-window", test_every_window);
  return g_test_run ();
}
