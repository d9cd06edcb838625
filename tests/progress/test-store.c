/* The file of progress: what is written is found again, and damage never stops
 * anybody. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "csv.h"
#include "database.h"
#include "private.h"
#include "store.h"

typedef struct {
  char *folder, *path;
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  place->folder = g_dir_make_tmp ("progress-XXXXXX", NULL);
  place->path = g_build_filename (place->folder, "progress.db", NULL);
}

static void
remove_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (g_remove (path) != 0)
      g_rmdir (path);
  }
  g_rmdir (folder);
}

static void
tear_down (Place *place, gconstpointer data)
{
  remove_all (place->folder);
  g_free (place->folder);
  g_free (place->path);
}

/* Names of files beside the database that begin with a prefix. */
static guint
count_files (const Place *place, const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (place->folder, 0, NULL);
  const char *name;
  guint count = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    count += g_str_has_prefix (name, prefix);
  return count;
}

static ProgressStore *
open_quietly (const Place *place)
{
  char *notice = NULL;
  ProgressStore *store = progress_store_open (place->path, &notice);

  g_assert_cmpstr (notice, ==, NULL);
  g_assert_cmpstr (progress_store_path (store), ==, place->path);
  return store;
}

static ProgressStore *
open_with_notice (const Place *place, const char *says)
{
  g_autofree char *notice = NULL;
  ProgressStore *store = progress_store_open (place->path, &notice);

  g_assert_nonnull (notice);
  g_assert_nonnull (strstr (notice, says));
  return store;
}

static void
answer (ProgressStore *store, const char *question, const char *text,
        LessonMark mark)
{
  const ProgressAnswer given = {.lesson = "walk",
                                .hash = "abc",
                                .question = question,
                                .answer = text,
                                .mark = mark,
                                .right = mark == LESSON_MARK_RIGHT,
                                .total = 1,
                                .seconds = 2.5};
  g_autoptr (GError) error = NULL;

  g_assert_true (progress_store_answer (store, &given, &error));
  g_assert_no_error (error);
}

