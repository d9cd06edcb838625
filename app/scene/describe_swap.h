/* Sentences about reclaim, swap, locked pages and the out-of-memory killer; all
 * to be freed with g_free. */
#ifndef SCENE_DESCRIBE_SWAP_H
#define SCENE_DESCRIBE_SWAP_H

#include "subject.h"

/* The sentence of such a step. */
char *scene_say_swap (const SceneSubject *it);

/* Why, in a second line; NULL: there is nothing to add. */
char *scene_more_swap (const SceneSubject *it);

/* What one of Linux's lists of frames is called, in the middle of a
 * sentence. */
const char *scene_lru_name (enum vm_lru list);

/* What became of a page that reclaim looked at, in a few words. */
const char *scene_fate_word (enum vm_fate fate);

#endif
