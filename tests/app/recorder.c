/* What a reader does is written down: steps, answers, and time that is spent
 * in the active window; and what the library says of it. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "recorder.h"
#include "standing.h"

typedef struct {
  char *folder, *path;
  PwRecorder *recorder;
  GPtrArray *told;
} Fixture;

static void
on_tell (const char *message, gpointer data)
{
  g_ptr_array_add (((Fixture *) data)->told, g_strdup (message));
}

static void
reopen (Fixture *f)
{
  g_clear_pointer (&f->recorder, pw_recorder_free);
  f->recorder = pw_recorder_new (f->path);
  pw_recorder_set_tell (f->recorder, on_tell, f);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("recorder-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "progress.db", NULL);
  f->told = g_ptr_array_new_with_free_func (g_free);
  reopen (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;

  pw_recorder_free (f->recorder);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (f->folder, name, NULL);
    g_remove (path);
  }
  g_rmdir (f->folder);
  g_free (f->folder);
  g_free (f->path);
  g_ptr_array_unref (f->told);
}

static ProgressLesson
lesson_of (Fixture *f, const char *id)
{
  ProgressLesson lesson;

  progress_store_lesson (pw_recorder_get_store (f->recorder), id, &lesson);
  progress_lesson_clear (&lesson);
  return lesson;
}

/* In any order, with leaps, and each once. */
static void
test_steps (Fixture *f, gconstpointer data)
{
  const guint steps[] = {0, 1, 2, 9, 3, 2, 7, 8};

  pw_recorder_begin (f->recorder, "walk", "h", 20, 3);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    pw_recorder_step (f->recorder, steps[i], steps[i]);
  g_assert_cmpuint (lesson_of (f, "walk").seen, ==, 0);
  g_assert_true (pw_recorder_flush (f->recorder));
  g_assert_cmpuint (lesson_of (f, "walk").seen, ==, 7);
  g_assert_cmpuint (lesson_of (f, "walk").step, ==, 8);
  pw_recorder_step (f->recorder, 20, 20);
  pw_recorder_end (f->recorder);
  reopen (f);
  g_assert_cmpuint (lesson_of (f, "walk").seen, ==, 8);
  g_assert_cmpuint (lesson_of (f, "walk").step, ==, 20);
  g_assert_cmpuint (lesson_of (f, "walk").asked, ==, 3);
  g_assert_true (lesson_of (f, "walk").ended);
  g_assert_cmpuint (f->told->len, ==, 0);
}

/* Another lesson ends the one before. */
static void
test_two (Fixture *f, gconstpointer data)
{
  pw_recorder_begin (f->recorder, "walk", NULL, 20, 0);
  pw_recorder_step (f->recorder, 4, 4);
  pw_recorder_begin (f->recorder, "tlb", NULL, 9, 0);
  pw_recorder_step (f->recorder, 5, 5);
  pw_recorder_end (f->recorder);
  pw_recorder_step (f->recorder, 6, 6);
  g_assert_cmpuint (lesson_of (f, "walk").step, ==, 4);
  g_assert_cmpuint (lesson_of (f, "tlb").step, ==, 5);
  g_assert_cmpuint (lesson_of (f, "tlb").seen, ==, 1);
}

