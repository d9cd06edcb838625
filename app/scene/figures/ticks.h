/* Ticks of an axis: the round numbers that a reader counts by. */
#ifndef SCENE_TICKS_H
#define SCENE_TICKS_H

#include <glib.h>

#define SCENE_MOST_TICKS 24

/* How the numbers of an axis are written. */
typedef enum {
  SCENE_AXIS_NUMBER,
  SCENE_AXIS_SIZE,   /* bytes: "4 KiB" */
  SCENE_AXIS_PERCENT /* 1 is "100 %" */
} SceneAxisUnit;

typedef struct {
  const char *title;  /* translated */
  double least, most; /* it reaches so far, or further */
  gboolean whole;     /* nothing lies between two whole numbers */
  gboolean log2;      /* a power of two more is as far as any other; least is
                         above 0 */
  SceneAxisUnit unit;
} SceneAxis;

/* Ascending values. */
typedef struct {
  double value[SCENE_MOST_TICKS];
  guint count;
  double step; /* from one to the next: a factor on a log2 axis */
} SceneTicks;

/* Chooses at most `most` (2 or more) ticks whose distance is 1, 2 or 5 times a
 * power of ten; on a log2 axis powers of two. They take in the whole axis with
 * `around`, and otherwise lie within it. */
void scene_ticks_choose (SceneTicks *ticks, const SceneAxis *axis, guint most,
                         gboolean around);

/* A value as its axis writes it; step is the least difference that must show.
 * To be freed with g_free. */
char *scene_axis_text (const SceneAxis *axis, double value, double step);

#endif
