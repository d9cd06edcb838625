/* Tiles: figures side by side and one below the other, in one another.
 *
 *   column
 *     walk                 the figures of a walk, as their grid has them
 *     figure               across the whole width
 *     row
 *       figure
 *       column             share 2: twice of what is left over
 *         figure
 *         figure
 *
 * A tile is as wide and as high as its figures need, and gives them what more
 * it gets. */
#ifndef SCENE_TILES_H
#define SCENE_TILES_H

#include "grid.h"

/* A row and a column for each, at worst. */
#define SCENE_MAX_TILES (3 * SCENE_FIGURES)

typedef enum {
  SCENE_TILE_FIGURE,
  SCENE_TILE_ROW,
  SCENE_TILE_COLUMN,
  SCENE_TILE_WALK
} SceneTileKind;

typedef struct {
  SceneTileKind kind;
  SceneFigureId figure;    /* FIGURE */
  double share;            /* in a row: of what is left over */
  gboolean told;           /* ROW: nobody gets more than least before that */
  guint first, last, next; /* tiles in it, and beside it; 0: none */
  double width;            /* once measured: that it will have */
  SceneFigureSize size;    /* and what it wants */
} SceneTile;

/* Tile 0 is a column and holds all others. */
typedef struct {
  gboolean stretch; /* fills the height; otherwise it stands in the middle */
  guint count;
  SceneTile tile[SCENE_MAX_TILES];
} SceneTiles;

/* Empties them, to tile 0 alone; and adds one to a row or a column, at its
 * end. Returns the new one. */
void scene_tiles_begin (SceneTiles *tiles);
guint scene_tiles_add (SceneTiles *tiles, guint parent, SceneTileKind kind,
                       SceneFigureId figure, double share);

/* Least width of a tile, and the one in which nothing is abbreviated. Other
 * than in a column, a walk's are not known. */
void scene_tiles_widths (SceneTiles *tiles, const SceneBuild *build, guint tile,
                         double *least, double *good);

/* Sets places[] of the figures of all tiles in a rectangle, which may be less
 * high than needed; grid holds those of the walk, made for the same width.
 * height 0: as high as good. Returns the height that it came to. */
double scene_tiles_place (SceneTiles *tiles, const SceneBuild *build,
                          SceneGrid *grid, SceneRect rect,
                          SceneRect places[SCENE_FIGURES]);

#endif
