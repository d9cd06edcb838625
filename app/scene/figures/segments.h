/* What an address space is made of: mapped pages, nothing, the kernel's part.
 */
#ifndef SCENE_SEGMENTS_H
#define SCENE_SEGMENTS_H

#include "figures/figure.h"

typedef enum {
  SCENE_SEGMENT_EMPTY,
  SCENE_SEGMENT_MAPPED,
  SCENE_SEGMENT_HOLE,  /* addresses that are not canonical */
  SCENE_SEGMENT_KERNEL /* the upper part, the kernel's by custom */
} SceneSegmentKind;

typedef struct {
  guint64 first, last; /* both included */
  SceneSegmentKind kind;
  SceneRect rect; /* for whoever draws it */
} SceneSegment;

/* All segments of the process in question, from address 0 to the last; runs of
 * mapped pages become one until at most `limit` are left. Of SceneSegment; free
 * with g_array_unref. */
GArray *scene_segments (const SceneContext *context, guint limit);

/* How much room one should have beside others: its size counts in pages, by
 * their logarithm, so that one page and a gigabyte can both be seen. */
double scene_segment_weight (const SceneSegment *segment, guint page_shift);

gboolean scene_segment_holds (const SceneSegment *segment, guint64 va);

/* Its colour; a word for it, and for the screen reader (NULL: none). */
SceneRole scene_segment_role (const SceneContext *context,
                              const SceneSegment *segment);
const char *scene_segment_text (const SceneBuild *build,
                                const SceneSegment *segment);
const char *scene_segment_name (const SceneBuild *build,
                                const SceneSegment *segment);

#endif
