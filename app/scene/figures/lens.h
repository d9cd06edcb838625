/* Where to hold a lens: the piece of a window round what is looked at. */
#ifndef SCENE_LENS_H
#define SCENE_LENS_H

#include "figures/ruler.h"

/* The piece of `from` that holds [first, last] and the spans beside it which
 * could not be told apart in `from`. It is as large as they are (least 0), or a
 * power of two of at least that many addresses which leaves some room round
 * them and, where it can, begins at a multiple of its size. It stays the same
 * while [first, last] moves among the same spans. */
SceneLens scene_lens_open (const SceneSpan *spans, guint count,
                           const SceneLens *from, guint64 first, guint64 last,
                           guint64 least);

#endif
