/* The lanes of what processors run over time: tasks, the memory that is loaded,
 * interrupts between them. */
#ifndef SCENE_RUNNING_LANES_H
#define SCENE_RUNNING_LANES_H

#include "figures/kit.h"
#include "figures/running_past.h"

/* Parts of the items' ids. */
enum {
  SCENE_RUNNING_TASK
  = SCENE_PART, /* number: step << 4 | lane, as of MEMORY, BORROWED */
  SCENE_RUNNING_MEMORY,
  SCENE_RUNNING_BORROWED,
  SCENE_RUNNING_INTERRUPT, /* number: the step's */
  SCENE_RUNNING_SPARED,
  SCENE_RUNNING_CPU, /* number: lane, as below */
  SCENE_RUNNING_SWITCHES,
  SCENE_RUNNING_RULE,
  SCENE_RUNNING_LEGEND,
  SCENE_RUNNING_COSTS
};

/* Where the lanes are. */
typedef struct {
  const GArray *moments;
  SceneRect time; /* right of the labels */
  double lane, width, gap;
  guint first, end; /* the moments shown */
} SceneRunningGround;

double scene_running_row (const SceneBuild *build);

/* "2 switches". Free with g_free. */
char *scene_running_switches (guint count);

/* A processor: its label, its tasks and whose memory it had. */
void scene_running_add_lane (SceneBuild *build,
                             const SceneRunningGround *ground, guint cpu,
                             SceneRect labels);

/* Interrupts, and those that lazy processors were spared. */
void scene_running_add_interrupts (SceneBuild *build,
                                   const SceneRunningGround *ground);

#endif
