/* What a reader has done: written down as it happens. */
#include "store.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "database.h"
#include "private.h"

/* A lesson has at most this many steps that are told apart; later ones count
 * as one. */
#define MOST_STEPS 100000u

static char *
own_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "pagewalk", "progress.db",
                           NULL);
}

static gint64
time_or_now (gint64 time)
{
  return time != 0 ? time : g_get_real_time ();
}

/* Opening ------------------------------------------------------------------ */

ProgressStore *
progress_store_open (const char *path, char **notice)
{
  ProgressStore *store = g_new0 (ProgressStore, 1);
  g_autofree char *said = NULL;

  store->path = path != NULL ? g_strdup (path) : own_path ();
  if (path == NULL) {
    g_autofree char *folder = g_path_get_dirname (store->path);
    g_mkdir_with_parents (folder, 0700);
  }
  store->database
      = progress_database_open (store->path, &store->in_memory, &said);
  if (notice != NULL)
    *notice = g_steal_pointer (&said);
  return store;
}

void
progress_store_free (ProgressStore *store)
{
  if (store == NULL)
    return;
  sqlite3_close (store->database);
  g_free (store->path);
  g_free (store);
}

const char *
progress_store_path (const ProgressStore *store)
{
  return store->in_memory ? NULL : store->path;
}

/* Steps seen --------------------------------------------------------------- */

/* The bits of the steps seen so far, as many as the lesson has. */
static GByteArray *
load_seen (ProgressStore *store, const char *lesson, guint steps,
           GError **error)
{
  GByteArray *seen = g_byte_array_new ();
  sqlite3_stmt *ask = progress_database_ask (
      store->database, error, "SELECT seen FROM lesson WHERE id = ?", "s",
      lesson);

  if (ask != NULL && sqlite3_step (ask) == SQLITE_ROW) {
    const guint8 *bytes = sqlite3_column_blob (ask, 0);
    g_byte_array_append (seen, bytes, (guint) sqlite3_column_bytes (ask, 0));
  }
  sqlite3_finalize (ask);

  guint size = steps / 8 + 1, had = seen->len;
  g_byte_array_set_size (seen, size);
  if (size > had)
    memset (seen->data + had, 0, size - had);
  return seen;
}

static gboolean
save_seen (ProgressStore *store, const char *lesson, guint last, guint steps,
           guint questions, double seconds, const GByteArray *seen,
           GError **error)
{
  gint64 now = g_get_real_time ();
  sqlite3_stmt *put = progress_database_ask (
      store->database, error,
      "INSERT INTO lesson VALUES (?1, ?2, ?3, ?4, ?8, ?5, ?6, ?6)"
      " ON CONFLICT (id) DO UPDATE SET step = ?2, steps = ?3, questions = ?4,"
      " seconds = seconds + ?5, last = ?6, seen = ?8",
      "siiidi", lesson, (gint64) last, (gint64) steps, (gint64) questions,
      seconds, now);

  if (put == NULL)
    return FALSE;
  sqlite3_bind_blob (put, 8, seen->data, (int) seen->len, SQLITE_TRANSIENT);
  return progress_database_finish (store->database, put, error);
}

/* Ends a transaction; what failed is undone. */
static gboolean
end_transaction (ProgressStore *store, gboolean done, GError **error)
{
  if (done && progress_database_run (store->database, "COMMIT", error))
    return TRUE;
  if (!sqlite3_get_autocommit (store->database))
    sqlite3_exec (store->database, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

gboolean
progress_store_see (ProgressStore *store, const char *lesson, guint first,
                    guint last, guint steps, guint questions, double seconds,
                    GError **error)
{
  g_autoptr (GByteArray) seen = NULL;
  gboolean done;

  steps = MIN (steps, MOST_STEPS);
  last = MIN (last, steps);
  if (!progress_database_run (store->database, "BEGIN IMMEDIATE", error))
    return FALSE;
  seen = load_seen (store, lesson, steps, error);
  for (guint i = MIN (first, last); i <= last; i++)
    seen->data[i / 8] |= (guint8) (1u << i % 8);
  done = save_seen (store, lesson, last, steps, questions, MAX (seconds, 0),
                    seen, error);
  return end_transaction (store, done, error);
}

/* Answers ------------------------------------------------------------------ */

gboolean
progress_store_answer (ProgressStore *store, const ProgressAnswer *answer,
                       GError **error)
{
  sqlite3_stmt *put = progress_database_ask (
      store->database, error,
      "INSERT INTO answer (lesson, hash, question, generator, seed, answer,"
      " mark, right, total, misconception, seconds, time)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      "ssssissiisdi", answer->lesson, answer->hash, answer->question,
      answer->generator, (gint64) answer->seed, answer->answer,
      lesson_mark_name (answer->mark), (gint64) answer->right,
      (gint64) answer->total, answer->misconception, answer->seconds,
      time_or_now (answer->time));

  if (put == NULL)
    return FALSE;
  return progress_database_finish (store->database, put, error);
}

/* Forgetting --------------------------------------------------------------- */

static gboolean
keep_copy (ProgressStore *store, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%dT%H%M%SZ");
  g_autofree char *copy
      = g_strdup_printf ("%s.before-reset-%s", store->path, stamp);

  if (store->in_memory || progress_database_copy (store->database, copy))
    return TRUE;
  g_set_error (error, PROGRESS_ERROR, PROGRESS_ERROR_WRITE,
               _ ("Nothing was deleted: a copy of your progress could not be "
                  "made first."));
  return FALSE;
}

static gboolean
delete_from (ProgressStore *store, const char *sql, const char *lesson,
             GError **error)
{
  sqlite3_stmt *statement
      = progress_database_ask (store->database, error, sql, "s", lesson);

  return statement != NULL
         && progress_database_finish (store->database, statement, error);
}

gboolean
progress_store_reset (ProgressStore *store, const char *lesson, GError **error)
{
  gboolean done;

  if (!keep_copy (store, error)
      || !progress_database_run (store->database, "BEGIN IMMEDIATE", error))
    return FALSE;
  done = delete_from (store,
                      "DELETE FROM answer WHERE ?1 IS NULL OR lesson = ?1",
                      lesson, error)
         && delete_from (store,
                         "DELETE FROM lesson WHERE ?1 IS NULL OR id = ?1",
                         lesson, error);
  return end_transaction (store, done, error);
}
