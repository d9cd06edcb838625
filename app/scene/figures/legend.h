/* A legend: what the colours mean, in words beside little boxes of them. */
#ifndef SCENE_LEGEND_H
#define SCENE_LEGEND_H

#include "figures/figure.h"

typedef struct {
  SceneRole role;
  const char *text; /* translated */
} SceneLegendEntry;

/* Height of a legend of so many entries in a width. */
double scene_legend_height (const SceneBuild *build, guint count, double width);

/* Adds the entries below build->parent, all side by side or in two rows. Ids
 * are of the figure: part for the boxes, part + 1 for the words, with the
 * entry's position as number. */
void scene_add_legend (SceneBuild *build, SceneFigureId figure, guint part,
                       const SceneLegendEntry *entries, guint count,
                       SceneRect rect);

#endif
