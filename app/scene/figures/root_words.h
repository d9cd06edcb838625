/* What is said about the two roots of a process. */
#ifndef SCENE_ROOT_WORDS_H
#define SCENE_ROOT_WORDS_H

#include "figures/figure.h"

/* Of root 0, the kernel's, or 1, user mode's; and of the kernel's half, 0, or
 * the user's, 1, of both. Translated. */
const char *scene_root_name (const SceneContext *c, guint root);
const char *scene_root_half (const SceneContext *c, guint half);

/* What the register holds while a root is loaded: where it is, and the number
 * of the address space. Free with g_free. */
char *scene_root_loaded_text (const SceneContext *c, guint64 root, guint asid);

/* What the latest change of roots did. */
const char *scene_root_change (const SceneBuild *b);

/* Width of the widest of these sentences. */
double scene_root_words (const SceneBuild *b);

#endif
