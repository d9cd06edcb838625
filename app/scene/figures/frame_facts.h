/* What a frame of physical memory is used for, in a word, a colour, a count. */
#ifndef SCENE_FRAME_FACTS_H
#define SCENE_FRAME_FACTS_H

#include "figures/kit.h"

/* All about a managed frame. */
SceneRole scene_frame_role (const SceneContext *context, guint64 frame);

/* In one or two words: "PT 74", "file", the process that used it first. */
const char *scene_frame_use (const SceneBuild *build, guint64 frame,
                             double width);

/* STRONG or more: a table that the operation has read or written. */
SceneEmphasis scene_frame_emphasis (const SceneContext *context, guint64 frame);

/* True of what entries map: data, and the frame of zeros. */
gboolean scene_frame_is_mapped_by (const SceneContext *context, guint64 frame);

/* "refs 3, maps 2": references, and entries among them. */
const char *scene_frame_counts (const SceneBuild *build, guint64 frame);

#endif
