/* A byte dump: rows of bytes round those in question, and their value. */
#ifndef SCENE_DUMP_H
#define SCENE_DUMP_H

#include "figures/figure.h"

/* Most rows of a dump. */
#define SCENE_DUMP_ROWS 9

/* Bytes of simulated memory within one frame. */
typedef struct {
  guint64 pa;
  guint width; /* at most 8; 0: none is in question */
  SceneRole role;
  SceneEmphasis emphasis;
} SceneDump;

/* The least width of a dump, that of 16 bytes a row, and the height of so many
 * rows with the value below. */
double scene_dump_least (const SceneBuild *build);
double scene_dump_width (const SceneBuild *build);
double scene_dump_height (const SceneBuild *build, guint rows);

/* Adds the dump below build->parent: as many rows as there is room for. Ids
 * are of the figure, with parts from SCENE_PART on. */
void scene_add_dump (SceneBuild *build, SceneFigureId figure,
                     const SceneDump *dump, SceneRect rect);

#endif
