/* Sentences about what the handler asks, and about the lives of processes; all
 * to be freed with g_free. */
#ifndef SCENE_DESCRIBE_PROCESS_H
#define SCENE_DESCRIBE_PROCESS_H

#include "subject.h"

/* DECIDE: a question of the page-fault handler, and the answer. */
char *scene_say_decision (const SceneSubject *it);

/* fork, exit, wait, and what is set or shown of a process. */
char *scene_say_life (const SceneSubject *it);

#endif
