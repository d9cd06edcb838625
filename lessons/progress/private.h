/* What the files of this folder share about a store. */
#ifndef PROGRESS_PRIVATE_H
#define PROGRESS_PRIVATE_H

#include <sqlite3.h>

#include "store.h"

struct _ProgressStore {
  sqlite3 *database;
  char *path;
  gboolean in_memory;
};

#endif
