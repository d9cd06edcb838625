/* A few entries of a page table as what they say: this page, that frame, these
 * rights. */
#ifndef SCENE_MAPPINGS_H
#define SCENE_MAPPINGS_H

#include "figures/figure.h"

typedef struct {
  guint64 va; /* the page's first address */
  guint shift;
  gboolean present;
  guint64 frame;
  const char *allowed; /* what its region allows: "rw-p"; or NULL */
  const char *rights;  /* what the entry does: "RW", "R" */
  const char *name;    /* for the screen reader */
  SceneRole role;
  SceneEmphasis emphasis;
  gboolean refused; /* what the step wants is not allowed here */
  gboolean held;    /* the entry allows less than the region: a write must
                       fault first */
  guint64 pa;       /* the entry, in simulated memory */
  guint width;      /* 0: none */
} SceneMapping;

/* Size of so many mappings with the heading above them and, where there are
 * regions, a line below. */
double scene_mappings_width (const SceneBuild *build);
double scene_mappings_height (const SceneBuild *build, guint count);

/* Adds mappings below build->parent, from the top of rect, and says how many
 * pages have been left out. Ids are of the figure, for the space-th of its
 * address spaces. */
void scene_add_mappings (SceneBuild *build, SceneFigureId figure, guint space,
                         const SceneMapping *mappings, guint count,
                         guint hidden, SceneRect rect);

/* The id of the mapping of a page by its first address. */
SceneId scene_id_mapping (SceneFigureId figure, guint space, guint64 va);

#endif
