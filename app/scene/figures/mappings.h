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
  const char *rights; /* "RW", "R" */
  const char *name;   /* for the screen reader */
  SceneRole role;
  SceneEmphasis emphasis;
  gboolean refused; /* what the step wants is not allowed here */
  guint64 pa;       /* the entry, in simulated memory */
  guint width;      /* 0: none */
} SceneMapping;

/* Size of so many mappings with the heading above them. */
double scene_mappings_width (const SceneBuild *build);
double scene_mappings_height (const SceneBuild *build, guint count);

/* Adds mappings below build->parent, from the top of rect. Ids are of the
 * figure, for the space-th of its address spaces. */
void scene_add_mappings (SceneBuild *build, SceneFigureId figure, guint space,
                         const SceneMapping *mappings, guint count,
                         SceneRect rect);

/* The id of the mapping of a page by its first address. */
SceneId scene_id_mapping (SceneFigureId figure, guint space, guint64 va);

#endif
