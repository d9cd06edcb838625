/* The file of progress as SQLite sees it: opened, healed, saved. */
#ifndef PROGRESS_DATABASE_H
#define PROGRESS_DATABASE_H

#include <glib.h>
#include <sqlite3.h>

#define PROGRESS_ERROR progress_error_quark ()
GQuark progress_error_quark (void);

typedef enum {
  PROGRESS_ERROR_WRITE, /* disk full, read-only, locked for too long */
  PROGRESS_ERROR_READ
} ProgressErrorCode;

/* Opens path and makes the tables that are missing; a damaged file is set
 * aside and replaced by its backup or by a new one. Falls back to memory; then
 * *in_memory is TRUE. Never NULL. *notice is as in progress_store_open. */
sqlite3 *progress_database_open (const char *path, gboolean *in_memory,
                                 char **notice);

/* Copies the database to a file, whole or not at all. */
gboolean progress_database_copy (sqlite3 *database, const char *to);

/* Runs statements without a result. FALSE and *error if one fails. */
gboolean progress_database_run (sqlite3 *database, const char *sql,
                                GError **error);

/* Prepares a statement, NULL and *error on failure. types has a letter for
 * each value that follows: s const char *, i gint64, d double. Finalize with
 * sqlite3_finalize. */
sqlite3_stmt *progress_database_ask (sqlite3 *database, GError **error,
                                     const char *sql, const char *types, ...);

/* Runs a prepared statement to its end and finalizes it. */
gboolean progress_database_finish (sqlite3 *database, sqlite3_stmt *statement,
                                   GError **error);

#endif