static void
test_answers (Place *place, gconstpointer data)
{
  g_autoptr (ProgressStore) store = open_quietly (place);
  answer (store, "first", "68", LESSON_MARK_WRONG);
  answer (store, "second", NULL, LESSON_MARK_NOT_SURE);
  answer (store, "first", "0x44; \"quoted\"", LESSON_MARK_RIGHT);
  g_clear_pointer (&store, progress_store_free);

  store = open_quietly (place);
  g_autoptr (GPtrArray) answers = progress_store_answers (store, NULL);
  const ProgressAnswer *last = answers->pdata[2];
  g_assert_cmpuint (answers->len, ==, 3);
  g_assert_cmpstr (last->question, ==, "first");
  g_assert_cmpstr (last->answer, ==, "0x44; \"quoted\"");
  g_assert_cmpstr (last->hash, ==, "abc");
  g_assert_cmpstr (last->generator, ==, NULL);
  g_assert_cmpint (last->mark, ==, LESSON_MARK_RIGHT);
  g_assert_cmpfloat (last->seconds, ==, 2.5);
  g_assert_cmpint (last->time, >, G_GINT64_CONSTANT (1700000000000000));
  const ProgressAnswer *unsure = answers->pdata[1];
  g_assert_cmpstr (unsure->answer, ==, NULL);
  g_assert_cmpint (unsure->mark, ==, LESSON_MARK_NOT_SURE);

  ProgressAnswer *latest = progress_store_latest (store, "walk", "first");
  g_assert_cmpint (latest->mark, ==, LESSON_MARK_RIGHT);
  progress_answer_free (latest);
  g_assert_null (progress_store_latest (store, "walk", "third"));
  g_autoptr (GPtrArray) none = progress_store_answers (store, "other");
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_seeds (Place *place, gconstpointer data)
{
  g_autoptr (ProgressStore) store = open_quietly (place);
  const ProgressAnswer given = {.lesson = "walk",
                                .question = "more",
                                .generator = "split",
                                .seed = G_MAXUINT64 - 1,
                                .answer = "1",
                                .mark = LESSON_MARK_PARTLY,
                                .right = 1,
                                .total = 3,
                                .misconception = "ordinal-not-index",
                                .time = G_GINT64_CONSTANT (1789000000123456)};

  g_assert_true (progress_store_answer (store, &given, NULL));
  ProgressAnswer *kept = progress_store_latest (store, "walk", "more");
  g_assert_cmpuint (kept->seed, ==, G_MAXUINT64 - 1);
  g_assert_cmpstr (kept->generator, ==, "split");
  g_assert_cmpstr (kept->misconception, ==, "ordinal-not-index");
  g_assert_cmpuint (kept->right, ==, 1);
  g_assert_cmpuint (kept->total, ==, 3);
  g_assert_cmpint (kept->time, ==, given.time);
  progress_answer_free (kept);
}

static void
test_seen (Place *place, gconstpointer data)
{
  g_autoptr (ProgressStore) store = open_quietly (place);
  ProgressLesson lesson;

  g_assert_false (progress_store_lesson (store, "walk", &lesson));
  g_assert_cmpuint (lesson.steps, ==, 0);
  g_assert_true (progress_store_see (store, "walk", 0, 9, 80, 4, 60, NULL));
  g_assert_true (progress_store_see (store, "walk", 5, 12, 80, 4, 30, NULL));
  g_assert_true (progress_store_see (store, "walk", 70, 200, 80, 4, 1, NULL));
  g_assert_true (progress_store_see (store, "tlb", 0, 0, 9, 0, 1, NULL));
  answer (store, "a", "1", LESSON_MARK_WRONG);
  answer (store, "a", "2", LESSON_MARK_RIGHT);
  answer (store, "b", "3", LESSON_MARK_WRONG);

  g_assert_true (progress_store_lesson (store, "walk", &lesson));
  g_assert_cmpuint (lesson.step, ==, 80);
  g_assert_cmpuint (lesson.steps, ==, 80);
  g_assert_cmpuint (lesson.seen, ==, 13 + 11);
  g_assert_true (lesson.ended);
  g_assert_cmpuint (lesson.asked, ==, 4);
  g_assert_cmpuint (lesson.answered, ==, 2);
  g_assert_cmpuint (lesson.right, ==, 1);
  g_assert_cmpuint (lesson.attempts, ==, 3);
  g_assert_cmpfloat (lesson.seconds, ==, 91);
  progress_lesson_clear (&lesson);

  g_autoptr (GPtrArray) all = progress_store_lessons (store);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpstr (((ProgressLesson *) all->pdata[0])->lesson, ==, "tlb");
}

/* A lesson that has become shorter, or longer, since. */
static void
test_other_length (Place *place, gconstpointer data)
{
  g_autoptr (ProgressStore) store = open_quietly (place);
  ProgressLesson lesson;

  g_assert_true (progress_store_see (store, "w", 0, 89, 90, 0, 0, NULL));
  g_assert_true (progress_store_lesson (store, "w", &lesson));
  g_assert_false (lesson.ended);
  progress_lesson_clear (&lesson);
  g_assert_true (progress_store_see (store, "w", 0, 90, 90, 0, 0, NULL));
  g_assert_true (progress_store_see (store, "w", 0, 3, 8, 0, 0, NULL));
  g_assert_true (progress_store_see (store, "w", 200, 200, 300, 0, 0, NULL));
  g_assert_true (progress_store_lesson (store, "w", &lesson));
  g_assert_cmpuint (lesson.seen, <=, lesson.steps + 1);
  g_assert_cmpuint (lesson.step, ==, 200);
  progress_lesson_clear (&lesson);
}

static void
test_reset (Place *place, gconstpointer data)
{
  g_autoptr (ProgressStore) store = open_quietly (place);
  ProgressLesson lesson;

  answer (store, "a", "1", LESSON_MARK_RIGHT);
  g_assert_true (progress_store_see (store, "walk", 0, 1, 2, 1, 0, NULL));
  g_assert_true (progress_store_see (store, "tlb", 0, 1, 2, 1, 0, NULL));
  g_assert_true (progress_store_reset (store, "walk", NULL));
  g_assert_false (progress_store_lesson (store, "walk", &lesson));
  g_assert_true (progress_store_lesson (store, "tlb", &lesson));
  progress_lesson_clear (&lesson);
  g_assert_cmpuint (count_files (place, "progress.db.before-reset-"), ==, 1);

  g_assert_true (progress_store_reset (store, NULL, NULL));
  g_assert_false (progress_store_lesson (store, "tlb", &lesson));
}

/* Damage ------------------------------------------------------------------- */

static void
fill (const Place *place, guint answers)
{
  g_autoptr (ProgressStore) store = open_quietly (place);

  for (guint i = 0; i < answers; i++)
    answer (store, "a", "1", LESSON_MARK_RIGHT);
}

static void
remove_backup (const Place *place)
{
  g_autofree char *backup = g_strconcat (place->path, ".bak", NULL);

  g_unlink (backup);
}

static void
overwrite (const Place *place, gsize at, const char *bytes, gsize length)
{
  g_autofree char *data = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (place->path, &data, &size, NULL));
  g_assert_cmpuint (at + length, <=, size);
  memcpy (data + at, bytes, length);
  g_assert_true (g_file_set_contents (place->path, data, (gssize) size, NULL));
}

