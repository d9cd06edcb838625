/* Lanes: who does what, one after the other.
 *
 *   program   [read]--+
 *                     v
 *   processor         [ ... ]--+
 *                              v
 *   walker                     [PD 68]-->[PT 547]
 *                                  |         |
 *   memory                        (1)       (2)        <- what it reaches into
 *
 * Time goes to the right, a box a step. It knows no machine. */
#ifndef SCENE_LANES_H
#define SCENE_LANES_H

#include "figures/figure.h"

typedef struct {
  guint64 number; /* in ids: the same datum keeps it */
  guint lane;     /* of who does it */
  const char *text, *name;
  SceneRole role;
  SceneEmphasis emphasis;
  gconstpointer state; /* what of the machine's state it is about, or NULL */
  gsize bytes;
  SceneMeaning meaning; /* which datum it is about, wherever it is shown */
  guint64 meant;
  /* What it reaches into on its way, such as memory; text NULL: nothing. */
  struct {
    guint lane; /* another one */
    const char *text, *name;
    SceneRole role;
    guint64 pa;  /* bytes of simulated memory that it is about */
    guint width; /* 0: none */
  } reach;
} SceneLaneStep;

/* What never changes while stepping, so that nothing jumps. */
typedef struct {
  const char *const *lanes; /* translated, from the top */
  guint count;
  double step; /* width of the widest text of a step */
} SceneLanesShape;

typedef struct {
  const SceneLaneStep *steps;
  guint count;  /* that are shown; at most as many as fit */
  guint slots;  /* that fit */
  guint64 left; /* steps before, which have no room */
  guint from;   /* if there are any: the lane of the last of them */
} SceneLanes;

/* How many steps a width has room for. */
guint scene_lanes_slots (const SceneBuild *build, const SceneLanesShape *shape,
                         double width);

double scene_lanes_width (const SceneBuild *build, const SceneLanesShape *shape,
                          guint slots);
double scene_lanes_height (const SceneBuild *build,
                           const SceneLanesShape *shape);

/* Adds the lanes below build->parent. Ids are of the figure, with parts from
 * SCENE_PART on; a step has the first, and what it reaches the second. */
void scene_add_lanes (SceneBuild *build, SceneFigureId figure,
                      const SceneLanesShape *shape, const SceneLanes *lanes,
                      SceneRect rect);

#endif
