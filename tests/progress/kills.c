/* A program that writes answers is killed at random moments: no answer that it
 * was told is safe may be missing, and the file always opens. */
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store.h"

/* Writes answers until it is killed, and tells each number that is safe. */
static void
write_answers (const char *path, guint number, int pipe)
{
  g_autoptr (ProgressStore) store = progress_store_open (path, NULL);

  for (;; number++) {
    char text[16];
    const ProgressAnswer answer = {.lesson = "walk",
                                   .question = "q",
                                   .seed = number,
                                   .answer = text,
                                   .mark = LESSON_MARK_RIGHT};
    g_snprintf (text, sizeof text, "%u", number);
    if (!progress_store_answer (store, &answer, NULL)
        || !progress_store_see (store, "walk", number % 50, number % 50, 50, 1,
                                1, NULL)
        || write (pipe, &number, sizeof number) != sizeof number)
      _exit (1);
  }
}

/* Reads what is told until `count` more answers are safe, or, with a count of
 * -1, until nothing more can come. Returns the last number, or `before`. */
static guint
listen (int pipe, gint count, guint before)
{
  guint number;

  for (gint n = 0; n != count; n++) {
    if (read (pipe, &number, sizeof number) != sizeof number)
      break;
    before = number;
  }
  return before;
}

/* When to kill: so long after so many more answers were told to be safe. With
 * none it can be while the file is still being opened. */
typedef struct {
  gint answers;
  gulong microseconds;
} Moment;

/* Mostly while an answer is being written, seldom at the very beginning. */
static Moment
random_moment (GRand *random)
{
  if (g_rand_int_range (random, 0, 10) == 0)
    return (Moment){0, (gulong) g_rand_int_range (random, 100, 40000)};
  return (Moment){g_rand_int_range (random, 1, 4),
                  (gulong) g_rand_int_range (random, 0, 5000)};
}

static guint
run_and_kill (const char *path, guint number, Moment moment)
{
  int ends[2];
  pid_t child;

  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  if (child == 0) {
    close (ends[0]);
    write_answers (path, number, ends[1]);
  }
  close (ends[1]);
  number = listen (ends[0], moment.answers, number - 1);
  g_usleep (moment.microseconds);
  kill (child, SIGKILL);
  waitpid (child, NULL, 0);
  number = listen (ends[0], -1, number);
  close (ends[0]);
  return number;
}

/* Every number up to the last one told is there; one more may be. Returns the
 * number to go on with. */
static guint
check (const char *path, guint told)
{
  g_autofree char *notice = NULL;
  g_autoptr (ProgressStore) store = progress_store_open (path, &notice);
  g_autoptr (GPtrArray) answers = progress_store_answers (store, NULL);

  g_assert_cmpstr (notice, ==, NULL);
  g_assert_cmpuint (answers->len, >=, told);
  g_assert_cmpuint (answers->len, <=, told + 1);
  for (guint i = 0; i < answers->len; i++)
    g_assert_cmpuint (((ProgressAnswer *) answers->pdata[i])->seed, ==, i + 1);
  return answers->len + 1;
}

static void
test_kills (void)
{
  g_autofree char *folder = g_dir_make_tmp ("kills-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "progress.db", NULL);
  g_autofree char *remove = g_strdup_printf ("rm -r '%s'", folder);
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  guint rounds = g_test_slow () ? 1000 : 60, next = 1, told = 0, cut = 0;

  for (guint i = 0; i < rounds; i++) {
    guint last = run_and_kill (path, next, random_moment (random));
    told += last + 1 - next;
    next = check (path, last);
    cut += next - 1 > last;
  }
  g_test_message ("%u kills, %u answers told to be safe, %u more were", rounds,
                  told, cut);
  g_assert_cmpuint (told, >=, rounds);
  g_assert_cmpint (g_spawn_command_line_sync (remove, NULL, NULL, NULL, NULL),
                   ==, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/kills", test_kills);
  return g_test_run ();
}
