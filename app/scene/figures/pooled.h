/* What pools of frames held: read from the machine, before it is drawn. */
#ifndef SCENE_POOLED_H
#define SCENE_POOLED_H

#include "figures/figure.h"
#include "mm/pools.h"

/* A pool that some operation of the list makes, now or later: figures have the
 * same size at every step. */
typedef struct {
  guint index; /* in the state, once it is made */
  const char *name;
  enum vm_policy policy;
  guint frames;
} ScenePooled;

/* One reference of the string in one pool. */
typedef struct {
  gboolean known; /* it was made, or is being made */
  gboolean now;   /* the step is about it */
  enum vm_pool_outcome outcome;
  guint frame; /* in which the page lies, or which the step is about */
  SceneRole role;
  const char *mark; /* of that frame */
  struct {
    gboolean used;
    guint64 page;
  } held[VM_POOL_FRAMES];
} ScenePooledTime;

/* The pools that the list of operations makes, of ScenePooled. */
GArray *scene_pooled_list (const SceneContext *context);

/* The largest page number that the list of operations names. */
guint64 scene_pooled_widest (const SceneContext *context);

/* How many references the list of operations declares as strings, how many of
 * them in the first, and how many it names one by one. */
typedef struct {
  guint declared, first, named;
} ScenePooledLength;

ScenePooledLength scene_pooled_length (const SceneContext *context);

/* Reads up to most references, from *first on: the latest is among them, and
 * those to come that are declared. */
void scene_pooled_read (const SceneContext *context, const ScenePooled *pool,
                        guint most, ScenePooledTime *times, guint *first,
                        guint *count);

/* How far it has come; NULL before it is made. */
const struct vm_pool_course *scene_pooled_course (const SceneContext *context,
                                                  const ScenePooled *pool);

/* The frame that the step is about, or SCENE_NO_FOCUS. */
guint64 scene_pooled_focus (const SceneContext *context,
                            const ScenePooled *pool);

#endif
