/* The regions of an address space as spans of a ruler. */
#ifndef SCENE_REGION_SPANS_H
#define SCENE_REGION_SPANS_H

#include "figures/ruler.h"

/* What the kernel has promised to the context's process, whose address space it
 * is, lowest first: of SceneSpan; free with g_array_unref. */
GArray *scene_region_spans (const SceneBuild *build, guint32 mm);

#endif
