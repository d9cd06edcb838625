/* Pools of frames: where many of them stand, and that a reference made in one
 * of them is no event of the others. */
#include <string.h>

#include "check.h"
#include "figures/kit.h"
#include "scenario.h"

#define FIGURE SCENE_FIGURE_REPLACEMENT

static const char *const lines[]
    = {"machine geometry=x86-32 memory=16M",
       "pool name=FIFO policy=fifo frames=3",
       "pool name=more policy=fifo frames=4",
       "pool name=LRU policy=lru frames=3",
       "pool name=OPT policy=opt frames=3",
       "string references=1,2w,3,4,1,2,5,1,2,3,4,5",
       "reference pool=FIFO count=12",
       "reference pool=more count=12",
       NULL};

typedef struct {
  struct vm_machine *machine;
  SceneStage *stage;
} Fixture;

static void
fixture_init (Fixture *f)
{
  guint64 first;
  const Scenario scenario = {"many pools", 6, lines};

  f->machine = scenario_machine (&scenario, &first);
  f->stage = scenario_stage (G_GUINT64_CONSTANT (1) << FIGURE);
}

static void
fixture_clear (Fixture *f)
{
  scene_stage_free (f->stage);
  vm_machine_free (f->machine);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static SceneStill *
still_of (const Fixture *f, double width)
{
  return scene_stage_still (f->stage, f->machine, scene_metrics_fixed (), width,
                            0);
}

static const SceneItem *
panel (const SceneStill *still, guint pool)
{
  const SceneItem *item
      = scene_still_find (still, SCENE_ID (FIGURE, SCENE_PART_PANEL, pool));

  g_assert_nonnull (item);
  return item;
}

/* The head of the column of a reference in a pool. */
static const SceneItem *
head_of (const SceneStill *still, guint pool, guint reference)
{
  g_autofree char *start = g_strdup_printf ("Reference %u: page", reference);

  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);
    if (item->name != NULL && g_str_has_prefix (item->name, start)
        && (item->id >> 16 & 0xffff) == pool)
      return item;
  }
  return NULL;
}

/* The same reference stands in the same place of each panel, whether the frames
 * of a pool say something beside it or not. */
static void
check_aligned (const SceneStill *still)
{
  if (head_of (still, 0, 1) == NULL || head_of (still, 3, 12) == NULL)
    return;
  for (guint reference = 1; reference <= 12; reference++) {
    const SceneItem *plain = head_of (still, 0, reference);
    const SceneItem *saying = head_of (still, 3, reference);
    g_assert_cmpfloat_with_epsilon (plain->rect.x - panel (still, 0)->rect.x,
                                    saying->rect.x - panel (still, 3)->rect.x,
                                    0.01);
  }
}

/* Two and two where there is room for whole strings, else one below the
 * other; and nothing is cut or overlaps on the way. */
static void
test_columns (void)
{
  g_auto (Fixture) f = {0};
  guint beside = 0, below = 0;

  fixture_init (&f);
  for (double width = 360; width <= 2400; width += 60) {
    g_autoptr (SceneStill) still = still_of (&f, width);
    g_autofree char *where = g_strdup_printf ("at %g", width);
    check_still (still, scene_metrics_fixed (), where, NULL);
    check_aligned (still);
    gboolean level = panel (still, 0)->rect.y == panel (still, 1)->rect.y;
    g_assert_cmpfloat (panel (still, 2)->rect.x, ==, panel (still, 0)->rect.x);
    g_assert_true (level || beside == 0); /* wider is never narrower */
    beside += level;
    below += !level;
  }
  g_assert_cmpuint (beside, >, 0);
  g_assert_cmpuint (below, >, 0);
}

static void
test_titles (void)
{
  g_auto (Fixture) f = {0};

  fixture_init (&f);
  g_autoptr (SceneStill) still = still_of (&f, 1200);
  g_assert_cmpstr (panel (still, 0)->name, ==, "FIFO");
  g_assert_cmpstr (panel (still, 1)->name, ==, "more · FIFO");
}

/* The second pool makes its references while the first has made them all. */
static void
test_alone (void)
{
  g_auto (Fixture) f = {0};
  guint lit = 0;

  fixture_init (&f);
  guint64 steps = vm_machine_step_count (f.machine);
  for (guint64 n = 1; n <= steps; n++) {
    g_assert_true (vm_machine_seek (f.machine, n));
    g_autoptr (SceneStill) still = still_of (&f, 1200);
    for (guint reference = 1; reference <= 12; reference++) {
      const SceneItem *first = head_of (still, 0, reference);
      const SceneItem *second = head_of (still, 1, reference);
      gboolean one = first != NULL && first->emphasis == SCENE_ACTIVE;
      gboolean other = second != NULL && second->emphasis == SCENE_ACTIVE;
      g_assert_false (one && other);
      lit += other;
    }
  }
  g_assert_cmpuint (lit, >=, 12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pooled/columns", test_columns);
  g_test_add_func ("/pooled/titles", test_titles);
  g_test_add_func ("/pooled/alone", test_alone);
  return g_test_run ();
}
