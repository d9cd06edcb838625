/* What regions of an address space are called. */
#ifndef SCENE_REGION_WORDS_H
#define SCENE_REGION_WORDS_H

#include "context.h"
#include "mm/region.h"

/* "rw-p": what a region allows, as /proc/PID/maps writes it. */
const char *scene_region_flags (guint32 flags);

/* What a region holds, in few letters, translated: "[heap]", a file's name,
 * "anonymous". Lives as long as the machine. */
const char *scene_region_label (const SceneContext *context,
                                const struct vm_region *region);

/* The name of a file, or what shared memory without one is called. */
const char *scene_file_label (const SceneContext *context, guint32 file);

/* The region of a process that holds an address, or NULL: there is none, or
 * nobody manages its address space. */
const struct vm_region *scene_region_at (const SceneContext *context,
                                         guint32 process, guint64 va);

#endif
