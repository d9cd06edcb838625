/* Sentences about the kernel's own allocators: zones, blocks, slabs; and about
 * large pages that are split. All to be freed with g_free. */
#ifndef SCENE_DESCRIBE_ALLOC_H
#define SCENE_DESCRIBE_ALLOC_H

#include "subject.h"

/* The kinds from ZONE_TRY to HUGE_SPLIT. */
char *scene_say_alloc (const SceneSubject *it);

/* The quieter line of one: why it is so. NULL: there is none. */
char *scene_more_alloc (const SceneSubject *it);

#endif
