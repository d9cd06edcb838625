/* Sentences about malloc and free, about what read and write copy, and about
 * the way from a frame to its users; all to be freed with g_free. */
#ifndef SCENE_DESCRIBE_HEAP_H
#define SCENE_DESCRIBE_HEAP_H

#include "subject.h"

char *scene_say_transfer (const SceneSubject *it);
char *scene_say_chunk_size (const SceneSubject *it);
char *scene_say_chunk (const SceneSubject *it);
char *scene_say_chunk_split (const SceneSubject *it);
char *scene_say_chunk_join (const SceneSubject *it);
char *scene_say_threshold (const SceneSubject *it);
char *scene_say_rmap (const SceneSubject *it);
char *scene_say_rmap_look (const SceneSubject *it);

/* How the size of a chunk comes about, and what a threshold is for. */
char *scene_more_chunk_size (const SceneSubject *it);
char *scene_more_threshold (const SceneSubject *it);

#endif
