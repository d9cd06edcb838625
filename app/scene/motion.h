/* Tokens: the data that fly over everything, as a pure function of a phase; and
 * what a step has changed, for readers who want no motion. */
#ifndef SCENE_MOTION_H
#define SCENE_MOTION_H

#include "transition.h"

/* A token in flight at one moment. */
typedef struct {
  SceneRect rect; /* of the token */
  double alpha;
  const SceneFlight *flight;
} SceneToken;

/* Appends to tokens (of SceneToken) the flights that are in the air at a phase
 * of a transition. */
void scene_motion_tokens (const SceneTransition *transition,
                          const SceneMetrics *metrics, double phase,
                          GArray *tokens);

/* Appends the rectangles (of SceneRect) of `to` that a reader should look at:
 * what the step is about and was not so before; if there is nothing of the
 * kind, what says something else than before. The highlight of reduced motion,
 * so it points at few things, never at all that has changed. */
void scene_motion_differences (const SceneStill *from, const SceneStill *to,
                               GArray *rects);

/* Where the eye belongs after a step: around what flights landed on, or else
 * the first item that the step is about. FALSE if there is nothing of the
 * kind. */
gboolean scene_motion_focus (const SceneStill *still, SceneRect *rect);

/* The figure around a place of a still: the smallest panel that holds it. FALSE
 * if it lies in none. */
gboolean scene_motion_panel (const SceneStill *still, SceneRect place,
                             SceneRect *panel);

#endif
