/* The file of progress as SQLite sees it: opened, healed, saved. */
#include "database.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* How long one program waits for the other, in milliseconds. */
#define PATIENCE 3000
#define PAUSE 5 /* milliseconds between two looks at a busy file */

/* A backup younger than this is good enough, in seconds. */
#define DAY (24 * 60 * 60)

#define VERSION 1

static const char tables[]
    = "BEGIN IMMEDIATE;"
      "CREATE TABLE IF NOT EXISTS lesson ("
      " id TEXT PRIMARY KEY, step INTEGER NOT NULL, steps INTEGER NOT NULL,"
      " questions INTEGER NOT NULL, seen BLOB NOT NULL,"
      " seconds REAL NOT NULL, opened INTEGER NOT NULL, last INTEGER NOT NULL"
      ") WITHOUT ROWID;"
      "CREATE TABLE IF NOT EXISTS answer ("
      " number INTEGER PRIMARY KEY, lesson TEXT NOT NULL, hash TEXT,"
      " question TEXT NOT NULL, generator TEXT, seed INTEGER NOT NULL,"
      " answer TEXT, mark TEXT NOT NULL, right INTEGER NOT NULL,"
      " total INTEGER NOT NULL, misconception TEXT, seconds REAL NOT NULL,"
      " time INTEGER NOT NULL);"
      "CREATE INDEX IF NOT EXISTS answer_of ON answer (lesson, question);"
      "PRAGMA user_version = 1;"
      "COMMIT;";

G_DEFINE_QUARK (pagewalk - progress, progress_error)

static void
set_error (GError **error, sqlite3 *database)
{
  int code = sqlite3_errcode (database);
  ProgressErrorCode kind = code == SQLITE_CORRUPT || code == SQLITE_NOTADB
                               ? PROGRESS_ERROR_READ
                               : PROGRESS_ERROR_WRITE;

  switch (code & 0xff) {
  case SQLITE_FULL:
    g_set_error (error, PROGRESS_ERROR, kind,
                 _ ("The disk is full: your progress could not be saved."));
    break;
  case SQLITE_READONLY:
  case SQLITE_CANTOPEN:
  case SQLITE_PERM:
    g_set_error (error, PROGRESS_ERROR, kind,
                 _ ("The file of your progress cannot be written."));
    break;
  case SQLITE_BUSY:
    g_set_error (error, PROGRESS_ERROR, kind,
                 _ ("Another program keeps the file of your progress busy."));
    break;
  default:
    /* Translators: SQLite's own words, in English. */
    g_set_error (error, PROGRESS_ERROR, kind,
                 _ ("Your progress could not be saved: %s."),
                 sqlite3_errmsg (database));
    break;
  }
}

