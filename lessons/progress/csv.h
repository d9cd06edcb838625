/* Answers as a table that any spreadsheet reads: RFC 4180, times in UTC, bare
 * numbers, names of columns in English. */
#ifndef PROGRESS_CSV_H
#define PROGRESS_CSV_H

#include "store.h"

/* The header and a line for each of answers (ProgressAnswer). To be freed with
 * g_free. */
char *progress_csv (const GPtrArray *answers);

/* Appends one field, in quotes where it needs them; NULL is an empty one. */
void progress_csv_field (GString *csv, const char *text);

/* A time as 2026-11-21T09:30:00Z; to be freed with g_free. */
char *progress_time_text (gint64 microseconds);

#endif
