/* A column of regions: what an address space holds, its highest addresses on
 * top, as books draw it. */
#ifndef SCENE_REGIONS_H
#define SCENE_REGIONS_H

#include "figures/figure.h"

typedef struct {
  guint64 first, last;       /* addresses, both included */
  const char *label, *flags; /* translated; short, as "rw-" */
  const char *name;          /* for the screen reader */
  SceneRole role;
  SceneEmphasis emphasis;
  guint64 pa;           /* bytes of simulated memory that say so */
  guint width;          /* 0: none */
  gconstpointer record; /* or of the machine's state; or NULL */
  gsize record_width;
} SceneRegion;

/* Widths: of a region with such texts where only its first address stands, and
 * with its last address, too. */
double scene_region_least (const SceneBuild *build, double label,
                           const char *flags);
double scene_region_width (const SceneBuild *build, double label,
                           const char *flags);

/* The height in which `count` regions stand, whatever lies between them. */
double scene_regions_height (const SceneBuild *build, guint count);

/* Adds regions (ascending) below build->parent: as many as there is room for,
 * those with the most emphasis first, and says how many are left out. Ids are
 * of the figure, for the space-th of its address spaces. */
void scene_add_regions (SceneBuild *build, SceneFigureId figure, guint space,
                        const SceneRegion *regions, guint count,
                        SceneRect rect);

/* The id of the region that begins at an address. */
SceneId scene_id_region (SceneFigureId figure, guint space, guint64 first);

#endif
