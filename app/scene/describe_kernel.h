/* Sentences about the kernel's half: its layout, vmalloc, windows of kmap; all
 * to be freed with g_free, where nothing else is said. */
#ifndef SCENE_DESCRIBE_KERNEL_H
#define SCENE_DESCRIBE_KERNEL_H

#include "mm/kernel_layout.h"
#include "numbers.h"
#include "subject.h"

/* The sentence of such a step. */
char *scene_say_kernel (const SceneSubject *it);

/* Why, in a second line; NULL: there is nothing to add. */
char *scene_more_kernel (const SceneSubject *it);

/* What an area is, translated: "direct map of all memory"; not to be freed. */
const char *scene_area_title (enum vm_kernel_area area);

/* How an address of it becomes a physical one, or why there is none, translated
 * and as a sentence; not to be freed. */
const char *scene_rule_sentence (enum vm_kernel_rule rule);

/* "4.20" */
SceneNumber scene_kernel_version (guint version);

#endif
