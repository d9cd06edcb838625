/* Tokens, and what a step has changed: pure functions of stills and a phase. */
#include "motion.h"

#include <math.h>

#define FROM SCENE_ID (1, 1, 1)
#define TO SCENE_ID (2, 1, 1)

static SceneItem *
add (SceneStill *still, SceneId id, SceneRect rect)
{
  return scene_still_add (still, id, 0, SCENE_BOX, rect);
}

/* A small field above, a field as small below to its right. */
static SceneStill *
make_still (void)
{
  SceneStill *still = scene_still_new ();

  add (still, FROM, (SceneRect){100, 20, 40, 20})->text = "547";
  add (still, TO, (SceneRect){400, 300, 40, 20})->text = "547";
  return still;
}

static GArray *
tokens_at (const SceneStill *from, const SceneStill *to, double phase)
{
  GArray *tokens = g_array_new (FALSE, FALSE, sizeof (SceneToken));

  g_auto (SceneTransition) transition = {0};

  scene_transition_init (&transition, from, to);
  scene_motion_tokens (&transition, scene_metrics_fixed (), phase, tokens);
  return tokens;
}

static double
middle_x (const SceneRect *r)
{
  return r->x + r->width / 2;
}

static double
middle_y (const SceneRect *r)
{
  return r->y + r->height / 2;
}

static void
test_ease (void)
{
  g_assert_cmpfloat (scene_ease (0), ==, 0);
  g_assert_cmpfloat (scene_ease (1), ==, 1);
  g_assert_cmpfloat (scene_ease (-3), ==, 0);
  g_assert_cmpfloat (scene_ease (7), ==, 1);
  for (double p = 0; p < 1; p += 0.05) {
    g_assert_cmpfloat (scene_ease (p + 0.05), >, scene_ease (p));
    g_assert_cmpfloat_with_epsilon (scene_ease (p) + scene_ease (1 - p), 1,
                                    1e-12);
  }
  g_assert_cmpfloat (scene_ease (0.05), <, 0.05);
}

static void
test_nothing_at_the_ends (void)
{
  g_autoptr (SceneStill) from = make_still (), to = make_still ();
  scene_still_add_flight (to, FROM, TO, SCENE_ROLE_LEVEL1, "547", 0, 1);
  g_autoptr (GArray) first = tokens_at (from, to, 0);
  g_autoptr (GArray) last = tokens_at (from, to, 1);
  g_autoptr (GArray) middle = tokens_at (from, to, 0.5);

  g_assert_cmpuint (first->len, ==, 0);
  g_assert_cmpuint (last->len, ==, 0);
  g_assert_cmpuint (middle->len, ==, 1);
}

static void
test_from_source_to_target (void)
{
  g_autoptr (SceneStill) from = make_still (), to = make_still ();
  scene_still_add_flight (to, FROM, TO, SCENE_ROLE_LEVEL1, "547", 0.2, 0.8);
  g_autoptr (GArray) before = tokens_at (from, to, 0.2);
  g_autoptr (GArray) first = tokens_at (from, to, 0.21);
  g_autoptr (GArray) last = tokens_at (from, to, 0.79);

  g_assert_cmpuint (before->len, ==, 0);
  const SceneToken *a = &g_array_index (first, SceneToken, 0);
  const SceneToken *b = &g_array_index (last, SceneToken, 0);
  g_assert_cmpfloat_with_epsilon (middle_x (&a->rect), 120, 1);
  g_assert_cmpfloat_with_epsilon (middle_y (&a->rect), 30, 1);
  g_assert_cmpfloat_with_epsilon (middle_x (&b->rect), 420, 1);
  g_assert_cmpfloat_with_epsilon (middle_y (&b->rect), 310, 1);
  g_assert_cmpstr (a->flight->text, ==, "547");
}

/* The way there, played backwards, is the way back. */
static void
test_reversal (void)
{
  g_autoptr (SceneStill) from = make_still (), to = make_still ();
  scene_still_add_flight (to, FROM, TO, SCENE_ROLE_LEVEL1, "547", 0, 1);

  for (double p = 0.05; p < 0.5; p += 0.05) {
    g_autoptr (GArray) there = tokens_at (from, to, p);
    g_autoptr (GArray) again = tokens_at (from, to, p);
    g_autoptr (GArray) mirror = tokens_at (from, to, 1 - p);
    const SceneToken *a = &g_array_index (there, SceneToken, 0);
    const SceneToken *b = &g_array_index (again, SceneToken, 0);
    const SceneToken *c = &g_array_index (mirror, SceneToken, 0);
    g_assert_cmpfloat (a->rect.x, ==, b->rect.x);
    g_assert_cmpfloat (a->rect.y, ==, b->rect.y);
    g_assert_cmpfloat_with_epsilon (a->alpha, c->alpha, 1e-9);
  }
}

