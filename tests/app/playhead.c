/* The playhead: one number that plays, steps, scrubs and pauses. */
#include "playhead.h"

#include <math.h>

#include "check.h"

static void
count_call (GObject *object, GParamSpec *pspec, guint *calls)
{
  (*calls)++;
}

static void
test_step (void)
{
  g_autoptr (PwPlayhead) head = pw_playhead_new (9);

  pw_playhead_go (head, 1);
  g_assert_cmpuint (pw_playhead_get_step (head), ==, 1);
  g_assert_true (pw_playhead_get_moving (head));
  g_assert_cmpfloat (pw_playhead_get_position (head), ==, 0.0);

  pw_playhead_advance (head, 100, 400);
  g_assert_cmpfloat_with_epsilon (pw_playhead_get_position (head), 0.25, 1e-9);
  pw_playhead_advance (head, 1000, 400);
  g_assert_cmpfloat (pw_playhead_get_position (head), ==, 1.0);
  g_assert_false (pw_playhead_get_moving (head));
}

/* Back from the middle of a step runs through the same positions. */
static void
test_reverse (void)
{
  g_autoptr (PwPlayhead) head = pw_playhead_new (9);

  pw_playhead_go (head, 1);
  pw_playhead_advance (head, 100, 400);
  pw_playhead_go (head, 0);
  g_assert_cmpuint (pw_playhead_get_step (head), ==, 0);
  g_assert_cmpfloat_with_epsilon (pw_playhead_get_position (head), 0.25, 1e-9);
  pw_playhead_advance (head, 60, 400);
  g_assert_cmpfloat_with_epsilon (pw_playhead_get_position (head), 0.1, 1e-9);
  pw_playhead_advance (head, 60, 400);
  g_assert_cmpfloat (pw_playhead_get_position (head), ==, 0.0);
}

/* A second step before the first has ended never lags behind. */
static void
test_hurry (void)
{
  g_autoptr (PwPlayhead) head = pw_playhead_new (9);

  pw_playhead_go (head, 1);
  pw_playhead_advance (head, 100, 400);
  pw_playhead_go (head, 2);
  g_assert_cmpuint (pw_playhead_get_step (head), ==, 2);
  g_assert_cmpfloat (pw_playhead_get_position (head), ==, 1.0);
  pw_playhead_go (head, 3);
  g_assert_cmpfloat (pw_playhead_get_position (head), ==, 2.0);
}

static void
test_far (void)
{
  g_autoptr (PwPlayhead) head = pw_playhead_new (9);

  pw_playhead_go (head, 7);
  g_assert_cmpfloat (pw_playhead_get_position (head), ==, 7.0);
  g_assert_false (pw_playhead_get_moving (head));
  pw_playhead_go (head, G_MAXUINT);
  g_assert_cmpuint (pw_playhead_get_step (head), ==, 9);
  pw_playhead_show (head, 4);
  g_assert_cmpfloat (pw_playhead_get_position (head), ==, 3.0);
  g_assert_true (pw_playhead_get_moving (head));
}

/* From halt to halt, through the transition that leads there. */
static void
test_halts (void)
{
  g_autoptr (PwPlayhead) head = pw_playhead_new (9);
  const guint halts[] = {0, 3, 4, 8};

  pw_playhead_set_halts (head, halts, G_N_ELEMENTS (halts));
  pw_playhead_next (head);
  g_assert_cmpuint (pw_playhead_get_step (head), ==, 3);
  g_assert_cmpfloat (pw_playhead_get_position (head), ==, 2.0);
  pw_playhead_next (head);
  g_assert_cmpuint (pw_playhead_get_first (head), ==, 4);
  pw_playhead_next (head);
  g_assert_cmpuint (pw_playhead_get_step (head), ==, 8);
  g_assert_cmpuint (pw_playhead_get_first (head), ==, 5);
  pw_playhead_previous (head);
  g_assert_cmpuint (pw_playhead_get_step (head), ==, 4);
  g_assert_cmpfloat (pw_playhead_get_position (head), ==, 5.0);

  pw_playhead_set_every_step (head, TRUE);
  pw_playhead_next (head);
  g_assert_cmpuint (pw_playhead_get_step (head), ==, 5);
  g_assert_cmpuint (pw_playhead_get_first (head), ==, 5);
  pw_playhead_set_every_step (head, FALSE);
  pw_playhead_previous (head);
  g_assert_cmpuint (pw_playhead_get_step (head), ==, 4);
  pw_playhead_go (head, 8);
  pw_playhead_next (head);
  g_assert_cmpuint (pw_playhead_get_step (head), ==, 9);
  pw_playhead_next (head);
  g_assert_cmpuint (pw_playhead_get_step (head), ==, 9);
  pw_playhead_go (head, 0);
  pw_playhead_previous (head);
  g_assert_cmpuint (pw_playhead_get_step (head), ==, 0);
}

static void
test_halts_play (void)
{
  g_autoptr (PwPlayhead) head = pw_playhead_new (9);
  const guint halts[] = {0, 3, 7};

  pw_playhead_set_halts (head, halts, G_N_ELEMENTS (halts));
  pw_playhead_play (head);
  g_assert_cmpuint (pw_playhead_get_step (head), ==, 3);
  g_assert_true (pw_playhead_get_playing (head));
}