gboolean
progress_database_run (sqlite3 *database, const char *sql, GError **error)
{
  if (sqlite3_exec (database, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  set_error (error, database);
  if (!sqlite3_get_autocommit (database))
    sqlite3_exec (database, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

static void
bind (sqlite3_stmt *statement, const char *types, va_list values)
{
  for (int i = 0; types[i] != '\0'; i++)
    switch (types[i]) {
    case 's':
      sqlite3_bind_text (statement, i + 1, va_arg (values, const char *), -1,
                         SQLITE_TRANSIENT);
      break;
    case 'd':
      sqlite3_bind_double (statement, i + 1, va_arg (values, double));
      break;
    default:
      sqlite3_bind_int64 (statement, i + 1, va_arg (values, gint64));
      break;
    }
}

sqlite3_stmt *
progress_database_ask (sqlite3 *database, GError **error, const char *sql,
                       const char *types, ...)
{
  sqlite3_stmt *statement = NULL;
  va_list values;

  if (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL) != SQLITE_OK) {
    set_error (error, database);
    return NULL;
  }
  va_start (values, types);
  bind (statement, types, values);
  va_end (values);
  return statement;
}

gboolean
progress_database_finish (sqlite3 *database, sqlite3_stmt *statement,
                          GError **error)
{
  int code = sqlite3_step (statement);

  while (code == SQLITE_ROW)
    code = sqlite3_step (statement);
  if (code != SQLITE_DONE)
    set_error (error, database);
  sqlite3_finalize (statement);
  return code == SQLITE_DONE;
}

/* Copying ------------------------------------------------------------------ */

static gboolean
copy_pages (sqlite3 *from, sqlite3 *to)
{
  sqlite3_backup *backup = sqlite3_backup_init (to, "main", from, "main");

  if (backup == NULL)
    return FALSE;
  sqlite3_backup_step (backup, -1);
  return sqlite3_backup_finish (backup) == SQLITE_OK;
}

gboolean
progress_database_copy (sqlite3 *database, const char *to)
{
  g_autofree char *part = g_strconcat (to, ".part", NULL);
  sqlite3 *copy = NULL;
  gboolean done = FALSE;

  g_unlink (part);
  if (sqlite3_open (part, &copy) == SQLITE_OK)
    done = copy_pages (database, copy);
  done = sqlite3_close (copy) == SQLITE_OK && done;
  if (done && g_rename (part, to) == 0)
    return TRUE;
  g_unlink (part);
  return FALSE;
}

static gboolean
is_old (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) != 0
         || info.st_mtime + DAY < g_get_real_time () / G_USEC_PER_SEC;
}

/* A backup is made of what has just been found to be sound. */
static void
back_up (sqlite3 *database, const char *path)
{
  g_autofree char *backup = g_strconcat (path, ".bak", NULL);

  if (is_old (backup))
    progress_database_copy (database, backup);
}

/* Opening ------------------------------------------------------------------ */

/* What became of a try to open a file. */
typedef enum {
  OPENED,
  DAMAGED, /* not a database, or not whole: to be set aside */
  NEWER,   /* written by a later version of the program: to be left alone */
  REFUSED  /* no right to it, or no room */
} Outcome;

/* The file is a rollback-journal database whatever it was before. */
static const char settings[] = "PRAGMA journal_mode = DELETE;"
                               "PRAGMA synchronous = FULL;"
                               "PRAGMA foreign_keys = ON;"
                               "PRAGMA trusted_schema = OFF;";

static gboolean
pragma_is (sqlite3 *database, const char *sql, const char *expected)
{
  sqlite3_stmt *statement;
  gboolean is = FALSE;

  if (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL) != SQLITE_OK)
    return FALSE;
  if (sqlite3_step (statement) == SQLITE_ROW)
    is = g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), expected)
         == 0;
  sqlite3_finalize (statement);
  return is;
}

static int
version_of (sqlite3 *database)
{
  sqlite3_stmt *statement;
  int version = 0;

  if (sqlite3_prepare_v2 (database, "PRAGMA user_version", -1, &statement, NULL)
      != SQLITE_OK)
    return 0;
  if (sqlite3_step (statement) == SQLITE_ROW)
    version = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return version;
}

static gboolean
is_damage (sqlite3 *database)
{
  int code = sqlite3_errcode (database) & 0xff;

  return code == SQLITE_NOTADB || code == SQLITE_CORRUPT;
}

/* Tables of other columns, under our names, are damage as well. */
static gboolean
has_our_columns (sqlite3 *database)
{
  static const char *const probes[]
      = {"SELECT id, step, steps, questions, seen, seconds, opened, last"
         " FROM lesson LIMIT 0",
         "SELECT number, lesson, hash, question, generator, seed, answer, mark,"
         " right, total, misconception, seconds, time FROM answer LIMIT 0"};

  for (gsize i = 0; i < G_N_ELEMENTS (probes); i++)
    if (sqlite3_exec (database, probes[i], NULL, NULL, NULL) != SQLITE_OK)
      return FALSE;
  return TRUE;
}

/* SQLite's own handler waits ever longer, and whoever writes much is first
 * again and again: with short waits each comes to its turn. */
static int
wait_for_turn (void *data G_GNUC_UNUSED, int tries)
{
  if (tries >= PATIENCE / PAUSE)
    return 0;
  g_usleep (PAUSE * 1000);
  return 1;
}

