/* Transitions: what travels between two stills, when, and the same every way.
 */
#include "transition.h"

#include <math.h>

#include "motion.h"
#include "scenario.h"

#define LIST 1 /* figures of the made-up stills */
#define OTHER 2
#define SOURCE SCENE_ID (OTHER, 1, 1)

static SceneItem *
add (SceneStill *still, SceneId id, SceneKind kind, SceneRect rect,
     const char *text)
{
  SceneItem *item = scene_still_add (still, id, 0, kind, rect);

  item->text = text;
  return item;
}

static void
add_row (SceneStill *still, guint number, double y, const char *text)
{
  add (still, SCENE_ID (LIST, 1, number), SCENE_BOX,
       (SceneRect){20, y, 100, 20}, NULL);
  add (still, SCENE_ID (LIST, 2, number), SCENE_TEXT,
       (SceneRect){25, y, 60, 20}, text);
}

/* A list of two rows under a heading, and a box beside it. */
static SceneStill *
make_still (double first_y, double second_y)
{
  SceneStill *still = scene_still_new ();

  still->width = 400;
  still->height = 300;
  add (still, SCENE_ID (LIST, 0, 0), SCENE_PANEL, (SceneRect){10, 10, 200, 200},
       NULL);
  add (still, SCENE_ID (LIST, 3, 0), SCENE_TEXT, (SceneRect){20, 12, 80, 20},
       "rows");
  add_row (still, 1, first_y, "one");
  add_row (still, 2, second_y, "two");
  add (still, SOURCE, SCENE_BOX, (SceneRect){300, 20, 50, 20}, "2");
  return still;
}

static GArray *
movers_at (const SceneTransition *t, guint figure, double phase)
{
  GArray *movers = g_array_new (FALSE, FALSE, sizeof (SceneMover));

  scene_transition_movers (t, figure, phase, movers);
  return movers;
}

static SceneItem *
change (SceneStill *still, SceneId id)
{
  return (SceneItem *) (gpointer) scene_still_find (still, id);
}

static void
test_nothing (void)
{
  g_autoptr (SceneStill) from = make_still (40, 70), to = make_still (40, 70);
  g_auto (SceneTransition) t = {0};

  scene_transition_init (&t, from, to);
  g_assert_cmpuint (t.moves->len, ==, 0);
  g_assert_false (scene_transition_moves (&t, LIST));
  g_assert_cmpuint (t.duration, ==, 250);
  g_assert_cmpfloat (scene_transition_fade (&t, LIST, 0), ==, 0);
  g_assert_cmpfloat (scene_transition_fade (&t, LIST, 1), ==, 1);
}

/* Two rows change places, with the texts that they carry; the heading stays. */
static void
test_rows_change_places (void)
{
  g_autoptr (SceneStill) from = make_still (40, 70), to = make_still (70, 40);
  g_auto (SceneTransition) t = {0};

  scene_transition_init (&t, from, to);
  g_assert_cmpuint (t.moves->len, ==, 4);
  g_assert_true (scene_transition_moves (&t, LIST));
  g_assert_false (scene_transition_moves (&t, OTHER));

  g_autoptr (GArray) half = movers_at (&t, LIST, 0.5);
  g_assert_cmpuint (half->len, ==, 4);
  for (guint i = 0; i < half->len; i++) {
    const SceneMover *mover = &g_array_index (half, SceneMover, i);
    g_assert_cmpfloat_with_epsilon (mover->rect.y, 55, 0.01);
    g_assert_cmpfloat (mover->rect.width, ==, mover->before->rect.width);
  }
}

/* A text that is rewritten on its way travels with its row. */
static void
test_rewritten_text_rides (void)
{
  g_autoptr (SceneStill) from = make_still (40, 70), to = make_still (70, 40);
  g_auto (SceneTransition) t = {0};

  change (to, SCENE_ID (LIST, 2, 1))->text = "uno";
  scene_transition_init (&t, from, to);
  g_assert_cmpuint (t.moves->len, ==, 4);
}

