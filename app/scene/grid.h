/* The figures of a walk, in a grid that was planned by hand.
 *
 *   wide                              deep walks
 *   +-----+---------------------+     +-----+-----------------+
 *   | cpu | address             |     | cpu | address         |
 *   +-----+-------------+-------+     +-----+-------+---------+
 *   | tlb | tables      | memory|     | tables      | memory  |
 *   +-----+----+--------+       |     +-----+-------+         |
 *   | entry    |physical|       |     | tlb | entry |         |
 *   +----------+--------+-------+     |     +-------+         |
 *                                     |     |physical|        |
 *                                     +-----+-------+---------+
 *
 * and narrower ones, down to a single column. Which plan is taken depends on
 * the figures, the fonts and the width alone. */
#ifndef SCENE_GRID_H
#define SCENE_GRID_H

#include "figures/figure.h"
#include "tracks.h"

/* A figure's place in the grid. */
typedef struct {
  SceneFigureId figure;
  guint row, column, rows, columns;
} SceneCell;

typedef struct {
  SceneCell cells[SCENE_FIGURES];
  guint count; /* of cells */
  SceneTracks columns, rows;
  double left;         /* room for lanes on the left of the first column */
  SceneFigureId roomy; /* shown in full on a deep walk; 0: none */
} SceneGrid;

/* Takes the widest plan that fits, with those figures of a walk that are
 * shown[], and sizes its columns and what its rows need. */
void scene_grid_make (SceneGrid *grid, const SceneBuild *build,
                      const gboolean shown[SCENE_FIGURES], double width);

/* Gives each of its figures a rectangle inside one that is as wide as the grid
 * was made for, less grid->left. */
void scene_grid_place (SceneGrid *grid, const SceneBuild *build, SceneRect rect,
                       SceneRect places[SCENE_FIGURES]);

/* Room for lanes on the left of tables, in ems. */
#define SCENE_LANES 0.9

/* The usual distances of figures in ems: beside and below each other. */
#define SCENE_COLUMN_GAP 1.7
#define SCENE_ROW_GAP 1.4

#endif