/* No frame is far from the one before: nothing jumps. */
static void
test_smooth (void)
{
  g_autoptr (SceneStill) from = make_still (), to = make_still ();
  SceneRect before = {0, 0, 0, 0};
  scene_still_add_flight (to, FROM, TO, SCENE_ROLE_LEVEL1, "547", 0, 1);

  for (guint i = 1; i < 200; i++) {
    g_autoptr (GArray) tokens = tokens_at (from, to, i / 200.0);
    const SceneToken *token = &g_array_index (tokens, SceneToken, 0);
    if (i > 1)
      g_assert_cmpfloat (
          hypot (token->rect.x - before.x, token->rect.y - before.y), <, 12);
    before = token->rect;
    g_assert_cmpfloat (token->alpha, >, 0);
    g_assert_cmpfloat (token->alpha, <=, 1);
  }
}

/* It leaves its field downwards, and reaches the other from the side. */
static void
test_path (void)
{
  g_autoptr (SceneStill) from = make_still (), to = make_still ();
  scene_still_add_flight (to, FROM, TO, SCENE_ROLE_LEVEL1, "547", 0, 1);
  g_autoptr (GArray) early = tokens_at (from, to, 0.3);
  g_autoptr (GArray) late = tokens_at (from, to, 0.7);
  const SceneToken *a = &g_array_index (early, SceneToken, 0);
  const SceneToken *b = &g_array_index (late, SceneToken, 0);

  g_assert_cmpfloat (middle_y (&a->rect) - 30, >, middle_x (&a->rect) - 120);
  g_assert_cmpfloat (420 - middle_x (&b->rect), >, 310 - middle_y (&b->rect));
}

/* Where a connector leads from one to the other, the datum goes along it. */
static void
test_along_connector (void)
{
  g_autoptr (SceneStill) from = make_still (), to = make_still ();
  SceneItem *line = scene_still_add (to, SCENE_ID (0, 1, 1), 0, SCENE_CONNECTOR,
                                     (SceneRect){0, 0, 0, 0});
  scene_still_add_point (to, line, 120, 42);
  scene_still_add_point (to, line, 120, 60);
  scene_still_add_point (to, line, 300, 60);
  scene_still_add_point (to, line, 300, 310);
  scene_still_add_point (to, line, 398, 310);
  scene_still_add_flight (to, FROM, TO, SCENE_ROLE_LEVEL1, "547", 0, 1);

  for (double p = 0.01; p < 1; p += 0.01) {
    g_autoptr (GArray) tokens = tokens_at (from, to, p);
    const SceneRect *r = &g_array_index (tokens, SceneToken, 0).rect;
    double x = middle_x (r), y = middle_y (r), near = 9;
    gboolean on_way = (fabs (x - 120) < near && y < 60 + near)
                      || (fabs (y - 60) < near && x > 110 && x < 310)
                      || (fabs (x - 300) < near && y > 50 && y < 320)
                      || (fabs (y - 310) < near && x > 290);
    g_assert_true (on_way);
  }
  g_autoptr (GArray) last = tokens_at (from, to, 0.999);
  const SceneRect *r = &g_array_index (last, SceneToken, 0).rect;
  g_assert_cmpfloat_with_epsilon (middle_x (r), 420, 1);
}

static void
test_one_after_the_other (void)
{
  g_autoptr (SceneStill) from = make_still (), to = make_still ();
  scene_still_add_flight (to, FROM, TO, SCENE_ROLE_LEVEL1, "a", 0, 0.5);
  scene_still_add_flight (to, TO, FROM, SCENE_ROLE_OFFSET, "b", 0.5, 1);

  for (double p = 0.02; p < 1; p += 0.07) {
    g_autoptr (GArray) tokens = tokens_at (from, to, p);
    g_assert_cmpuint (tokens->len, <=, 1);
    if (tokens->len == 1)
      g_assert_cmpstr (g_array_index (tokens, SceneToken, 0).flight->text, ==,
                       p < 0.5 ? "a" : "b");
  }
}

