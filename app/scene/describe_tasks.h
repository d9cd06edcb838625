/* Sentences about tasks: what they share, who runs, whose memory is loaded; all
 * to be freed with g_free. */
#ifndef SCENE_DESCRIBE_TASKS_H
#define SCENE_DESCRIBE_TASKS_H

#include "subject.h"

/* "vm,fs,files"; "none". To be freed. */
char *scene_clone_flags (guint64 flags);

/* The steps of clone, of kernel threads, and of a switch. */
char *scene_say_tasks (const SceneSubject *it);
char *scene_more_tasks (const SceneSubject *it);

#endif