static void
expect_new_beginning (const Place *place)
{
  g_autoptr (ProgressStore) store = open_with_notice (place, "begin anew");
  g_autoptr (GPtrArray) answers = progress_store_answers (store, NULL);

  g_assert_cmpuint (answers->len, ==, 0);
  g_assert_cmpuint (count_files (place, "progress.db.damaged-"), ==, 1);
  answer (store, "a", "1", LESSON_MARK_RIGHT);
  g_clear_pointer (&store, progress_store_free);
  store = open_quietly (place);
}

static void
test_not_a_database (Place *place, gconstpointer data)
{
  g_assert_true (
      g_file_set_contents (place->path, "Dear diary, today I ...", -1, NULL));
  expect_new_beginning (place);
}

static void
test_broken_head (Place *place, gconstpointer data)
{
  fill (place, 3);
  remove_backup (place);
  overwrite (place, 0, "\xff\xff\xff\xff\xff\xff\xff\xff", 8);
  expect_new_beginning (place);
}

static void
test_broken_pages (Place *place, gconstpointer data)
{
  g_autofree char *rubbish = g_strnfill (4096, 'x');

  fill (place, 400);
  remove_backup (place);
  overwrite (place, 8192, rubbish, 4096);
  expect_new_beginning (place);
}

static void
test_cut_off (Place *place, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize size;

  fill (place, 400);
  remove_backup (place);
  g_assert_true (g_file_get_contents (place->path, &bytes, &size, NULL));
  g_assert_true (
      g_file_set_contents (place->path, bytes, (gssize) size / 2, NULL));
  expect_new_beginning (place);
}

