/* Sentences about address spaces, page faults and processes; all to be freed
 * with g_free. */
#ifndef SCENE_DESCRIBE_MM_H
#define SCENE_DESCRIBE_MM_H

#include "numbers.h"
#include "subject.h"

/* True if a kind of step is about them. */
gboolean scene_mm_is_step (enum vm_step_kind kind);

/* The sentence of such a step. */
char *scene_mm_say (const SceneSubject *it);

/* A region's flags as /proc/PID/maps writes them: "rw-p". */
SceneNumber scene_mm_flags (guint64 flags);

#endif
