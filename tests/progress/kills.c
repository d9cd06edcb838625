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

/* The last number told, or `before` if none was. */
static guint
last_told (int pipe, guint before)
{
  guint number;

  while (read (pipe, &number, sizeof number) == sizeof number)
    before = number;
  return before;
}

static guint
run_and_kill (const char *path, guint number, gulong patience)
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
  g_usleep (patience);
  kill (child, SIGKILL);
  waitpid (child, NULL, 0);
  number = last_told (ends[0], number - 1);
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
  guint rounds = g_test_slow () ? 1000 : 60, next = 1;

  for (guint i = 0; i < rounds; i++) {
    gulong patience = (gulong) g_rand_int_range (random, 100, 40000);
    next = check (path, run_and_kill (path, next, patience));
  }
  g_test_message ("%u kills, %u answers", rounds, next - 1);
  g_assert_cmpuint (next, >, 2);
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