static void
test_other_tables (Place *place, gconstpointer data)
{
  sqlite3 *database;

  g_assert_cmpint (sqlite3_open (place->path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database,
                                 "CREATE TABLE answer (of_all TEXT);"
                                 "INSERT INTO answer VALUES ('42')",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (database);
  expect_new_beginning (place);
}

static void
test_empty_file (Place *place, gconstpointer data)
{
  g_assert_true (g_file_set_contents (place->path, "", 0, NULL));
  g_autoptr (ProgressStore) store = open_quietly (place);
  answer (store, "a", "1", LESSON_MARK_RIGHT);
}

static void
test_backup (Place *place, gconstpointer data)
{
  fill (place, 3);
  remove_backup (place);
  fill (place, 1);
  g_assert_cmpuint (count_files (place, "progress.db.bak"), ==, 1);
  overwrite (place, 0, "\xff\xff\xff\xff\xff\xff\xff\xff", 8);

  g_autoptr (ProgressStore) store = open_with_notice (place, "latest backup");
  g_autoptr (GPtrArray) answers = progress_store_answers (store, NULL);
  g_assert_cmpuint (answers->len, ==, 3);
  g_assert_cmpstr (progress_store_path (store), ==, place->path);
}

static void
test_newer (Place *place, gconstpointer data)
{
  fill (place, 2);
  {
    g_autoptr (ProgressStore) store = open_quietly (place);
    g_assert_true (progress_database_run (store->database,
                                          "PRAGMA user_version = 9", NULL));
  }
  g_autoptr (ProgressStore) store = open_with_notice (place, "newer version");
  g_assert_null (progress_store_path (store));
  answer (store, "a", "1", LESSON_MARK_RIGHT);
  g_assert_cmpuint (count_files (place, "progress.db.damaged-"), ==, 0);
}

/* A folder where the file should be, and a folder that is not there. */
static void
test_nowhere (Place *place, gconstpointer data)
{
  g_assert_cmpint (g_mkdir (place->path, 0700), ==, 0);
  {
    g_autoptr (ProgressStore) store = open_with_notice (place, "not saved");
    answer (store, "a", "1", LESSON_MARK_RIGHT);
    g_autoptr (GPtrArray) answers = progress_store_answers (store, NULL);
    g_assert_cmpuint (answers->len, ==, 1);
    g_assert_true (progress_store_reset (store, NULL, NULL));
  }
  Place gone
      = {place->folder, g_build_filename (place->folder, "no", "f", NULL)};
  g_autoptr (ProgressStore) store = open_with_notice (&gone, "not saved");
  g_assert_null (progress_store_path (store));
  g_free (gone.path);
}

/* What can be read, though not written, is shown. A real read-only mount would
 * need a privilege; the same comes of an immutable open. */
static void
test_read_only (Place *place, gconstpointer data)
{
  fill (place, 3);
  g_assert_cmpint (g_chmod (place->path, 0400), ==, 0);
  g_assert_cmpint (g_chmod (place->folder, 0500), ==, 0);
  if (g_access (place->path, W_OK) == 0) {
    g_test_skip ("a superuser can write to every file");
  } else {
    g_autoptr (ProgressStore) store = open_with_notice (place, "not saved");
    g_autoptr (GPtrArray) answers = progress_store_answers (store, NULL);
    g_assert_cmpuint (answers->len, ==, 3);
    answer (store, "a", "1", LESSON_MARK_RIGHT);
  }
  g_chmod (place->folder, 0700);
}

static void
test_disk_full (Place *place, gconstpointer data)
{
  g_autoptr (ProgressStore) store = open_quietly (place);
  g_autoptr (GError) error = NULL;
  g_autofree char *much = g_strnfill (200000, '1');
  const ProgressAnswer given = {.lesson = "walk",
                                .question = "q",
                                .answer = much,
                                .mark = LESSON_MARK_WRONG};

  answer (store, "a", "1", LESSON_MARK_RIGHT);
  g_assert_true (progress_database_run (store->database,
                                        "PRAGMA max_page_count = 12", NULL));
  g_assert_false (progress_store_answer (store, &given, &error));
  g_assert_error (error, PROGRESS_ERROR, PROGRESS_ERROR_WRITE);
  g_assert_nonnull (strstr (error->message, "full"));
  g_autoptr (GPtrArray) answers = progress_store_answers (store, NULL);
  g_assert_cmpuint (answers->len, ==, 1);
}

/* Two at once -------------------------------------------------------------- */

#define EACH 60

static gpointer
write_many (gpointer data)
{
  const Place *place = data;
  g_autoptr (ProgressStore) store = progress_store_open (place->path, NULL);

  for (guint i = 0; i < EACH; i++) {
    answer (store, "a", "1", LESSON_MARK_RIGHT);
    g_assert_true (progress_store_see (store, "walk", i, i, EACH, 0, 1, NULL));
  }
  return NULL;
}

static void
test_two_at_once (Place *place, gconstpointer data)
{
  GThread *one = g_thread_new ("one", write_many, place);
  GThread *two = g_thread_new ("two", write_many, place);

  g_thread_join (one);
  g_thread_join (two);
  g_autoptr (ProgressStore) store = open_quietly (place);
  g_autoptr (GPtrArray) answers = progress_store_answers (store, NULL);
  ProgressLesson lesson;
  g_assert_cmpuint (answers->len, ==, 2 * EACH);
  g_assert_true (progress_store_lesson (store, "walk", &lesson));
  g_assert_cmpuint (lesson.seen, ==, EACH);
  g_assert_cmpfloat (lesson.seconds, ==, 2 * EACH);
  progress_lesson_clear (&lesson);
}

static void
test_busy (Place *place, gconstpointer data)
{
  g_autoptr (ProgressStore) one = open_quietly (place);
  g_autoptr (ProgressStore) two = open_quietly (place);
  g_autoptr (GError) error = NULL;

  sqlite3_busy_timeout (two->database, 10);
  g_assert_true (
      progress_database_run (one->database, "BEGIN EXCLUSIVE", NULL));
  g_assert_false (progress_store_see (two, "walk", 0, 1, 2, 0, 0, &error));
  g_assert_nonnull (strstr (error->message, "busy"));
  g_assert_true (progress_database_run (one->database, "COMMIT", NULL));
  g_assert_true (progress_store_see (two, "walk", 0, 1, 2, 0, 0, NULL));
}

/* CSV ---------------------------------------------------------------------- */

static void
test_csv (void)
{
  const ProgressAnswer plain = {.lesson = "walk",
                                .question = "q",
                                .answer = "a, \"b\"\nc",
                                .mark = LESSON_MARK_PARTLY,
                                .right = 2,
                                .total = 3,
                                .misconception = "m",
                                .seconds = 1.25,
                                .time = G_GINT64_CONSTANT (1789000000999999)};
  const ProgressAnswer exercise = {.lesson = "walk",
                                   .question = "e",
                                   .generator = "split",
                                   .seed = 7,
                                   .mark = LESSON_MARK_NOT_SURE};
  g_autoptr (GPtrArray) answers = g_ptr_array_new ();

  g_ptr_array_add (answers, (gpointer) &plain);
  g_ptr_array_add (answers, (gpointer) &exercise);
  g_autofree char *csv = progress_csv (answers);
  g_assert_cmpstr (csv, ==,
                   "time,lesson,question,exercise,seed,answer,mark,right,total,"
                   "misconception,seconds\r\n"
                   "2026-09-10T00:26:40Z,walk,q,,,\"a, \"\"b\"\"\nc\",partly,2,"
                   "3,m,1.2\r\n"
                   "1970-01-01T00:00:00Z,walk,e,split,7,,not-sure,0,0,,0.0"
                   "\r\n");
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*test) (Place *, gconstpointer);
  } tests[] = {
      {"/store/answers", test_answers},
      {"/store/seeds", test_seeds},
      {"/store/seen", test_seen},
      {"/store/other-length", test_other_length},
      {"/store/reset", test_reset},
      {"/store/not-a-database", test_not_a_database},
      {"/store/broken-head", test_broken_head},
      {"/store/broken-pages", test_broken_pages},
      {"/store/cut-off", test_cut_off},
      {"/store/other-tables", test_other_tables},
      {"/store/empty-file", test_empty_file},
      {"/store/backup", test_backup},
      {"/store/newer", test_newer},
      {"/store/nowhere", test_nowhere},
      {"/store/read-only", test_read_only},
      {"/store/disk-full", test_disk_full},
      {"/store/two-at-once", test_two_at_once},
      {"/store/busy", test_busy},
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Place, NULL, set_up, tests[i].test, tear_down);
  g_test_add_func ("/csv", test_csv);
  return g_test_run ();
}
