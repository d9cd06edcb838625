/* The figures of a walk, in a grid that was planned by hand. */
#include "grid.h"

#include "figures/kit.h"

typedef struct {
  guint columns, rows;
  SceneFigureId roomy; /* shown in full here on a deep walk; 0: none */
  double left;         /* room for lanes on the left, in ems */
  double weight[4];    /* how the columns share what is left over */
  SceneCell cells[SCENE_FIGURES]; /* ends with figure 0 */
} Plan;

/* Widest plan first; the last one fits always. */
static const Plan plans[] = {
    {.columns = 4,
     .rows = 3,
     .roomy = SCENE_FIGURE_TABLES,
     .weight = {0.2, 3, 3, 1},
     .cells = {{SCENE_FIGURE_CPU, 0, 0, 1, 1},
               {SCENE_FIGURE_ADDRESS, 0, 1, 1, 3},
               {SCENE_FIGURE_TLB, 1, 0, 1, 1},
               {SCENE_FIGURE_MEMORY, 1, 3, 2, 1},
               {SCENE_FIGURE_ENTRY, 2, 0, 1, 2},
               {SCENE_FIGURE_TABLES, 1, 1, 1, 2},
               {SCENE_FIGURE_PHYSICAL, 2, 2, 1, 1}}},
    {.columns = 3,
     .rows = 4,
     .roomy = SCENE_FIGURE_ENTRY,
     .left = SCENE_LANES,
     .weight = {0.4, 4, 1},
     .cells = {{SCENE_FIGURE_CPU, 0, 0, 1, 1},
               {SCENE_FIGURE_ADDRESS, 0, 1, 1, 2},
               {SCENE_FIGURE_TABLES, 1, 0, 1, 2},
               {SCENE_FIGURE_MEMORY, 1, 2, 3, 1},
               {SCENE_FIGURE_TLB, 2, 0, 2, 1},
               {SCENE_FIGURE_ENTRY, 2, 1, 1, 1},
               {SCENE_FIGURE_PHYSICAL, 3, 1, 1, 1}}},
    {.columns = 3,
     .rows = 3,
     .left = SCENE_LANES,
     .weight = {0.4, 4, 1},
     .cells = {{SCENE_FIGURE_CPU, 0, 0, 1, 1},
               {SCENE_FIGURE_ADDRESS, 0, 1, 1, 2},
               {SCENE_FIGURE_TABLES, 1, 0, 1, 2},
               {SCENE_FIGURE_MEMORY, 1, 2, 1, 1},
               {SCENE_FIGURE_TLB, 2, 0, 1, 1},
               {SCENE_FIGURE_ENTRY, 2, 1, 1, 1},
               {SCENE_FIGURE_PHYSICAL, 2, 2, 1, 1}}},
    {.columns = 2,
     .rows = 5,
     .left = SCENE_LANES,
     .weight = {1, 2},
     .cells = {{SCENE_FIGURE_CPU, 0, 0, 1, 1},
               {SCENE_FIGURE_ADDRESS, 0, 1, 1, 1},
               {SCENE_FIGURE_TABLES, 1, 0, 1, 2},
               {SCENE_FIGURE_TLB, 2, 0, 2, 1},
               {SCENE_FIGURE_ENTRY, 2, 1, 1, 1},
               {SCENE_FIGURE_PHYSICAL, 3, 1, 1, 1},
               {SCENE_FIGURE_MEMORY, 4, 0, 1, 2}}},
    {.columns = 1,
     .rows = 7,
     .weight = {1},
     .cells = {{SCENE_FIGURE_ADDRESS, 0, 0, 1, 1},
               {SCENE_FIGURE_TABLES, 1, 0, 1, 1},
               {SCENE_FIGURE_ENTRY, 2, 0, 1, 1},
               {SCENE_FIGURE_PHYSICAL, 3, 0, 1, 1},
               {SCENE_FIGURE_MEMORY, 4, 0, 1, 1},
               {SCENE_FIGURE_TLB, 5, 0, 1, 1},
               {SCENE_FIGURE_CPU, 6, 0, 1, 1}}},
};

static gboolean
is_free (const SceneGrid *grid, guint except, guint row, guint rows,
         guint column)
{
  for (guint i = 0; i < grid->count; i++) {
    const SceneCell *c = &grid->cells[i];
    if (i != except && c->row < row + rows && row < c->row + c->rows
        && c->column <= column && column < c->column + c->columns)
      return FALSE;
  }
  return TRUE;
}

/* Lets figures take the places of those that are not shown beside them. */
static void
widen (SceneGrid *grid, guint columns)
{
  for (guint i = 0; i < grid->count; i++) {
    SceneCell *c = &grid->cells[i];
    while (c->column > 0 && is_free (grid, i, c->row, c->rows, c->column - 1)) {
      c->column--;
      c->columns++;
    }
    while (c->column + c->columns < columns
           && is_free (grid, i, c->row, c->rows, c->column + c->columns))
      c->columns++;
  }
}

/* Takes out a row that no figure begins in. */
static void
drop_row (SceneGrid *grid, guint row)
{
  for (guint i = 0; i < grid->count; i++) {
    SceneCell *c = &grid->cells[i];
    if (c->row > row)
      c->row--;
    else if (c->row + c->rows > row)
      c->rows--;
  }
}

