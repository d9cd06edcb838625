/* What of an address space is mapped: runs of pages, lowest first. */
#ifndef SCENE_RUNS_H
#define SCENE_RUNS_H

#include "context.h"

/* Addresses [first, last], both included, so that the top of a 64-bit space
 * can be said. */
typedef struct {
  guint64 first, last;
} SceneRun;

/* The last address below the kernel's part: at 3 GiB of 32 bits (the usual
 * split), below the hole of 64, and the last of all elsewhere. */
guint64 scene_last_user (const struct vm_geometry *geometry);

/* True if there is such a process, and it has not ended. */
gboolean scene_process_lives (const SceneContext *context, guint32 process);

/* The runs that the tables of a process map now; neighbours are one run. Free
 * with g_array_unref. */
GArray *scene_runs (const SceneContext *context, guint32 process);

/* A page that is mapped, and what all levels of its tables together allow. */
typedef struct {
  guint64 va, last;      /* its addresses */
  guint64 entry_pa;      /* where its entry lies */
  guint64 frame, frames; /* the first of so many */
  gboolean readable, writable, executable, user;
} ScenePage;

/* The pages that the tables of a process map now, lowest first, `limit` of
 * them at the most. Free with g_array_unref. */
GArray *scene_pages (const SceneContext *context, guint32 process, guint limit);

/* Makes runs one across the smallest gaps until at most `limit` are left. */
void scene_runs_merge (GArray *runs, guint limit);

#endif
