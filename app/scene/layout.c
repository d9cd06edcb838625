/* Where each figure stands: a grid of columns and rows with gutters. */
#include "layout.h"

#include <string.h>

#include "figures/kit.h"

#define MAX_TRACKS 16

/* A figure's place in a plan. */
typedef struct {
  SceneFigureId figure;
  guint row, column, rows, columns;
} Cell;

typedef struct {
  guint columns, rows;
  SceneFigureId roomy; /* shown in full here on a deep walk; 0: none */
  double left;      /* room for lanes on the left of the first column, in ems */
  double weight[4]; /* how the columns share what is left over */
  Cell cells[SCENE_FIGURES]; /* ends with figure 0 */
} Plan;

/* Widest plan first; the last one fits always. */
static const Plan plans[] = {
    {.columns = 4,
     .rows = 8,
     .roomy = SCENE_FIGURE_TABLES,
     .weight = {0.2, 3, 3, 1},
     .cells = {{SCENE_FIGURE_CPU, 0, 0, 1, 1},
               {SCENE_FIGURE_ADDRESS, 0, 1, 1, 3},
               {SCENE_FIGURE_TLB, 1, 0, 1, 1},
               {SCENE_FIGURE_MEMORY, 1, 3, 3, 1},
               {SCENE_FIGURE_ENTRY, 2, 0, 1, 2},
               {SCENE_FIGURE_TABLES, 1, 1, 1, 2},
               {SCENE_FIGURE_PHYSICAL, 2, 2, 1, 1},
               {SCENE_FIGURE_BYTES, 3, 0, 1, 3},
               {SCENE_FIGURE_SPACE, 4, 0, 1, 4},
               {SCENE_FIGURE_DECISION, 5, 0, 1, 4},
               {SCENE_FIGURE_CAPTION, 6, 0, 1, 4},
               {SCENE_FIGURE_COST, 7, 0, 1, 2},
               {SCENE_FIGURE_COUNTERS, 7, 2, 1, 2}}},
    {.columns = 3,
     .rows = 10,
     .roomy = SCENE_FIGURE_ENTRY,
     .left = 0.9,
     .weight = {0.4, 4, 1},
     .cells = {{SCENE_FIGURE_CPU, 0, 0, 1, 1},
               {SCENE_FIGURE_ADDRESS, 0, 1, 1, 2},
               {SCENE_FIGURE_TABLES, 1, 0, 1, 2},
               {SCENE_FIGURE_MEMORY, 1, 2, 4, 1},
               {SCENE_FIGURE_TLB, 2, 0, 2, 1},
               {SCENE_FIGURE_ENTRY, 2, 1, 1, 1},
               {SCENE_FIGURE_PHYSICAL, 3, 1, 1, 1},
               {SCENE_FIGURE_BYTES, 4, 0, 1, 2},
               {SCENE_FIGURE_SPACE, 5, 0, 1, 3},
               {SCENE_FIGURE_DECISION, 6, 0, 1, 3},
               {SCENE_FIGURE_CAPTION, 7, 0, 1, 3},
               {SCENE_FIGURE_COST, 8, 0, 1, 3},
               {SCENE_FIGURE_COUNTERS, 9, 0, 1, 3}}},
    {.columns = 3,
     .rows = 9,
     .left = 0.9,
     .weight = {0.4, 4, 1},
     .cells = {{SCENE_FIGURE_CPU, 0, 0, 1, 1},
               {SCENE_FIGURE_ADDRESS, 0, 1, 1, 2},
               {SCENE_FIGURE_TABLES, 1, 0, 1, 2},
               {SCENE_FIGURE_MEMORY, 1, 2, 1, 1},
               {SCENE_FIGURE_TLB, 2, 0, 1, 1},
               {SCENE_FIGURE_ENTRY, 2, 1, 1, 1},
               {SCENE_FIGURE_PHYSICAL, 2, 2, 1, 1},
               {SCENE_FIGURE_BYTES, 3, 0, 1, 3},
               {SCENE_FIGURE_SPACE, 4, 0, 1, 3},
               {SCENE_FIGURE_DECISION, 5, 0, 1, 3},
               {SCENE_FIGURE_CAPTION, 6, 0, 1, 3},
               {SCENE_FIGURE_COST, 7, 0, 1, 3},
               {SCENE_FIGURE_COUNTERS, 8, 0, 1, 3}}},
    {.columns = 2,
     .rows = 11,
     .left = 0.9,
     .weight = {1, 2},
     .cells = {{SCENE_FIGURE_CPU, 0, 0, 1, 1},
               {SCENE_FIGURE_ADDRESS, 0, 1, 1, 1},
               {SCENE_FIGURE_TABLES, 1, 0, 1, 2},
               {SCENE_FIGURE_TLB, 2, 0, 2, 1},
               {SCENE_FIGURE_ENTRY, 2, 1, 1, 1},
               {SCENE_FIGURE_PHYSICAL, 3, 1, 1, 1},
               {SCENE_FIGURE_BYTES, 4, 0, 1, 2},
               {SCENE_FIGURE_MEMORY, 5, 0, 1, 2},
               {SCENE_FIGURE_SPACE, 6, 0, 1, 2},
               {SCENE_FIGURE_DECISION, 7, 0, 1, 2},
               {SCENE_FIGURE_CAPTION, 8, 0, 1, 2},
               {SCENE_FIGURE_COST, 9, 0, 1, 2},
               {SCENE_FIGURE_COUNTERS, 10, 0, 1, 2}}},
    {.columns = 1,
     .rows = 13,
     .weight = {1},
     .cells = {{SCENE_FIGURE_ADDRESS, 0, 0, 1, 1},
               {SCENE_FIGURE_TABLES, 1, 0, 1, 1},
               {SCENE_FIGURE_ENTRY, 2, 0, 1, 1},
               {SCENE_FIGURE_BYTES, 3, 0, 1, 1},
               {SCENE_FIGURE_PHYSICAL, 4, 0, 1, 1},
               {SCENE_FIGURE_MEMORY, 5, 0, 1, 1},
               {SCENE_FIGURE_TLB, 6, 0, 1, 1},
               {SCENE_FIGURE_CPU, 7, 0, 1, 1},
               {SCENE_FIGURE_SPACE, 8, 0, 1, 1},
               {SCENE_FIGURE_DECISION, 9, 0, 1, 1},
               {SCENE_FIGURE_CAPTION, 10, 0, 1, 1},
               {SCENE_FIGURE_COST, 11, 0, 1, 1},
               {SCENE_FIGURE_COUNTERS, 12, 0, 1, 1}}},
};

