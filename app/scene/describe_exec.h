/* Sentences about execve and the dynamic loader; to be freed with g_free. */
#ifndef SCENE_DESCRIBE_EXEC_H
#define SCENE_DESCRIBE_EXEC_H

#include "subject.h"

/* EXEC to EXEC_START. */
char *scene_say_exec (const SceneSubject *it);

/* LINK to LINK_RELRO. */
char *scene_say_link (const SceneSubject *it);

/* Why: of those kinds that have more to say. */
char *scene_more_exec (const SceneSubject *it);

#endif
