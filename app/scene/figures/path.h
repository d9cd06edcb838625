/* A decision path: questions in a row of boxes, each with its answer, joined
 * by short lines. */
#ifndef SCENE_PATH_H
#define SCENE_PATH_H

#include "figures/figure.h"

typedef enum {
  SCENE_PATH_AHEAD,   /* has not been asked yet */
  SCENE_PATH_PASSED,  /* answered, and the next question follows */
  SCENE_PATH_SKIPPED, /* this time it need not be asked */
  SCENE_PATH_GRANTS,  /* decides, for the good */
  SCENE_PATH_REFUSES  /* decides, for the bad */
} ScenePathState;

typedef struct {
  const char *question, *answer; /* translated */
  ScenePathState state;
  gboolean now; /* this step asks it */
  guint64 pa;   /* bytes of simulated memory that answer it */
  guint width;  /* 0: none */
} ScenePathNode;

/* What never changes while stepping, so that nothing jumps. */
typedef struct {
  guint count; /* of questions */
  double text; /* width of the widest question or answer */
} ScenePathShape;

/* The width of a text as boxes hold it: the widest goes into the shape. */
double scene_path_question_width (const SceneBuild *build, const char *text);
double scene_path_answer_width (const SceneBuild *build, const char *text);

/* Widths of one box, and of all in one row. */
double scene_path_least (const SceneBuild *build, const ScenePathShape *shape);
double scene_path_width (const SceneBuild *build, const ScenePathShape *shape);
double scene_path_height (const SceneBuild *build, const ScenePathShape *shape,
                          double width);

/* Adds the path below build->parent: shape->count nodes. Ids are of the
 * figure, with parts from SCENE_PART on and the node's position as number. */
void scene_add_path (SceneBuild *build, SceneFigureId figure,
                     const ScenePathShape *shape, const ScenePathNode *nodes,
                     SceneRect rect);

#endif
