/* Who does a step of the simulation, in a few letters. */
#ifndef SCENE_TURNS_H
#define SCENE_TURNS_H

#include "context.h"
#include "scene.h"

/* In the order of the lanes: what is next to each other works together. */
typedef enum {
  SCENE_ACTOR_PROGRAM,
  SCENE_ACTOR_PROCESSOR,
  SCENE_ACTOR_TLB,
  SCENE_ACTOR_WALKER,
  SCENE_ACTOR_MEMORY,
  SCENE_ACTOR_KERNEL,
  SCENE_ACTORS
} SceneActor;

typedef struct {
  SceneActor actor;
  char text[48]; /* "PD 68", "miss": translated where it is a word */
  SceneRole role;
  gboolean touches; /* reads or writes memory: pa, bytes */
  gboolean writes;  /* it writes an entry */
  gboolean counts;  /* the machine counts it as a memory access */
  guint64 pa;
  guint bytes;
  guint dropped; /* entries that leave the TLB by it */
} SceneTurn;

/* What a step is to its actor. */
void scene_turn_of (SceneTurn *turn, const SceneContext *context,
                    const struct vm_step *step);

const char *scene_actor_name (SceneActor actor); /* translated */

/* Width of the widest text that a turn on this machine can have. */
double scene_turn_width (const SceneContext *context,
                         const SceneMetrics *metrics);

#endif
