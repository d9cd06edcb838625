/* Live counters: quiet labels above numbers, side by side. */
#ifndef SCENE_COUNTERS_H
#define SCENE_COUNTERS_H

#include "figures/figure.h"

/* A number of the machine's state that is worth watching. */
typedef struct {
  const char *label;    /* translated */
  const guint64 *value; /* in the state; what the step added is shown too */
  SceneRole role;       /* while this step changes it */
} SceneCounter;

/* Height of the counters in a width; and the width in which all of them stand
 * in one row, or of the widest alone. */
double scene_counters_height (const SceneBuild *build,
                              const SceneCounter *counters, guint count,
                              double width);
double scene_counters_width (const SceneBuild *build,
                             const SceneCounter *counters, guint count);
double scene_counters_least (const SceneBuild *build,
                             const SceneCounter *counters, guint count);

/* Adds the counters below build->parent. Ids are of the figure, with three
 * parts from SCENE_PART on and the counter's position as number. */
void scene_add_counters (SceneBuild *build, SceneFigureId figure,
                         const SceneCounter *counters, guint count,
                         SceneRect rect);

#endif