static Outcome
prepare (sqlite3 *database)
{
  sqlite3_busy_handler (database, wait_for_turn, NULL);
  if (sqlite3_exec (database, settings, NULL, NULL, NULL) != SQLITE_OK)
    return is_damage (database) ? DAMAGED : REFUSED;
  if (version_of (database) > VERSION)
    return NEWER;
  if (!pragma_is (database, "PRAGMA quick_check(1)", "ok"))
    return is_damage (database) || sqlite3_errcode (database) == SQLITE_OK
                   || sqlite3_errcode (database) == SQLITE_ROW
                   || sqlite3_errcode (database) == SQLITE_DONE
               ? DAMAGED
               : REFUSED;
  if (version_of (database) == VERSION)
    return has_our_columns (database) ? OPENED : DAMAGED;
  if (sqlite3_exec (database, tables, NULL, NULL, NULL) == SQLITE_OK)
    return has_our_columns (database) ? OPENED : DAMAGED;

  Outcome outcome = is_damage (database)
                            || sqlite3_errcode (database) == SQLITE_ERROR
                        ? DAMAGED
                        : REFUSED;
  if (!sqlite3_get_autocommit (database))
    sqlite3_exec (database, "ROLLBACK", NULL, NULL, NULL);
  return outcome;
}

static Outcome
try_open (const char *path, sqlite3 **database)
{
  Outcome outcome = REFUSED;

  if (sqlite3_open_v2 (path, database,
                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL)
          == SQLITE_OK
      && !sqlite3_db_readonly (*database, "main"))
    outcome = prepare (*database);
  if (outcome == OPENED)
    return OPENED;
  sqlite3_close (*database);
  *database = NULL;
  return outcome;
}

/* Gives a damaged file another name; the journal goes along, for without it
 * nobody could ever mend the file. Returns the name. */
static char *
set_aside (const char *path)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%dT%H%M%SZ");
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);
  char *aside = g_strdup_printf ("%s.damaged-%s", path, stamp);
  g_autofree char *journal_aside = g_strconcat (aside, "-journal", NULL);

  if (g_rename (path, aside) != 0) {
    g_free (aside);
    return NULL;
  }
  g_rename (journal, journal_aside);
  return aside;
}

/* Puts the backup, if it is sound, in the place of the file. */
static gboolean
restore (const char *path)
{
  g_autofree char *backup = g_strconcat (path, ".bak", NULL);
  sqlite3 *database = NULL;
  gboolean restored = FALSE;

  if (!g_file_test (backup, G_FILE_TEST_IS_REGULAR))
    return FALSE;
  if (try_open (backup, &database) == OPENED)
    restored = progress_database_copy (database, path);
  sqlite3_close (database);
  return restored;
}

/* Sets the damaged file aside and opens what takes its place. */
static Outcome
heal (const char *path, sqlite3 **database, char **notice)
{
  g_autofree char *aside = set_aside (path);
  g_autofree char *name = NULL;

  if (aside == NULL)
    return REFUSED;
  name = g_path_get_basename (aside);
  if (restore (path))
    /* Translators: the name of a file. */
    *notice = g_strdup_printf (_ ("The file of your progress was damaged and "
                                  "is kept as “%s”. You go on from the "
                                  "latest backup."),
                               name);
  else
    /* Translators: the name of a file. */
    *notice = g_strdup_printf (_ ("The file of your progress was damaged and "
                                  "is kept as “%s”. You begin anew."),
                               name);
  return try_open (path, database);
}

/* What can be read, though not written, is still shown: memory begins with a
 * copy of it. */
static sqlite3 *
open_in_memory (const char *path)
{
  sqlite3 *database = NULL, *old = NULL;

  if (sqlite3_open (":memory:", &database) != SQLITE_OK)
    g_error ("SQLite has no memory");
  if (path != NULL
      && sqlite3_open_v2 (path, &old, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK)
    copy_pages (old, database);
  sqlite3_close (old);
  if (prepare (database) == OPENED)
    return database;

  sqlite3_close (database);
  if (sqlite3_open (":memory:", &database) != SQLITE_OK
      || prepare (database) != OPENED)
    g_error ("SQLite has no memory");
  return database;
}

sqlite3 *
progress_database_open (const char *path, gboolean *in_memory, char **notice)
{
  sqlite3 *database = NULL;
  Outcome outcome = try_open (path, &database);

  *notice = NULL;
  *in_memory = FALSE;
  if (outcome == DAMAGED)
    outcome = heal (path, &database, notice);
  if (outcome == OPENED) {
    back_up (database, path);
    return database;
  }

  *in_memory = TRUE;
  g_free (*notice);
  *notice = g_strdup (
      outcome == NEWER
          ? _ ("A newer version of Pagewalk wrote the file of your progress. "
               "It is left as it is; what you do now is not saved.")
          : _ ("The file of your progress cannot be opened for writing. What "
               "you do now is not saved."));
  return open_in_memory (outcome == NEWER ? NULL : path);
}