/* The room for a text is another, or the text is: it fades where it is. */
static void
test_text_alone (void)
{
  g_autoptr (SceneStill) from = make_still (40, 70), to = make_still (40, 70);
  g_auto (SceneTransition) t = {0};

  change (to, SCENE_ID (LIST, 3, 0))->rect.width = 30;
  change (to, SCENE_ID (LIST, 2, 1))->rect.x += 14;
  change (to, SCENE_ID (LIST, 2, 1))->text = "longer";
  scene_transition_init (&t, from, to);
  g_assert_cmpuint (t.moves->len, ==, 0);
}

/* A box that grows is somewhere between at every moment. */
static void
test_growth (void)
{
  g_autoptr (SceneStill) from = make_still (40, 70), to = make_still (40, 70);
  g_auto (SceneTransition) t = {0};

  change (to, SOURCE)->rect = (SceneRect){300, 20, 90, 40};
  scene_transition_init (&t, from, to);
  g_assert_cmpuint (t.moves->len, ==, 1);
  g_autoptr (GArray) half = movers_at (&t, OTHER, 0.5);
  const SceneMover *mover = &g_array_index (half, SceneMover, 0);
  g_assert_cmpfloat_with_epsilon (mover->rect.width, 70, 0.01);
  g_assert_cmpfloat_with_epsilon (mover->rect.height, 30, 0.01);
}

/* Another layout: everything is elsewhere, and nothing has moved. */
static void
test_other_layout (void)
{
  g_autoptr (SceneStill) from = make_still (40, 70), to = make_still (70, 40);
  g_auto (SceneTransition) t = {0};

  to->width = 500;
  scene_transition_init (&t, from, to);
  g_assert_cmpuint (t.moves->len, ==, 0);
}

/* A list that a datum will land in is in order before it takes off, and looks
 * as before until it has landed; one that it only leaves follows. */
static void
test_order (void)
{
  g_autoptr (SceneStill) from = make_still (40, 70), to = make_still (70, 40);
  g_autoptr (SceneStill) back = make_still (70, 40);
  g_auto (SceneTransition) early = {0};
  g_auto (SceneTransition) late = {0};

  change (to, SCENE_ID (LIST, 1, 2))->emphasis = SCENE_ACTIVE;
  scene_still_add_flight (to, SOURCE, SCENE_ID (LIST, 1, 2), SCENE_ROLE_ACCENT,
                          "2", 0, 1);
  scene_transition_init (&early, from, to);
  g_assert_cmpfloat (early.take_off, >, 0);
  g_assert_cmpfloat (early.landed, ==, 1);
  g_assert_cmpfloat (scene_transition_flight_time (&early, early.take_off), ==,
                     0);
  g_autoptr (GArray) arranged = movers_at (&early, LIST, early.take_off);
  for (guint i = 0; i < arranged->len; i++) {
    const SceneMover *mover = &g_array_index (arranged, SceneMover, i);
    g_assert_cmpfloat (mover->rect.y, ==, mover->after->rect.y);
    g_assert_cmpfloat (mover->look, ==, 0);
  }

  scene_still_add_flight (back, SCENE_ID (LIST, 1, 2), SOURCE,
                          SCENE_ROLE_ACCENT, "2", 0, 1);
  scene_transition_init (&late, from, back);
  g_assert_cmpfloat (late.take_off, ==, 0);
  g_assert_cmpfloat (late.landed, <, 1);
  g_autoptr (GArray) waiting = movers_at (&late, LIST, late.landed);
  for (guint i = 0; i < waiting->len; i++) {
    const SceneMover *mover = &g_array_index (waiting, SceneMover, i);
    g_assert_cmpfloat (mover->rect.y, ==, mover->before->rect.y);
  }
}

/* Before the datum has landed a list shows its new order, with what comes into
 * view; but no look that follows from the step, and nothing new elsewhere. */