/* Columns or rows on their way to a size. */
typedef struct {
  guint count;
  double least[MAX_TRACKS], good[MAX_TRACKS], most[MAX_TRACKS];
  double size[MAX_TRACKS], weight[MAX_TRACKS];
  double gap;
} Tracks;

/* The part of a plan whose figures are shown, without empty tracks. */
typedef struct {
  Cell cells[SCENE_FIGURES];
  guint count;
  Tracks columns, rows;
  double margin, left;
  SceneFigureId roomy;
} Grid;

static double
sum (const double *values, guint count)
{
  double total = 0;

  for (guint i = 0; i < count; i++)
    total += values[i];
  return total;
}

static gboolean
is_free (const Grid *grid, guint except, guint row, guint rows, guint column)
{
  for (guint i = 0; i < grid->count; i++) {
    const Cell *c = &grid->cells[i];
    if (i != except && c->row < row + rows && row < c->row + c->rows
        && c->column <= column && column < c->column + c->columns)
      return FALSE;
  }
  return TRUE;
}

/* Lets figures take the places of those that are not shown beside them. */
static void
widen (Grid *grid, guint columns)
{
  for (guint i = 0; i < grid->count; i++) {
    Cell *c = &grid->cells[i];
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
drop_row (Grid *grid, guint row)
{
  for (guint i = 0; i < grid->count; i++) {
    Cell *c = &grid->cells[i];
    if (c->row > row)
      c->row--;
    else if (c->row + c->rows > row)
      c->rows--;
  }
}

static gboolean
row_begins (const Grid *grid, guint row)
{
  for (guint i = 0; i < grid->count; i++)
    if (grid->cells[i].row == row)
      return TRUE;
  return FALSE;
}

/* Takes out a column that no figure begins in. */
static void
drop_column (Grid *grid, guint column)
{
  for (guint i = 0; i < grid->count; i++) {
    Cell *c = &grid->cells[i];
    if (c->column > column)
      c->column--;
    else if (c->column + c->columns > column)
      c->columns--;
  }
}

static gboolean
column_begins (const Grid *grid, guint column)
{
  for (guint i = 0; i < grid->count; i++)
    if (grid->cells[i].column == column)
      return TRUE;
  return FALSE;
}

static void
drop_empty (Grid *grid, const Plan *plan)
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

/* Makes tracks large enough together for what spans them, each by its
 * weight. */
static void
demand (const Tracks *t, double *values, guint first, guint count,
        double needed)
{
  double missing = needed - sum (values + first, count) - (count - 1) * t->gap;
  double weights = sum (t->weight + first, count);

  for (guint i = 0; missing > 0 && i < count; i++)
    values[first + i] += missing * t->weight[first + i] / weights;
}

/* Least width of a figure in a plan. */
static double
least_width (const Grid *grid, const SceneBuild *b, const Cell *cell,
             const SceneFigureSize *size)
{
  gboolean deep = b->context->geometry->levels > 2;

  return deep && cell->figure == grid->roomy ? size->width : size->min_width;
}

/* Sizes of columns: of figures in one column before those that span many. */
static void
measure_columns (Grid *grid, const SceneBuild *b)
{
  Tracks *t = &grid->columns;

  for (guint span = 1; span <= t->count; span++)
    for (guint i = 0; i < grid->count; i++) {
      const Cell *c = &grid->cells[i];
      SceneFigureSize size;
      if (c->columns != span)
        continue;
      scene_figure_of (c->figure)->measure (b, 0, &size);
      demand (t, t->least, c->column, span, least_width (grid, b, c, &size));
      demand (t, t->good, c->column, span, size.width);
    }
  for (guint i = 0; i < t->count; i++)
    t->good[i] = MAX (t->good[i], t->least[i]);
}

static double
span_of (const Tracks *t, guint first, guint count)
{
  return sum (t->size + first, count) + (count - 1) * t->gap;
}

static void
measure_rows (Grid *grid, const SceneBuild *b)
{
  Tracks *t = &grid->rows;

  for (guint span = 1; span <= t->count; span++)
    for (guint i = 0; i < grid->count; i++) {
      const Cell *c = &grid->cells[i];
      SceneFigureSize size;
      if (c->rows != span)
        continue;
      scene_figure_of (c->figure)->measure (
          b, span_of (&grid->columns, c->column, c->columns), &size);
      demand (t, t->least, c->row, span, size.min_height);
      demand (t, t->good, c->row, span, size.height);
      demand (t, t->most, c->row, span, size.max_height);
    }
  for (guint i = 0; i < t->count; i++) {
    t->good[i] = MAX (t->good[i], t->least[i]);
    t->most[i] = MAX (t->most[i], t->good[i]);
  }
}

/* Grows sizes towards `goal`, all by the same part of what they lack. Returns
 * what is left over. */
static double
grow (Tracks *t, const double *goal, double spare)
{
  double lack = sum (goal, t->count) - sum (t->size, t->count);
  double part = lack > 0 ? MIN (1, spare / lack) : 0;

  if (spare <= 0)
    return spare;
  for (guint i = 0; i < t->count; i++)
    t->size[i] += part * (goal[i] - t->size[i]);
  return spare - part * lack;
}

static double
spare_of (const Tracks *t, double room)
{
  return room - sum (t->size, t->count) - (t->count - 1) * t->gap;
}

static void
solve_columns (Grid *grid, double width)
{
  Tracks *t = &grid->columns;
  double total = sum (t->weight, t->count), spare;

  memcpy (t->size, t->least, sizeof t->size);
  spare
      = grow (t, t->good, spare_of (t, width - 2 * grid->margin - grid->left));
  for (guint i = 0; i < t->count; i++)
    t->size[i] += spare * t->weight[i] / total;
}

/* Room beyond what the rows want goes to the gutters, a little, and then to
 * the row that can use most. */
static void
solve_rows (Grid *grid, const SceneBuild *b, double height)
{
  Tracks *t = &grid->rows;
  guint highest = 0;

  memcpy (t->size, t->least, sizeof t->size);
  if (height <= 0) {
    memcpy (t->size, t->good, sizeof t->size);
    return;
  }
  double spare = grow (t, t->good, spare_of (t, height - 2 * grid->margin));
  if (spare > 0 && t->count > 1) {
    double more = MIN (scene_em (b, 0.5), spare / 4 / (t->count - 1));
    t->gap += more;
    spare -= more * (t->count - 1);
  }
  spare = grow (t, t->most, spare);
  for (guint i = 1; i < t->count; i++)
    if (t->most[i] > t->most[highest])
      highest = i;
  t->size[highest] += MAX (0, spare);
}

static void
make_grid (Grid *grid, const Plan *plan, const SceneBuild *b, guint set)
{
  *grid = (Grid){.margin = scene_em (b, 1.1),
                 .left = scene_em (b, plan->left),
                 .roomy = plan->roomy};
  for (const Cell *c = plan->cells; c->figure != 0; c++)
    if (set >> c->figure & 1)
      grid->cells[grid->count++] = *c;
  widen (grid, plan->columns);
  drop_empty (grid, plan);
  grid->columns.gap = scene_em (b, 1.7);
  grid->rows.gap = scene_em (b, 1.4);
  measure_columns (grid, b);
}

static gboolean
fits (const Grid *grid, double width)
{
  const Tracks *t = &grid->columns;

  return sum (t->least, t->count) + (t->count - 1) * t->gap + 2 * grid->margin
             + grid->left
         <= width;
}

static double
offset_of (const Tracks *t, guint track)
{
  return sum (t->size, track) + track * t->gap;
}

void
scene_layout (SceneLayout *layout, const SceneBuild *build, guint set,
              double width, double height)
{
  Grid grid;

  for (guint i = 0; i < G_N_ELEMENTS (plans); i++) {
    make_grid (&grid, &plans[i], build, set);
    if (fits (&grid, width))
      break;
  }

  solve_columns (&grid, width);
  measure_rows (&grid, build);
  solve_rows (&grid, build, height);

  *layout = (SceneLayout){.width = width,
                          .gutter = MIN (grid.columns.gap, grid.rows.gap),
                          .stacked = grid.columns.count == 1};
  for (guint n = 0; n < grid.count; n++) {
    const Cell *c = &grid.cells[n];
    layout->rect[c->figure] = (SceneRect){
        grid.margin + grid.left + offset_of (&grid.columns, c->column),
        grid.margin + offset_of (&grid.rows, c->row),
        span_of (&grid.columns, c->column, c->columns),
        span_of (&grid.rows, c->row, c->rows)};
  }
  layout->height = 2 * grid.margin + offset_of (&grid.rows, grid.rows.count)
                   - grid.rows.gap;
}
