/* Sentences about permission and faults, in the words of the processor's
 * family. */
#ifndef SCENE_REFUSAL_H
#define SCENE_REFUSAL_H

#include "subject.h"

/* A VM_STEP_PERMISSION: what came out, and why. To be freed with g_free. */
char *scene_say_permission (const SceneSubject *it);
char *scene_more_permission (const SceneSubject *it);

/* A VM_STEP_FAULT: which exception, and what its numbers say. more may be
 * NULL. To be freed with g_free. */
char *scene_say_fault (const SceneSubject *it);
char *scene_more_fault (const SceneSubject *it);

#endif