static void
test_arranged (void)
{
  g_autoptr (SceneStill) from = make_still (40, 70), to = make_still (70, 40);
  SceneId panel = SCENE_ID (LIST, 0, 0), title = SCENE_ID (LIST, 5, 0);
  g_auto (SceneTransition) t = {0};
  double moved = -1;

  change (to, SCENE_ID (LIST, 1, 2))->emphasis = SCENE_ACTIVE;
  for (guint i = 1; i <= 2; i++) {
    change (from, SCENE_ID (LIST, 1, i))->parent = panel;
    change (to, SCENE_ID (LIST, 1, i))->parent = panel;
  }
  add (to, SCENE_ID (LIST, 1, 3), SCENE_BOX, (SceneRect){20, 100, 100, 20},
       NULL)
      ->emphasis
      = SCENE_ACTIVE;
  change (to, SCENE_ID (LIST, 1, 3))->parent = panel;
  add (to, title, SCENE_TEXT, (SceneRect){120, 12, 80, 20}, "frame 2")->parent
      = SCENE_ID (LIST, 0, 7);
  scene_still_add_flight (to, SOURCE, SCENE_ID (LIST, 1, 2), SCENE_ROLE_ACCENT,
                          "2", 0, 1);
  scene_transition_init (&t, from, to);
  g_assert_null (scene_transition_arranged (&t, OTHER, 0.1, &moved));

  g_autoptr (SceneStill) still
      = scene_transition_arranged (&t, LIST, t.take_off, &moved);
  const SceneItem *row = scene_still_find (still, SCENE_ID (LIST, 1, 2));
  g_assert_cmpfloat (moved, ==, 1);
  g_assert_cmpfloat (row->rect.y, ==, 40);
  g_assert_cmpint (row->emphasis, ==, SCENE_NORMAL);
  g_assert_null (scene_still_find (still, title));
  row = scene_still_find (still, SCENE_ID (LIST, 1, 3));
  g_assert_nonnull (row);
  g_assert_cmpint (row->emphasis, <, SCENE_ACTIVE);
  g_assert_cmpfloat (scene_transition_fade (&t, LIST, t.take_off), ==, 0);
  g_assert_cmpfloat (scene_transition_fade (&t, LIST, 1), ==, 1);
}

static void
test_duration (void)
{
  g_autoptr (SceneStill) still = make_still (40, 70);
  guint before = 0;

  for (guint i = 0; i < 6; i++) {
    g_auto (SceneTransition) t = {0};
    scene_transition_init (&t, NULL, still);
    g_assert_cmpuint (t.duration, >=, MAX (before, 250));
    before = t.duration;
    scene_still_add_flight (still, SOURCE, SCENE_ID (LIST, 1, 1),
                            SCENE_ROLE_LEVEL1, "x", 0, 1);
  }
  g_assert_cmpuint (before, ==, 600);
}

/* Every step of every scenario ----------------------------------------------
 */

typedef void (*Visit) (const struct vm_machine *machine,
                       const SceneTransition *transition);

/* Of long scenarios the quick test sees the beginning, and then runs of ten
 * steps. */
static gboolean
is_passed_over (guint64 n)
{
  return !g_test_slow () && n >= 30 && n / 10 % 6 != 0;
}

static void
visit_scenario (const Scenario *scenario, SceneStage *stage, Visit visit)
{
  guint64 first;
  struct vm_machine *machine = scenario_machine (scenario, &first);
  g_autoptr (SceneStill) from = NULL;

  for (guint64 n = first; n <= vm_machine_step_count (machine); n++) {
    if (is_passed_over (n - first)) {
      g_clear_pointer (&from, scene_still_free);
      continue;
    }
    g_assert_true (vm_machine_seek (machine, n));
    g_autoptr (SceneStill) to
        = scene_stage_still (stage, machine, scene_metrics_fixed (), 1150, 760);
    if (from != NULL) {
      g_auto (SceneTransition) t = {0};
      scene_transition_init (&t, from, to);
      visit (machine, &t);
    }
    g_clear_pointer (&from, scene_still_free);
    from = g_steal_pointer (&to);
  }
  vm_machine_free (machine);
}

