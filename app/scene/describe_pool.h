/* The sentences about pools of frames and their policies. */
#ifndef SCENE_DESCRIBE_POOL_H
#define SCENE_DESCRIBE_POOL_H

#include "subject.h"

/* Of a step from VM_STEP_POOL to VM_STEP_POOL_TICK. To be freed. */
char *scene_say_pool (const SceneSubject *it);

/* The quieter line under it, or NULL. To be freed. */
char *scene_more_pool (const SceneSubject *it);

/* What a list of a policy is called: "T1", "the inactive list"; ghosts: the
 * list of those that left. "" where it has no name. Translated. */
const char *scene_pool_list_name (enum vm_policy policy, guint list,
                                  gboolean ghosts);

#endif
