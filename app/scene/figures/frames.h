/* Which frames of physical memory to show where not all fit. */
#ifndef SCENE_FRAMES_H
#define SCENE_FRAMES_H

#include "context.h"

#define SCENE_NO_FRAME G_MAXUINT64

/* Frames side by side: [first, first + abreast), first a multiple of it. */
typedef struct {
  guint64 first;
  gboolean wanted; /* holds page tables of the process */
  gboolean target; /* holds the frame that the step is about */
} SceneFrameGroup;

/* The frame that the access leads to, as far as it is known; false and
 * SCENE_NO_FRAME if it is not. */
gboolean scene_target_frame (const SceneContext *context, guint64 *frame);

/* All groups that hold frames in use, ascending. target: the frame that the
 * step is about, or SCENE_NO_FRAME. Free with g_array_unref. */
GArray *scene_frame_groups (const SceneContext *context, guint abreast,
                            guint64 target);

/* Drops all but `limit` groups: first those that nobody wants, from the end,
 * last of all that of the target. Apart from that, which are dropped does not
 * depend on the step, so that none comes and goes during a walk. */
void scene_frame_groups_keep (GArray *groups, guint limit);

#endif
