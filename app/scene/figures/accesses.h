/* The accesses up to the cursor: what figures over time are made of. */
#ifndef SCENE_ACCESSES_H
#define SCENE_ACCESSES_H

#include "context.h"

typedef struct {
  guint64 number; /* the machine's first access is 1 */
  guint64 va;
  guint shift;                  /* log2 of its page's size, once known */
  guint64 first_step, end_step; /* end: not after the cursor */
  SceneTlbOutcome tlb;
  gboolean faulted;
  gboolean now, done; /* the cursor stands in it; at its end or behind */
  guint cost;         /* memory accesses so far: entries read, and the data */
} SceneAccess;

/* How many there are; one that has only begun counts. Looks at every operation
 * so far, as does the next. */
guint64 scene_accesses_count (const SceneContext *context);

/* Writes those numbered first, first + 1 ..., at most `most`, and returns how
 * many. */
guint scene_accesses_read (const SceneContext *context, guint64 first,
                           SceneAccess *accesses, guint most);

/* Memory accesses of all that come before number first. */
guint64 scene_accesses_cost (const SceneContext *context, guint64 first);

#endif