/* A wide row is landed on where its text begins. */
static void
test_wide_target (void)
{
  g_autoptr (SceneStill) from = make_still (), to = make_still ();
  SceneId row = SCENE_ID (3, 1, 1);
  add (to, row, (SceneRect){400, 300, 300, 20});
  scene_still_add_flight (to, FROM, row, SCENE_ROLE_LEVEL1, "547", 0, 1);
  g_autoptr (GArray) tokens = tokens_at (from, to, 0.999);
  const SceneToken *token = &g_array_index (tokens, SceneToken, 0);

  g_assert_cmpfloat_with_epsilon (token->rect.x, 400, 1);
}

static void
test_unknown_ends (void)
{
  g_autoptr (SceneStill) to = make_still ();
  scene_still_add_flight (to, SCENE_ID (9, 9, 9), TO, SCENE_ROLE_LEVEL1, "x", 0,
                          1);
  scene_still_add_flight (to, FROM, SCENE_ID (9, 9, 9), SCENE_ROLE_LEVEL1, "y",
                          0, 1);
  scene_still_add_flight (to, FROM, TO, SCENE_ROLE_LEVEL1, "z", 0.5, 0.5);
  scene_still_add_flight (to, FROM, TO, SCENE_ROLE_LEVEL1, NULL, 0, 1);
  g_autoptr (GArray) tokens = tokens_at (NULL, to, 0.5);

  g_assert_cmpuint (tokens->len, ==, 1);
  g_assert_null (g_array_index (tokens, SceneToken, 0).flight->text);
}

static SceneItem *
change (SceneStill *still, SceneId id)
{
  return (SceneItem *) (gpointer) scene_still_find (still, id);
}

/* What is active now is pointed at; what only faded, moved or vanished, or was
 * active before, is not. */
static void
test_differences (void)
{
  g_autoptr (SceneStill) from = make_still (), to = make_still ();
  g_autoptr (GArray) rects = g_array_new (FALSE, FALSE, sizeof (SceneRect));

  scene_motion_differences (from, to, rects);
  g_assert_cmpuint (rects->len, ==, 0);

  add (from, SCENE_ID (5, 1, 1), (SceneRect){0, 500, 10, 10});
  add (to, SCENE_ID (5, 1, 2), (SceneRect){0, 600, 10, 10});
  add (from, SCENE_ID (5, 1, 3), (SceneRect){0, 700, 10, 10})->emphasis
      = SCENE_ACTIVE;
  add (to, SCENE_ID (5, 1, 3), (SceneRect){0, 700, 10, 10})->emphasis
      = SCENE_ACTIVE;
  change (to, FROM)->emphasis = SCENE_STRONG;
  change (to, TO)->emphasis = SCENE_ACTIVE;
  scene_motion_differences (from, to, rects);
  g_assert_cmpuint (rects->len, ==, 1);
  g_assert_cmpfloat (g_array_index (rects, SceneRect, 0).x, ==, 400);
}

/* One frame around a row, not one around each of its cells; none around a
 * whole figure. */
static void
test_differences_nest (void)
{
  g_autoptr (SceneStill) from = scene_still_new (), to = scene_still_new ();
  g_autoptr (GArray) rects = g_array_new (FALSE, FALSE, sizeof (SceneRect));
  static const SceneKind kinds[]
      = {SCENE_PANEL, SCENE_BOX, SCENE_TEXT, SCENE_CHIP, SCENE_CONNECTOR};

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    scene_still_add (to, i + 1, 0, kinds[i],
                     (SceneRect){10 * i, 10 * i, 200 - 30 * i, 200 - 30 * i})
        ->emphasis
        = SCENE_ACTIVE;
  scene_motion_differences (from, to, rects);
  g_assert_cmpuint (rects->len, ==, 1);
  g_assert_cmpfloat (g_array_index (rects, SceneRect, 0).width, ==, 170);
}

