/* What some processes map, as the figure of processes shows it: regions, the
 * mappings that matter, and the frames behind them. */
#ifndef SCENE_MAPPED_H
#define SCENE_MAPPED_H

#include "figures/happening.h"
#include "figures/runs.h"
#include "figures/sharing.h"

/* A process, and who it is in the picture. */
typedef struct {
  guint32 process; /* its index */
  SceneOwner owner;
  const char *name;
  GArray *pages; /* of ScenePage */
  gboolean cut;  /* there are more than these */
  const SceneHappening *what;
} SceneMapper;

/* The page of a process that holds an address, or NULL. */
const ScenePage *scene_mapper_page (const SceneMapper *mapper, guint64 va);

/* The regions of a process: those that the kernel keeps; where it keeps none,
 * neighbouring pages with the same rights. Of SceneRegion; free with
 * g_array_unref. */
GArray *scene_mapper_regions (const SceneBuild *build,
                              const SceneMapper *mapper);

/* At most so many mappings, those worth showing: that of the page in question,
 * its neighbours, pages in frames that are shared. Returns how many. */
guint scene_mapper_mappings (const SceneBuild *build, const SceneMapper *mapper,
                             guint most,
                             SceneMapping mappings[SCENE_SHARING_MAPPINGS]);

/* A frame as a list is made of it, and whose it is. */
typedef struct {
  guint64 number, count;
  guint owners;  /* of all of it, or of a part */
  guint whole;   /* of all of it */
  guint named;   /* entries shown that name it */
  guint64 va[2]; /* of the first pages in it that differ */
  guint pages;
  gboolean wanted; /* the page in question lies in it */
  gboolean apart;  /* no entry shown names it */
} SceneFoundFrame;

/* The frames that any of the processes map, or is given, ascending. Of
 * SceneFoundFrame; free with g_array_unref. */
GArray *scene_found_frames (const SceneContext *context,
                            const SceneMapper *mappers, guint count);

/* The same as they are drawn: those that any of the processes map, or is given
 * right now, ascending. Of SceneOwnedFrame; free with g_array_unref. */
GArray *scene_mapped_frames (const SceneBuild *build,
                             const SceneMapper *mappers, guint count);

/* Adds what travels in the step between entries and frames. */
void scene_mapped_fly (SceneBuild *build, SceneFigureId figure,
                       const SceneMapper *mappers, guint count);

/* "rw-": what a region's pages allow. */
const char *scene_page_flags (const ScenePage *page);

#endif
