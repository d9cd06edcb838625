/* What pools of frames held and say: read from the machine, before it is
 * drawn. */
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

/* Reads up to most references, from *first on: the latest is among them, and
 * those to come that are declared. */
void scene_pooled_read (const SceneContext *context, const ScenePooled *pool,
                        guint most, ScenePooledTime *times, guint *first,
                        guint *count);

/* How far it has come; NULL before it is made. */
const struct vm_pool_course *scene_pooled_course (const SceneContext *context,
                                                  const ScenePooled *pool);

/* The frame that the step is about, or SCENE_NO_FOCUS; and whether the
 * policy's hand points to a frame. */
guint64 scene_pooled_focus (const SceneContext *context,
                            const ScenePooled *pool);
gboolean scene_pooled_hand (const SceneContext *context,
                            const ScenePooled *pool, guint frame);

/* What its policy keeps of each frame: a word for it, or NULL; and that of one
 * frame now, or NULL while it is empty; where that lies; the widest of all. */
const char *scene_pooled_said_head (const ScenePooled *pool);
const char *scene_pooled_said (const SceneBuild *build, const ScenePooled *pool,
                               guint frame);
void scene_pooled_shows (const SceneContext *context, const ScenePooled *pool,
                         guint frame, gconstpointer *state, gsize *bytes);
double scene_pooled_said_width (const SceneBuild *build);

#endif