static void
visit_all (guint64 figures, Visit visit)
{
  g_autoptr (SceneStage) stage = scenario_stage (figures);

  for (guint i = 0; i < scenario_count; i++)
    visit_scenario (&scenarios[i], stage, visit);
}

static void
assert_same_movers (const SceneTransition *a, const SceneTransition *b,
                    guint figure, double phase)
{
  g_autoptr (GArray) first = movers_at (a, figure, phase);
  g_autoptr (GArray) second = movers_at (b, figure, phase);

  g_assert_cmpuint (first->len, ==, second->len);
  for (guint i = 0; i < first->len; i++) {
    const SceneMover *p = &g_array_index (first, SceneMover, i);
    const SceneMover *q = &g_array_index (second, SceneMover, i);
    g_assert_true (p->before == q->before && p->after == q->after);
    g_assert_cmpmem (&p->rect, sizeof p->rect, &q->rect, sizeof q->rect);
    g_assert_cmpfloat (p->look, ==, q->look);
  }
}

static void
assert_same_tokens (const SceneTransition *a, const SceneTransition *b,
                    double phase)
{
  g_autoptr (GArray) first = g_array_new (FALSE, TRUE, sizeof (SceneToken));
  g_autoptr (GArray) second = g_array_new (FALSE, TRUE, sizeof (SceneToken));

  scene_motion_tokens (a, scene_metrics_fixed (), phase, first);
  scene_motion_tokens (b, scene_metrics_fixed (), phase, second);
  g_assert_cmpuint (first->len, ==, second->len);
  for (guint i = 0; i < first->len; i++) {
    const SceneToken *p = &g_array_index (first, SceneToken, i);
    const SceneToken *q = &g_array_index (second, SceneToken, i);
    g_assert_true (p->flight == q->flight);
    g_assert_cmpmem (&p->rect, sizeof p->rect, &q->rect, sizeof q->rect);
    g_assert_cmpfloat (p->alpha, ==, q->alpha);
  }
}

/* A step played to its end and one that is dragged backwards show the same at
 * the same phase; each is made anew, as after a cut to that place. */
static void
check_both_ways (const struct vm_machine *machine, const SceneTransition *t)
{
  for (guint i = 0; i <= 10; i++) {
    g_auto (SceneTransition) again = {0};
    double phase = (10 - i) / 10.0;

    scene_transition_init (&again, t->from, t->to);
    g_assert_cmpuint (again.duration, ==, t->duration);
    assert_same_tokens (t, &again, phase);
    for (guint figure = 0; figure < SCENE_FIGURES; figure++) {
      assert_same_movers (t, &again, figure, phase);
      g_assert_cmpfloat (scene_transition_fade (t, figure, phase), ==,
                         scene_transition_fade (&again, figure, phase));
    }
  }
}

static gboolean
apart (double start, double end, double other_start, double other_end)
{
  return end <= other_start + 1e-9 || other_end <= start + 1e-9;
}

/* Figures move one after the other, and not while a datum flies. */
static void
check_one_at_a_time (const struct vm_machine *machine, const SceneTransition *t)
{
  g_assert_cmpuint (t->duration, >=, 250);
  g_assert_cmpuint (t->duration, <=, 600);
  for (guint i = 0; i < t->slots->len; i++) {
    const SceneSlot *slot = &g_array_index (t->slots, SceneSlot, i);

    g_assert_cmpfloat (slot->start, <, slot->end);
    g_assert_cmpfloat (slot->start, >=, 0);
    g_assert_cmpfloat (slot->end, <=, 1 + 1e-9);
    if (t->landed > t->take_off)
      g_assert_true (apart (slot->start, slot->end, t->take_off, t->landed));
    for (guint j = 0; j < i; j++) {
      const SceneSlot *other = &g_array_index (t->slots, SceneSlot, j);
      g_assert_true (
          slot->start == other->start
          || apart (slot->start, slot->end, other->start, other->end));
    }
  }
}

