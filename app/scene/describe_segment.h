/* Sentences about segments; all to be freed with g_free. */
#ifndef SCENE_DESCRIBE_SEGMENT_H
#define SCENE_DESCRIBE_SEGMENT_H

#include "subject.h"

/* All kinds of step from SEGMENTS to SEGMENT_ADD. */
char *scene_say_segment (const SceneSubject *it);

/* NULL where there is nothing to add. */
char *scene_more_segment (const SceneSubject *it);

/* A fault of kind "segment". */
char *scene_say_segment_fault (const SceneSubject *it);

#endif
