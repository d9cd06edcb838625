/* A grid of cells with heads: what each of some things held at each of some
 * times, or each frame of a memory.
 *
 *    page  | 0x1 | 0x2 | 0x1 | 0x3 |     |      <- heads of columns
 *   way 0  | 0x1 | 0x1 |v0x1 | 0x1 |     |      <- cells, some with a glyph
 *   way 1  |     | 0x2 | 0x2 |.0x3 |     |
 *            miss  miss   hit  miss             <- feet
 *
 * It knows no machine. What has no room is left out by whoever calls it: it
 * says how many columns and rows fit, and where the rows stand, for a window
 * over them (window.h). */
#ifndef SCENE_CELLS_H
#define SCENE_CELLS_H

#include "figures/figure.h"

typedef struct {
  const char *text; /* NULL: the cell is empty */
  const char *name; /* for the screen reader; NULL: not read out */
  const char *mark; /* "tick", "cross", "dot", or NULL */
  SceneRole role;
  SceneEmphasis emphasis;
  gconstpointer state; /* what of the machine's state it shows; NULL: nothing */
  gsize bytes;
  SceneMeaning meaning; /* which datum it is, wherever it is shown */
  guint64 meant;
} SceneCellsCell;

/* A row or a column. */
typedef struct {
  guint64 number; /* in ids: the same datum keeps it; below 2^24 */
  const char *text, *name;
  SceneRole role;
  SceneEmphasis emphasis;
  const char *foot, *foot_name; /* of a column; NULL: none yet */
  const char *foot_mark;        /* instead of words: as for a cell */
  SceneRole foot_role;
  SceneMeaning meaning; /* of a column */
  guint64 meant;
} SceneCellsHead;

/* What never changes while stepping, so that nothing jumps. */
typedef struct {
  double cell;    /* width of the widest text of a cell or a column's head */
  double head;    /* of a row's head, corner and foot included */
  double aside;   /* width of the widest text of a column that stands apart, to
                     the left of all others; 0: there is no room for one */
  gboolean marks; /* cells may have one */
  gboolean feet;
  gboolean tight; /* rows are low */
} SceneCellsShape;

typedef struct {
  guint panel; /* tells grids of one figure apart: numbers of their columns and
                  rows do so, too */
  const SceneCellsHead *columns, *rows;
  guint column_count, row_count; /* that are shown */
  guint slots;                   /* columns that have room: the rest is empty */
  gboolean aside;                /* the first column stands apart */
  const SceneCellsCell *cells;   /* row after row */
  const char *corner;            /* what the heads of columns are */
  const char *before;            /* columns left out before: "… 6"; or NULL */
} SceneCells;

/* How many columns a width has room for beside the one aside, and rows a
 * height. */
guint scene_cells_columns (const SceneBuild *build,
                           const SceneCellsShape *shape, double width);
guint scene_cells_rows (const SceneBuild *build, const SceneCellsShape *shape,
                        double height);

/* Sizes of so many; and where the rows stand in a rectangle. */
double scene_cells_width (const SceneBuild *build, const SceneCellsShape *shape,
                          guint columns);
double scene_cells_height (const SceneBuild *build,
                           const SceneCellsShape *shape, guint rows);
SceneRect scene_cells_place (const SceneBuild *build,
                             const SceneCellsShape *shape, guint rows,
                             SceneRect rect);

/* To the left of the feet: what they are, below so many rows. */
SceneRect scene_cells_feet_head (const SceneBuild *build,
                                 const SceneCellsShape *shape, guint rows,
                                 SceneRect rect);

/* Adds the grid below build->parent. Ids are of the figure, with parts from
 * SCENE_PART on; a cell has the first, and column << 24 | row. */
void scene_add_cells (SceneBuild *build, SceneFigureId figure,
                      const SceneCellsShape *shape, const SceneCells *cells,
                      SceneRect rect);

#endif