/* At the ends a moving item stands where the stills have it. */
static void
check_ends (const struct vm_machine *machine, const SceneTransition *t)
{
  for (guint figure = 1; figure < SCENE_FIGURES; figure++) {
    g_autoptr (GArray) first = movers_at (t, figure, 0);
    g_autoptr (GArray) last = movers_at (t, figure, 1);

    for (guint i = 0; i < first->len; i++) {
      const SceneMover *p = &g_array_index (first, SceneMover, i);
      const SceneMover *q = &g_array_index (last, SceneMover, i);
      g_assert_cmpmem (&p->rect, sizeof p->rect, &p->before->rect,
                       sizeof p->before->rect);
      g_assert_cmpmem (&q->rect, sizeof q->rect, &q->after->rect,
                       sizeof q->after->rect);
      g_assert_cmpfloat (p->look, ==, 0);
      g_assert_cmpfloat (q->look, ==, 1);
    }
  }
}

static gboolean
has_active (const SceneStill *still)
{
  for (guint i = 0; i < still->items->len; i++)
    if (g_array_index (still->items, SceneItem, i).emphasis == SCENE_ACTIVE)
      return TRUE;
  return FALSE;
}

/* A step that changes nothing still shows what was compared. */
static void
check_something_is_shown (const struct vm_machine *machine,
                          const SceneTransition *t)
{
  const struct vm_step *step = vm_machine_step (machine, t->to->cursor - 1);

  if (t->to->flights->len > 0 || t->moves->len > 0 || has_active (t->to))
    return;
  guint64 operation = vm_machine_op_of_step (machine, t->to->cursor - 1);
  g_test_message (
      "step %" G_GUINT64_FORMAT " of kind %d, of operation %" G_GUINT64_FORMAT
      " (%s), shows nothing",
      t->to->cursor, (int) step->kind, operation,
      vm_op_info_of (vm_machine_op (machine, operation)->kind)->name);
  g_test_fail ();
}

/* The figures of a walk know one TLB of one processor, and say nothing of what
 * happens elsewhere, in segments, in pools of frames, or in the kernel. */
static void
check_walk_is_shown (const struct vm_machine *machine, const SceneTransition *t)
{
  const struct vm_state *state = vm_machine_state (machine);

  if (!state->config.organised && state->pool_count == 0
      && state->mms[0].managed == 0 && !state->gdt.on)
    check_something_is_shown (machine, t);
}

static void
test_walk_is_shown (void)
{
  static const char *const others[]
      = {"bare", "devices", "loaded", "blocks", "kernel-32", "kernel-64", NULL};
  g_autoptr (SceneStage) usual = scene_stage_new (NULL);

  /* The usual figures are those of a walk, which takes paging, and no kernel.
   */
  for (guint i = 0; i < scenario_count; i++)
    if (!g_strv_contains (others, scenarios[i].name))
      visit_scenario (&scenarios[i], usual, check_walk_is_shown);
}

/* Stills of all figures are made once for all that is asked of them. */
static void
check_step (const struct vm_machine *machine, const SceneTransition *t)
{
  check_both_ways (machine, t);
  check_one_at_a_time (machine, t);
  check_ends (machine, t);
  check_something_is_shown (machine, t);
}

static void
test_every_step (void)
{
  visit_all (scenario_all_figures (), check_step);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/transition/nothing", test_nothing);
  g_test_add_func ("/transition/rows-change-places", test_rows_change_places);
  g_test_add_func ("/transition/rewritten-text-rides",
                   test_rewritten_text_rides);
  g_test_add_func ("/transition/text-alone", test_text_alone);
  g_test_add_func ("/transition/growth", test_growth);
  g_test_add_func ("/transition/other-layout", test_other_layout);
  g_test_add_func ("/transition/order", test_order);
  g_test_add_func ("/transition/arranged", test_arranged);
  g_test_add_func ("/transition/duration", test_duration);
  g_test_add_func ("/transition/walk-is-shown", test_walk_is_shown);
  g_test_add_func ("/transition/every-step", test_every_step);
  return g_test_run ();
}
