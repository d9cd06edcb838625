/* Sentences about files, read-ahead, dirty pages and the disk; all to be freed
 * with g_free. */
#ifndef SCENE_DESCRIBE_CACHE_H
#define SCENE_DESCRIBE_CACHE_H

#include "subject.h"

/* The sentence of a step about the page cache. */
char *scene_say_cache (const SceneSubject *it);

/* The quieter line of one: why it is so. NULL: there is none. */
char *scene_more_cache (const SceneSubject *it);

#endif
