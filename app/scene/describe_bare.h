/* Sentences about bare memory: programs in one piece, base and limit; all to be
 * freed with g_free. */
#ifndef SCENE_DESCRIBE_BARE_H
#define SCENE_DESCRIBE_BARE_H

#include "subject.h"

/* The kinds from WAY to FOUND; NULL for any other. */
char *scene_say_bare (const SceneSubject *it);
char *scene_more_bare (const SceneSubject *it);

/* MACHINE, where there is no paging at first. */
char *scene_say_bare_machine (const SceneSubject *it);

/* FAULT, where an address is not below the limit. */
char *scene_say_bounds_fault (const SceneSubject *it);
char *scene_more_bounds_fault (const SceneSubject *it);

#endif
