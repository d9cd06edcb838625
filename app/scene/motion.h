/* Between two stills: what moves, what fades, as a pure function of a phase.
 *
 * The same id in both stills moves from place to place; an item on one side
 * only fades. Flights cross over everything. Nothing here knows a clock, so
 * playing, scrubbing and reversing draw the same frames. */
#ifndef SCENE_MOTION_H
#define SCENE_MOTION_H

#include "scene.h"

/* A token in flight at one moment. */
typedef struct {
  SceneRect rect; /* of the token */
  double alpha;
  const SceneFlight *flight;
} SceneToken;

/* 0 to 1, eased in and out. */
double scene_ease (double phase);

/* Appends to tokens (of SceneToken) those of `to`'s flights that are in the
 * air at a phase of the transition from `from` to `to`. `from` may be NULL. */
void scene_motion_tokens (const SceneStill *from, const SceneStill *to,
                          const SceneMetrics *metrics, double phase,
                          GArray *tokens);

/* Appends the rectangles (of SceneRect) of `to` that a reader should look at:
 * what the step is about and was not so before; if there is nothing of the
 * kind, what says something else than before. The highlight of reduced motion,
 * so it points at few things, never at all that has changed. */
void scene_motion_differences (const SceneStill *from, const SceneStill *to,
                               GArray *rects);

/* How long a step of this kind takes at speed 1, in milliseconds (250 to
 * 600). */
guint scene_motion_duration (const SceneStill *to);

#endif
