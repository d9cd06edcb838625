/* What an operation's time went to: user code, the kernel, waits for the disk,
 * one after the other. */
#ifndef SCENE_TIMES_H
#define SCENE_TIMES_H

#include "context.h"

typedef enum {
  SCENE_TIME_USER,
  SCENE_TIME_KERNEL,
  SCENE_TIME_DISK,
  SCENE_TIME_LANES
} SceneTimeLane;

/* Somebody is busy without a break. */
typedef struct {
  SceneTimeLane lane;
  guint64 first_step;
  guint64 start, cycles; /* start: since the operation began */
  guint64 awake;         /* the same without the waits for the disk before */
  gboolean now;          /* the step that led to the cursor is in it */
} SceneTime;

typedef struct {
  GArray *times;                   /* of SceneTime; those up to the cursor */
  guint64 spent[SCENE_TIME_LANES]; /* up to the cursor */
  guint64 all, awake;              /* of the whole operation; without waits */
} SceneTimes;

/* Reads the operation that the cursor stands in. Free with
 * scene_times_clear. */
void scene_times_read (const SceneContext *context, SceneTimes *times);
void scene_times_clear (SceneTimes *times);

#endif
