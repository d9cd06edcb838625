/* What the frames of a pool say now: what its policy keeps of each, as a bit,
 * an age, a list. */
#ifndef SCENE_POOLED_SAID_H
#define SCENE_POOLED_SAID_H

#include "figures/pooled.h"

/* The same of any pool: what its frames say, whether its hand points there, and
 * where that lies. */
const char *scene_books_head (enum vm_policy policy);
const char *scene_books_said (const SceneBuild *build, const struct vm_pool *p,
                              guint frame);
gboolean scene_books_hand (const struct vm_pool *p, guint frame);
void scene_books_shows (const struct vm_pool *p, guint frame,
                        gconstpointer *state, gsize *bytes);

/* Whether the policy's hand points to a frame. */
gboolean scene_pooled_hand (const SceneContext *context,
                            const ScenePooled *pool, guint frame);

/* A word for what the policy keeps of each frame, or NULL. */
const char *scene_pooled_said_head (const ScenePooled *pool);

/* That of one frame now, or NULL while it is empty. */
const char *scene_pooled_said (const SceneBuild *build, const ScenePooled *pool,
                               guint frame);

/* Where that lies. */
void scene_pooled_shows (const SceneContext *context, const ScenePooled *pool,
                         guint frame, gconstpointer *state, gsize *bytes);

/* The width of the widest of a pool's; 0 if its frames say nothing. */
double scene_pooled_said_width (const SceneBuild *build,
                                const ScenePooled *pool);

#endif