/* The time that the window was looked at counts, and no other. */
static void
test_time (Fixture *f, gconstpointer data)
{
  gint64 begun;
  double active;

  pw_recorder_begin (f->recorder, "walk", NULL, 20, 0);
  pw_recorder_step (f->recorder, 1, 1);
  g_usleep (40000);
  pw_recorder_flush (f->recorder);
  g_assert_cmpfloat (lesson_of (f, "walk").seconds, ==, 0);
  begun = g_get_monotonic_time ();
  pw_recorder_set_active (f->recorder, TRUE);
  g_usleep (40000);
  pw_recorder_set_active (f->recorder, FALSE);
  active = (double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC;
  g_usleep (100000);
  pw_recorder_end (f->recorder);
  g_assert_cmpfloat (lesson_of (f, "walk").seconds, >=, 0.04);
  g_assert_cmpfloat (lesson_of (f, "walk").seconds, <=, active);
}

/* It is on the disk at once: another program sees it. */
static void
test_answer (Fixture *f, gconstpointer data)
{
  ProgressAnswer answer = {.question = "q",
                           .answer = "68",
                           .mark = LESSON_MARK_RIGHT,
                           .right = 1,
                           .total = 1};
  g_autoptr (ProgressStore) other = progress_store_open (f->path, NULL);

  g_assert_false (pw_recorder_answer (f->recorder, &answer));
  pw_recorder_begin (f->recorder, "walk", "abc", 20, 3);
  pw_recorder_set_active (f->recorder, TRUE);
  g_usleep (20000);
  g_assert_true (pw_recorder_answer (f->recorder, &answer));

  ProgressAnswer *kept = progress_store_latest (other, "walk", "q");
  g_assert_nonnull (kept);
  g_assert_cmpstr (kept->answer, ==, "68");
  g_assert_cmpstr (kept->hash, ==, "abc");
  g_assert_cmpfloat (kept->seconds, >=, 0.02);
  progress_answer_free (kept);
}

/* What cannot be written is told once, kept, and written later. */
static void
test_refused (Fixture *f, gconstpointer data)
{
  g_autoptr (ProgressStore) other = progress_store_open (f->path, NULL);
  g_autofree char *journal = g_strconcat (f->path, "-journal", NULL);

  /* Where its journal should be made there is something else. */
  pw_recorder_begin (f->recorder, "walk", NULL, 20, 0);
  g_assert_cmpint (g_mkdir (journal, 0700), ==, 0);
  pw_recorder_step (f->recorder, 3, 3);
  g_assert_false (pw_recorder_flush (f->recorder));
  g_assert_false (pw_recorder_flush (f->recorder));
  g_assert_cmpuint (f->told->len, ==, 1);
  g_assert_cmpint (g_rmdir (journal), ==, 0);
  g_assert_true (pw_recorder_flush (f->recorder));
  g_assert_cmpuint (lesson_of (f, "walk").seen, ==, 1);
}

static void
test_notice (Fixture *f, gconstpointer data)
{
  pw_recorder_free (f->recorder);
  g_assert_true (g_file_set_contents (f->path,
                                      "not a database, but long "
                                      "enough to be looked at",
                                      -1, NULL));
  f->recorder = NULL;
  reopen (f);
  g_assert_cmpuint (f->told->len, ==, 1);
  pw_recorder_set_tell (f->recorder, on_tell, f);
  g_assert_cmpuint (f->told->len, ==, 1);
}

/* Standings ----------------------------------------------------------------
 */

static void
test_standing (void)
{
  ProgressLesson lesson
      = {.steps = 78, .seen = 31, .asked = 3, .right = 2, .answered = 2};
  PwSum sum = {0};

  g_autofree char *text = pw_standing_text (&lesson);
  g_assert_cmpstr (text, ==, "31 of 78 steps · 2 of 3 questions right");
  g_assert_false (pw_standing_is_done (&lesson));
  lesson.ended = TRUE;
  g_assert_false (pw_standing_is_done (&lesson));
  lesson.answered = 3;
  g_assert_true (pw_standing_is_done (&lesson));
  g_assert_false (pw_standing_is_done (NULL));

  pw_sum_add (&sum, &lesson);
  pw_sum_add (&sum, NULL);
  lesson.seen = 79;
  pw_sum_add (&sum, &lesson);
  g_assert_cmpuint (sum.lessons, ==, 3);
  g_assert_cmpuint (sum.begun, ==, 2);
  g_assert_cmpuint (sum.done, ==, 2);
  g_assert_cmpfloat (sum.share, ==, 31 / 79.0 + 1);
  g_autofree char *all = pw_sum_text (&sum);
  g_assert_cmpstr (all, ==, "109 of 156 steps · 4 of 6 questions right");
}

static void
check_time (double seconds, const char *expected)
{
  g_autofree char *text = pw_time_text (seconds);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_times (void)
{
  GDateTime *noon = g_date_time_new_local (2026, 11, 21, 12, 0, 0);
  gint64 now = g_date_time_to_unix (noon) * G_USEC_PER_SEC;
  gint64 hour = (gint64) 3600 * G_USEC_PER_SEC;
  g_autofree char *today = pw_moment_text (now - hour, now);
  g_autofree char *yesterday = pw_moment_text (now - 20 * hour, now);
  g_autofree char *before = pw_moment_text (now - 48 * hour, now);

  g_assert_cmpstr (today, ==, "today, 11:00");
  g_assert_cmpstr (yesterday, ==, "yesterday, 16:00");
  g_assert_cmpstr (before, ==, "2026-11-19");
  check_time (0, "0 min");
  check_time (20, "under 1 min");
  check_time (1534, "26 min");
  check_time (3900, "1 h 5 min");
  g_date_time_unref (noon);
}

#define ADD(name, test)                                                        \
  g_test_add ("/recorder/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("steps", test_steps);
  ADD ("two", test_two);
  ADD ("time", test_time);
  ADD ("answer", test_answer);
  ADD ("refused", test_refused);
  ADD ("notice", test_notice);
  g_test_add_func ("/standing/lesson", test_standing);
  g_test_add_func ("/standing/times", test_times);
  return g_test_run ();
}
