/* What some processes map, as the figure of processes shows it: regions, the
 * mappings that matter, and the frames behind them. */
#ifndef SCENE_MAPPED_H
#define SCENE_MAPPED_H

#include "figures/runs.h"
#include "figures/sharing.h"

/* A process, and who it is in the picture. */
typedef struct {
  guint32 process; /* its index */
  SceneOwner owner;
  const char *name;
  GArray *pages; /* of ScenePage */
} SceneMapper;

/* The page of a process that holds an address, or NULL. */
const ScenePage *scene_mapper_page (const SceneMapper *mapper, guint64 va);

/* The regions of a process: neighbouring pages with the same rights. Of
 * SceneRegion; free with g_array_unref. */
GArray *scene_mapper_regions (const SceneBuild *build,
                              const SceneMapper *mapper);

/* The mappings worth showing: that of the page in question, its neighbours,
 * pages in frames that are shared. Returns how many. */
guint scene_mapper_mappings (const SceneBuild *build, const SceneMapper *mapper,
                             SceneMapping mappings[SCENE_SHARING_MAPPINGS]);

/* The frames that any of the processes map, ascending. Of SceneOwnedFrame; free
 * with g_array_unref. */
GArray *scene_mapped_frames (const SceneBuild *build,
                             const SceneMapper *mappers, guint count);

/* "rw-": what a region's pages allow. */
const char *scene_page_flags (const ScenePage *page);

#endif