static gboolean
row_begins (const SceneGrid *grid, guint row)
{
  for (guint i = 0; i < grid->count; i++)
    if (grid->cells[i].row == row)
      return TRUE;
  return FALSE;
}

/* Takes out a column that no figure begins in. */
static void
drop_column (SceneGrid *grid, guint column)
{
  for (guint i = 0; i < grid->count; i++) {
    SceneCell *c = &grid->cells[i];
    if (c->column > column)
      c->column--;
    else if (c->column + c->columns > column)
      c->columns--;
  }
}

static gboolean
column_begins (const SceneGrid *grid, guint column)
{
  for (guint i = 0; i < grid->count; i++)
    if (grid->cells[i].column == column)
      return TRUE;
  return FALSE;
}

static void
drop_empty (SceneGrid *grid, const Plan *plan)
{
  for (guint row = plan->rows; row-- > 0;)
    if (row_begins (grid, row))
      grid->rows.weight[grid->rows.count++] = 1;
    else
      drop_row (grid, row);
  for (guint column = plan->columns; column-- > 0;) {
    if (!column_begins (grid, column)) {
      drop_column (grid, column);
      continue;
    }
    for (guint i = grid->columns.count++; i > 0; i--)
      grid->columns.weight[i] = grid->columns.weight[i - 1];
    grid->columns.weight[0] = plan->weight[column];
  }
}

/* Least width of a figure in a plan. */
static double
least_width (const SceneGrid *grid, const SceneBuild *b, const SceneCell *cell,
             const SceneFigureSize *size)
{
  gboolean deep = b->context->geometry->levels > 2;

  return deep && cell->figure == grid->roomy ? size->width : size->min_width;
}

/* Sizes of columns: of figures in one column before those that span many. */
static void
measure_columns (SceneGrid *grid, const SceneBuild *b)
{
  SceneTracks *t = &grid->columns;

  for (guint span = 1; span <= t->count; span++)
    for (guint i = 0; i < grid->count; i++) {
      const SceneCell *c = &grid->cells[i];
      SceneFigureSize size;
      if (c->columns != span)
        continue;
      scene_figure_of (c->figure)->measure (b, 0, &size);
      scene_tracks_demand (t, t->least, c->column, span,
                           least_width (grid, b, c, &size));
      scene_tracks_demand (t, t->good, c->column, span, size.width);
    }
  scene_tracks_order (t);
}

static void
measure_rows (SceneGrid *grid, const SceneBuild *b)
{
  SceneTracks *t = &grid->rows;

  for (guint span = 1; span <= t->count; span++)
    for (guint i = 0; i < grid->count; i++) {
      const SceneCell *c = &grid->cells[i];
      SceneFigureSize size;
      if (c->rows != span)
        continue;
      scene_figure_of (c->figure)->measure (
          b, scene_tracks_span (&grid->columns, c->column, c->columns), &size);
      scene_tracks_demand (t, t->least, c->row, span, size.min_height);
      scene_tracks_demand (t, t->good, c->row, span, size.height);
      scene_tracks_demand (t, t->most, c->row, span, size.max_height);
    }
  scene_tracks_order (t);
}

static void
begin (SceneGrid *grid, const Plan *plan, const SceneBuild *b,
       const gboolean shown[SCENE_FIGURES])
{
  *grid = (SceneGrid){.left = scene_em (b, plan->left), .roomy = plan->roomy};
  for (const SceneCell *c = plan->cells; c->figure != 0; c++)
    if (shown[c->figure])
      grid->cells[grid->count++] = *c;
  widen (grid, plan->columns);
  drop_empty (grid, plan);
  grid->columns.gap = scene_em (b, SCENE_COLUMN_GAP);
  grid->rows.gap = scene_em (b, SCENE_ROW_GAP);
  measure_columns (grid, b);
}

void
scene_grid_make (SceneGrid *grid, const SceneBuild *build,
                 const gboolean shown[SCENE_FIGURES], double width)
{
  for (guint i = 0; i < G_N_ELEMENTS (plans); i++) {
    begin (grid, &plans[i], build, shown);
    if (scene_tracks_least (&grid->columns) + grid->left <= width)
      break;
  }
  scene_tracks_share (&grid->columns, width - grid->left);
  measure_rows (grid, build);
}

void
scene_grid_place (SceneGrid *grid, const SceneBuild *build, SceneRect rect,
                  SceneRect places[SCENE_FIGURES])
{
  SceneTracks *rows = &grid->rows, *columns = &grid->columns;

  scene_tracks_stretch (
      rows, scene_tracks_fill (rows, rect.height, scene_em (build, 0.5)));
  for (guint i = 0; i < grid->count; i++) {
    const SceneCell *c = &grid->cells[i];
    places[c->figure]
        = (SceneRect){rect.x + scene_tracks_offset (columns, c->column),
                      rect.y + scene_tracks_offset (rows, c->row),
                      scene_tracks_span (columns, c->column, c->columns),
                      scene_tracks_span (rows, c->row, c->rows)};
  }
}
