/* Where the panels of address spaces and the frames between them stand. */
#ifndef SCENE_SHARING_PLACES_H
#define SCENE_SHARING_PLACES_H

#include "figures/sharing.h"

/* How the panels are arranged. */
typedef struct {
  guint sides; /* columns of spaces, the second at the right of the frames; 0:
                  everything in one column */
  gboolean beside; /* pages stand beside their regions, not below */
  guint stacked;   /* most spaces in one column */
} SceneSharingForm;

typedef struct {
  SceneSharingForm form;
  SceneRect space[SCENE_SHARING_SPACES], table[SCENE_SHARING_SPACES];
  SceneRect memory;
} SceneSharingPlaces;

SceneSharingPlaces scene_sharing_places (const SceneBuild *build,
                                         const SceneSharingShape *shape,
                                         SceneRect rect);

/* How far from the panel that it leaves the i-th upright line of a gutter
 * runs, in such an arrangement. Beside physical memory there is room for one
 * line that leads to a page, and for two from each mapping. */
double scene_sharing_lane (const SceneBuild *build, SceneSharingForm form,
                           guint i);

#endif
