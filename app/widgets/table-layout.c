/* Lays a table out, as rows and columns or as a list. */

#include "table-layout.h"

#define GAP 8  /* pixels between columns */
#define LINE 6 /* between rows */

struct _PwTableLayout {
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (PwTableLayout, pw_table_layout, GTK_TYPE_LAYOUT_MANAGER)

typedef struct {
  PwTablePart part;
  guint row, column;
} Place;

/* Sizes of a table of rows and columns; column 0 are the names. */
typedef struct {
  int least[PW_TABLE_COLUMNS + 1], natural[PW_TABLE_COLUMNS + 1];
  int height[PW_TABLE_ROWS + 1]; /* row 0 are the headings */
  guint columns, rows;
} Grid;

static const Place *
place_of (GtkWidget *child)
{
  return g_object_get_data (G_OBJECT (child), "pw-table-place");
}

#define EACH_CHILD(child, widget)                                              \
  GtkWidget *child = gtk_widget_get_first_child (widget);                      \
  child != NULL;                                                               \
  child = gtk_widget_get_next_sibling (child)

static int
height_of (GtkWidget *child, int width)
{
  int height;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &height,
                      NULL, NULL);
  return height;
}

/* Rows and columns -------------------------------------------------------- */

static void
measure_columns (GtkWidget *widget, Grid *grid)
{
  for (EACH_CHILD (child, widget)) {
    const Place *place = place_of (child);
    guint column = place->part == PW_TABLE_NAME ? 0 : place->column + 1;
    int least, natural;
    if (place->part == PW_TABLE_LABEL)
      continue;
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &natural,
                        NULL, NULL);
    grid->least[column] = MAX (grid->least[column], least);
    grid->natural[column] = MAX (grid->natural[column], natural);
    grid->columns = MAX (grid->columns, column + 1);
    if (place->part != PW_TABLE_HEADING)
      grid->rows = MAX (grid->rows, place->row + 2);
  }
}

static int
total_of (const int *sizes, guint count, int gap)
{
  int total = 0;

  for (guint i = 0; i < count; i++)
    total += sizes[i] + (i > 0 ? gap : 0);
  return total;
}

/* The width of each column, into grid->natural: the least, and an equal share
 * of what is left. */
static void
share_width (Grid *grid, int width)
{
  int left = width - total_of (grid->least, grid->columns, GAP);

  for (guint i = 0; i < grid->columns; i++)
    grid->natural[i] = grid->least[i] + MAX (left, 0) / (int) grid->columns;
}

static void
measure_rows (GtkWidget *widget, Grid *grid)
{
  for (EACH_CHILD (child, widget)) {
    const Place *place = place_of (child);
    guint column = place->part == PW_TABLE_NAME ? 0 : place->column + 1;
    guint row = place->part == PW_TABLE_HEADING ? 0 : place->row + 1;
    if (place->part != PW_TABLE_LABEL)
      grid->height[row]
          = MAX (grid->height[row], height_of (child, grid->natural[column]));
  }
}

static void
allocate_child (GtkWidget *widget, GtkWidget *child, GtkAllocation box,
                int width)
{
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    box.x = width - box.x - box.width;
  gtk_widget_set_child_visible (child, TRUE);
  gtk_widget_size_allocate (child, &box, -1);
}

static void
allocate_grid (GtkWidget *widget, Grid *grid, int width)
{
  share_width (grid, width);
  measure_rows (widget, grid);
  for (EACH_CHILD (child, widget)) {
    const Place *place = place_of (child);
    guint column = place->part == PW_TABLE_NAME ? 0 : place->column + 1;
    guint row = place->part == PW_TABLE_HEADING ? 0 : place->row + 1;
    if (place->part == PW_TABLE_LABEL) {
      gtk_widget_set_child_visible (child, FALSE);
      continue;
    }
    int x = column > 0 ? total_of (grid->natural, column, GAP) + GAP : 0;
    int y = row > 0 ? total_of (grid->height, row, LINE) + LINE : 0;
    allocate_child (
        widget, child,
        (GtkAllocation){x, y, grid->natural[column], grid->height[row]}, width);
  }
}

