/* Address spaces side by side, and the physical frames that they share between
 * them.
 *
 *   +---------+  +-------+    +----------+    +-------+  +---------+
 *   | space A |->| pages |--->|  frames  |<---| pages |<-| space B |
 *   | regions |  |   of A|    |  A | B   |    |   of B|  | regions |
 *   +---------+  +-------+    +----------+    +-------+  +---------+
 *
 * A third space stands below the first; where there is less room, pages stand
 * below their regions, then all spaces in one column, then everything. There
 * are no lines then: signs and numbers say what they would. */
#ifndef SCENE_SHARING_H
#define SCENE_SHARING_H

#include "figures/mappings.h"
#include "figures/owned.h"
#include "figures/regions.h"

#define SCENE_SHARING_SPACES SCENE_OWNERS

/* Most mappings shown of each space. */
#define SCENE_SHARING_MAPPINGS 5

/* One address space: a process, or what else has one. */
typedef struct {
  const char *title, *empty; /* translated; empty: what to say instead of
                                regions where there are none */
  SceneOwner owner;
  const SceneRegion *regions; /* ascending */
  guint region_count;
  const SceneMapping *mappings; /* at most SCENE_SHARING_MAPPINGS */
  guint mapping_count;
  guint hidden; /* that are left out */
} SceneSharingSpace;

/* What never changes while stepping, so that nothing jumps. */
typedef struct {
  guint spaces;      /* 1 to SCENE_SHARING_SPACES */
  double title;      /* width of the widest title of a space */
  double label;      /* ... label of a region */
  double text;       /* ... label or value of a frame */
  const char *flags; /* of a region, the widest */
  guint rows;        /* most mappings shown of a space, at most
                        SCENE_SHARING_MAPPINGS */
  guint copies;      /* most frames that are shown as copies at one time */
} SceneSharingShape;

typedef struct {
  SceneSharingSpace spaces[SCENE_SHARING_SPACES];
  const SceneOwnedFrame *frames;
  guint frame_count;
  const char *subtitle; /* of physical memory */
} SceneSharing;

/* Sets *size; width 0 asks for the widths only. */
void scene_sharing_measure (const SceneBuild *build,
                            const SceneSharingShape *shape, double width,
                            SceneFigureSize *size);

/* Adds the panels, their content and the lines between them. Ids are of the
 * figure: its parts are the SCENE_SHARING_ ones, and its panel 0 is physical
 * memory. */
void scene_add_sharing (SceneBuild *build, SceneFigureId figure,
                        const SceneSharingShape *shape,
                        const SceneSharing *sharing, SceneRect rect);

/* Numbers in ids: of an address in one of the spaces, and of their panels. */
guint64 scene_space_number (guint space, guint64 va);
guint scene_space_panel (guint space);
guint scene_space_table (guint space);

#endif
