/* The lanes of the processors in time: labels, moments, interrupts on their
 * way. */
#ifndef SCENE_SHOOTDOWN_LANES_H
#define SCENE_SHOOTDOWN_LANES_H

#include "figures/kit.h"
#include "figures/moments.h"

/* Parts of the items' ids. */
enum {
  SCENE_SHOOTDOWN_STEP = SCENE_PART, /* number: the step's own, as below */
  SCENE_SHOOTDOWN_ARROW,
  SCENE_SHOOTDOWN_TIME,  /* number: step << 8 | lane << 1 | half */
  SCENE_SHOOTDOWN_CPU,   /* number: lane, as below */
  SCENE_SHOOTDOWN_STATE, /* what the processor does at the cursor */
  SCENE_SHOOTDOWN_PROCESS,
  SCENE_SHOOTDOWN_RULE,
  SCENE_SHOOTDOWN_LEFT,
  SCENE_SHOOTDOWN_COSTS /* number: line */
};

/* Where the lanes are. */
typedef struct {
  SceneRect time; /* right of the labels */
  double lane, box, width, gap;
  guint cpus;
} SceneShootdownGround;

SceneId scene_shootdown_id (guint part, guint64 number);

/* Left of a lane: the processor, whom it runs, what it does. */
void scene_shootdown_add_label (SceneBuild *build,
                                const SceneShootdownGround *ground, guint cpu,
                                SceneCpuState state, guint awaited,
                                SceneRect labels);

/* A moment in its slot, and what all processors do meanwhile. last: of those
 * that have been. */
void scene_shootdown_add_moment (SceneBuild *build,
                                 const SceneShootdownGround *ground, guint slot,
                                 const SceneMoment *moment, gboolean last);

#endif