static void
test_differences_of_text (void)
{
  g_autoptr (SceneStill) from = make_still (), to = make_still ();
  g_autoptr (GArray) rects = g_array_new (FALSE, FALSE, sizeof (SceneRect));

  change (to, TO)->text = "548";
  scene_motion_differences (from, to, rects);
  g_assert_cmpuint (rects->len, ==, 1);
  g_assert_cmpfloat (g_array_index (rects, SceneRect, 0).x, ==, 400);

  /* Another picture altogether: nothing to point at. */
  for (guint i = 0; i < 20; i++) {
    SceneRect rect = {0, 400 + 20 * i, 10, 10};
    add (from, SCENE_ID (6, 1, i), rect)->text = "a";
    add (to, SCENE_ID (6, 1, i), rect)->text = "b";
  }
  g_array_set_size (rects, 1);
  scene_motion_differences (from, to, rects);
  g_assert_cmpuint (rects->len, ==, 1);
}

/* The smallest panel around a place, and none around what lies across one. */
static void
test_panel (void)
{
  g_autoptr (SceneStill) still = make_still ();
  SceneRect panel;

  scene_still_add (still, SCENE_ID (7, 1, 1), 0, SCENE_PANEL,
                   (SceneRect){1000, 0, 300, 300});
  scene_still_add (still, SCENE_ID (7, 1, 2), 0, SCENE_PANEL,
                   (SceneRect){1010, 10, 100, 100});
  g_assert_true (
      scene_motion_panel (still, (SceneRect){1020, 20, 10, 10}, &panel));
  g_assert_cmpfloat (panel.height, ==, 100);
  g_assert_true (
      scene_motion_panel (still, (SceneRect){1020, 105, 10, 10}, &panel));
  g_assert_cmpfloat (panel.height, ==, 300);
  g_assert_false (
      scene_motion_panel (still, (SceneRect){1020, 295, 10, 10}, &panel));
}

/* Where flights land, all of them; without flights, the first item that the
 * step is about; else nowhere. A connector draws no eye: it leads to what does.
 */
static void
test_focus (void)
{
  g_autoptr (SceneStill) still = make_still ();
  SceneRect rect;

  g_assert_false (scene_motion_focus (still, &rect));
  SceneItem *line = scene_still_add (still, SCENE_ID (0, 1, 1), 0,
                                     SCENE_CONNECTOR, (SceneRect){0});
  line->emphasis = SCENE_ACTIVE;
  scene_still_add_point (still, line, 0, 0);
  scene_still_add_point (still, line, 900, 0);
  g_assert_false (scene_motion_focus (still, &rect));
  add (still, SCENE_ID (3, 1, 1), (SceneRect){10, 10, 20, 20})->emphasis
      = SCENE_ACTIVE;
  add (still, SCENE_ID (3, 1, 2), (SceneRect){50, 40, 30, 20})->emphasis
      = SCENE_ACTIVE;
  g_assert_true (scene_motion_focus (still, &rect));
  g_assert_cmpfloat (rect.x, ==, 10);
  g_assert_cmpfloat (rect.width, ==, 20);

  scene_still_add_flight (still, FROM, TO, SCENE_ROLE_LEVEL1, "547", 0, 1);
  scene_still_add_flight (still, FROM, SCENE_ID (3, 1, 2), SCENE_ROLE_LEVEL1,
                          "547", 0, 1);
  g_assert_true (scene_motion_focus (still, &rect));
  g_assert_cmpfloat (rect.x, ==, 50);
  g_assert_cmpfloat (rect.width, ==, 390);
  g_assert_cmpfloat (rect.height, ==, 280);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/motion/ease", test_ease);
  g_test_add_func ("/motion/nothing-at-the-ends", test_nothing_at_the_ends);
  g_test_add_func ("/motion/from-source-to-target", test_from_source_to_target);
  g_test_add_func ("/motion/reversal", test_reversal);
  g_test_add_func ("/motion/smooth", test_smooth);
  g_test_add_func ("/motion/path", test_path);
  g_test_add_func ("/motion/along-connector", test_along_connector);
  g_test_add_func ("/motion/one-after-the-other", test_one_after_the_other);
  g_test_add_func ("/motion/wide-target", test_wide_target);
  g_test_add_func ("/motion/unknown-ends", test_unknown_ends);
  g_test_add_func ("/motion/differences", test_differences);
  g_test_add_func ("/motion/differences-nest", test_differences_nest);
  g_test_add_func ("/motion/differences-of-text", test_differences_of_text);
  g_test_add_func ("/motion/focus", test_focus);
  g_test_add_func ("/motion/panel", test_panel);
  return g_test_run ();
}
