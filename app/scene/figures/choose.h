/* Which of many things to show where not all have room. */
#ifndef SCENE_CHOOSE_H
#define SCENE_CHOOSE_H

#include "figures/figure.h"

/* Ranks that a thing may have: 0 to SCENE_RANKS - 1. */
#define SCENE_RANKS 8

/* The positions of at most `slots` things, those of the highest rank and among
 * equals the first, in their own order. Of guint; free with g_array_unref. */
GArray *scene_choose (const guint *ranks, guint count, guint slots);

/* The same for things one below the other in rect, the first or (upwards) the
 * last on top. Where there is no room for all the reader can scroll them: then
 * it is those of a window, one after the other. */
GArray *scene_choose_scrolled (SceneBuild *build, SceneRect rect,
                               const guint *ranks, guint count, guint slots,
                               gboolean upwards);

#endif