/* A list ------------------------------------------------------------------ */

/* Labels and cells share a line, in equal parts. */
static int
half_of (int width)
{
  return (width - GAP) / 2;
}

/* Goes down the list; with `allocate` the children get their places. Returns
 * the height. The children come row by row: name, then label and cell. */
static int
go_down (GtkWidget *widget, int width, gboolean allocate)
{
  int y = 0, line = 0;

  for (EACH_CHILD (child, widget)) {
    const Place *place = place_of (child);
    gboolean cell = place->part == PW_TABLE_CELL;
    int wide = place->part == PW_TABLE_NAME ? width : half_of (width);
    if (place->part == PW_TABLE_HEADING) {
      if (allocate)
        gtk_widget_set_child_visible (child, FALSE);
      continue;
    }
    int height = height_of (child, wide);
    /* A label stands beside the middle of its cell. */
    if (place->part == PW_TABLE_LABEL)
      height
          = MAX (height, height_of (gtk_widget_get_next_sibling (child), wide));
    line = cell ? MAX (line, height) : height;
    if (allocate)
      allocate_child (
          widget, child,
          (GtkAllocation){cell ? half_of (width) + GAP : 0, y, wide, height},
          width);
    if (place->part != PW_TABLE_LABEL)
      y += line + LINE;
  }
  return MAX (y - LINE, 0);
}

/* The least width of a list: that of twice its widest label or cell. */
static int
list_width (GtkWidget *widget)
{
  int most = 0;

  for (EACH_CHILD (child, widget)) {
    const Place *place = place_of (child);
    int least;
    if (place->part == PW_TABLE_HEADING)
      continue;
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL,
                        NULL, NULL);
    most = MAX (most, place->part == PW_TABLE_NAME ? (least - GAP) / 2 : least);
  }
  return 2 * most + GAP;
}

/* Layout ------------------------------------------------------------------ */

static GtkSizeRequestMode
get_request_mode (GtkLayoutManager *layout G_GNUC_UNUSED,
                  GtkWidget *widget G_GNUC_UNUSED)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure (GtkLayoutManager *layout G_GNUC_UNUSED, GtkWidget *widget,
         GtkOrientation orientation, int for_size, int *minimum, int *natural,
         int *minimum_baseline, int *natural_baseline)
{
  Grid grid = {0};

  *minimum_baseline = *natural_baseline = -1;
  measure_columns (widget, &grid);
  int least = total_of (grid.least, grid.columns, GAP);
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = MIN (list_width (widget), least);
    *natural = MAX (*minimum, total_of (grid.natural, grid.columns, GAP));
    return;
  }
  if (for_size >= 0 && for_size < least) {
    *minimum = *natural = go_down (widget, for_size, FALSE);
    return;
  }
  if (for_size >= 0)
    share_width (&grid, for_size);
  measure_rows (widget, &grid);
  *minimum = *natural = total_of (grid.height, grid.rows, LINE);
}

static void
allocate (GtkLayoutManager *layout G_GNUC_UNUSED, GtkWidget *widget, int width,
          int height G_GNUC_UNUSED, int baseline G_GNUC_UNUSED)
{
  Grid grid = {0};

  measure_columns (widget, &grid);
  if (width < total_of (grid.least, grid.columns, GAP))
    go_down (widget, width, TRUE);
  else
    allocate_grid (widget, &grid, width);
}

static void
pw_table_layout_class_init (PwTableLayoutClass *class)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (class);

  layout_class->get_request_mode = get_request_mode;
  layout_class->measure = measure;
  layout_class->allocate = allocate;
}

static void
pw_table_layout_init (PwTableLayout *layout G_GNUC_UNUSED)
{
}

void
pw_table_place (GtkWidget *child, PwTablePart part, guint row, guint column)
{
  const Place place = {part, MIN (row, PW_TABLE_ROWS - 1),
                       MIN (column, PW_TABLE_COLUMNS - 1)};

  g_object_set_data_full (G_OBJECT (child), "pw-table-place",
                          g_memdup2 (&place, sizeof place), g_free);
}