static void
test_scrub (void)
{
  g_autoptr (PwPlayhead) head = pw_playhead_new (9);

  pw_playhead_scrub (head, 3.4);
  g_assert_cmpuint (pw_playhead_get_step (head), ==, 3);
  g_assert_cmpfloat (pw_playhead_get_position (head), ==, 3.4);
  pw_playhead_scrub (head, 3.6);
  g_assert_cmpuint (pw_playhead_get_step (head), ==, 4);
  pw_playhead_settle (head);
  g_assert_true (pw_playhead_get_moving (head));
  pw_playhead_advance (head, 1000, 400);
  g_assert_cmpfloat (pw_playhead_get_position (head), ==, 4.0);
  pw_playhead_scrub (head, -1);
  g_assert_cmpfloat (pw_playhead_get_position (head), ==, 0.0);
  pw_playhead_scrub (head, 99);
  g_assert_cmpuint (pw_playhead_get_step (head), ==, 9);
}

/* Without motion nothing is ever between two steps. */
static void
test_still (void)
{
  g_autoptr (PwPlayhead) head = pw_playhead_new (9);

  pw_playhead_go (head, 1);
  pw_playhead_advance (head, 100, 400);
  pw_playhead_set_motion (head, FALSE);
  g_assert_cmpfloat (pw_playhead_get_position (head), ==, 1.0);
  pw_playhead_go (head, 2);
  g_assert_false (pw_playhead_get_moving (head));
  g_assert_cmpfloat (pw_playhead_get_position (head), ==, 2.0);
  pw_playhead_scrub (head, 5.4);
  g_assert_cmpfloat (pw_playhead_get_position (head), ==, 5.0);
}

static void
test_play (void)
{
  g_autoptr (PwPlayhead) head = pw_playhead_new (4);
  const guint stop = 2;

  pw_playhead_set_speed (head, 100);
  g_assert_cmpfloat (pw_playhead_get_speed (head), ==, 4.0);
  pw_playhead_set_motion (head, FALSE);
  pw_playhead_set_stops (head, &stop, 1);

  pw_playhead_play (head);
  g_assert_true (pw_playhead_get_playing (head));
  check_wait (!pw_playhead_get_playing (head));
  g_assert_cmpuint (pw_playhead_get_step (head), ==, 2);

  pw_playhead_play (head);
  check_wait (!pw_playhead_get_playing (head));
  g_assert_cmpuint (pw_playhead_get_step (head), ==, 4);

  /* From the end it begins again; a step by hand ends it. */
  pw_playhead_play (head);
  g_assert_cmpuint (pw_playhead_get_step (head), ==, 1);
  pw_playhead_go (head, 3);
  g_assert_false (pw_playhead_get_playing (head));
}

static void
test_nothing_to_play (void)
{
  g_autoptr (PwPlayhead) head = pw_playhead_new (0);

  pw_playhead_play (head);
  g_assert_false (pw_playhead_get_playing (head));
  pw_playhead_go (head, 3);
  g_assert_cmpuint (pw_playhead_get_step (head), ==, 0);
}

/* Who listens to the step sees the new position, and hears of each once. */
static void
test_notify (void)
{
  g_autoptr (PwPlayhead) head = pw_playhead_new (9);
  guint steps = 0, positions = 0;

  g_signal_connect (head, "notify::step", G_CALLBACK (count_call), &steps);
  g_signal_connect (head, "notify::position", G_CALLBACK (count_call),
                    &positions);
  pw_playhead_go (head, 5);
  pw_playhead_go (head, 5);
  g_assert_cmpuint (steps, ==, 1);
  g_assert_cmpuint (positions, ==, 1);
}

/* A playhead that is let go while it waits leaves nothing behind. */
static void
test_release (void)
{
  PwPlayhead *head = pw_playhead_new (4);

  pw_playhead_set_motion (head, FALSE);
  pw_playhead_play (head);
  g_object_add_weak_pointer (G_OBJECT (head), (gpointer *) &head);
  g_object_unref (head);
  g_assert_null (head);
  check_settle ();
}

int
main (int argc, char **argv)
{
  check_init (&argc, &argv);
  g_test_add_func ("/playhead/step", test_step);
  g_test_add_func ("/playhead/reverse", test_reverse);
  g_test_add_func ("/playhead/hurry", test_hurry);
  g_test_add_func ("/playhead/far", test_far);
  g_test_add_func ("/playhead/scrub", test_scrub);
  g_test_add_func ("/playhead/halts", test_halts);
  g_test_add_func ("/playhead/halts-play", test_halts_play);
  g_test_add_func ("/playhead/still", test_still);
  g_test_add_func ("/playhead/play", test_play);
  g_test_add_func ("/playhead/nothing-to-play", test_nothing_to_play);
  g_test_add_func ("/playhead/notify", test_notify);
  g_test_add_func ("/playhead/release", test_release);
  return g_test_run ();
}
