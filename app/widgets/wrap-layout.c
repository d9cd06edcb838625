/* Lays children out in rows of equal cells, as many in a row as fit. */

#include "wrap-layout.h"

struct _PwWrapLayout {
  GtkLayoutManager parent_instance;
  int spacing;
};

G_DEFINE_FINAL_TYPE (PwWrapLayout, pw_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

/* The size of the cells, and how many there are. */
typedef struct {
  int width, height, count;
} Cells;

static Cells
cells_of (GtkWidget *widget)
{
  Cells cells = {0};

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    int width, height;
    if (!gtk_widget_should_layout (child))
      continue;
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width,
                        NULL, NULL);
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, NULL, &height,
                        NULL, NULL);
    cells.width = MAX (cells.width, width);
    cells.height = MAX (cells.height, height);
    cells.count++;
  }
  return cells;
}

/* The last row is as full as the others as far as that goes. */
static int
columns_in (const Cells *cells, int spacing, int width)
{
  int most = CLAMP ((width + spacing) / (cells->width + spacing), 1,
                    MAX (cells->count, 1));
  int rows = (cells->count + most - 1) / most;

  return rows > 0 ? (cells->count + rows - 1) / rows : 1;
}

static GtkSizeRequestMode
get_request_mode (GtkLayoutManager *layout G_GNUC_UNUSED,
                  GtkWidget *widget G_GNUC_UNUSED)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static int
span (int cells, int size, int spacing)
{
  return cells > 0 ? cells * (size + spacing) - spacing : 0;
}

static void
measure (GtkLayoutManager *layout, GtkWidget *widget,
         GtkOrientation orientation, int for_size, int *minimum, int *natural,
         int *minimum_baseline, int *natural_baseline)
{
  int spacing = PW_WRAP_LAYOUT (layout)->spacing;
  Cells cells = cells_of (widget);

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = cells.width;
    *natural = span (cells.count, cells.width, spacing);
    return;
  }
  int columns
      = columns_in (&cells, spacing, for_size < 0 ? G_MAXINT / 2 : for_size);
  int rows = (cells.count + columns - 1) / columns;
  *minimum = *natural = span (rows, cells.height, spacing);
}

static void
allocate (GtkLayoutManager *layout, GtkWidget *widget, int width,
          int height G_GNUC_UNUSED, int baseline G_GNUC_UNUSED)
{
  int spacing = PW_WRAP_LAYOUT (layout)->spacing, i = 0;
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  Cells cells = cells_of (widget);
  int columns = columns_in (&cells, spacing, width);

  /* Cells share what is left of the width, as long as they stay cells. */
  cells.width = CLAMP ((width + spacing) / columns - spacing, cells.width,
                       MAX (cells.width, cells.height * 3 / 2));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (!gtk_widget_should_layout (child))
      continue;
    int x = i % columns * (cells.width + spacing);
    gtk_widget_size_allocate (
        child,
        &(GtkAllocation){rtl ? width - x - cells.width : x,
                         i / columns * (cells.height + spacing), cells.width,
                         cells.height},
        -1);
    i++;
  }
}

static void
pw_wrap_layout_class_init (PwWrapLayoutClass *class)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (class);

  layout_class->get_request_mode = get_request_mode;
  layout_class->measure = measure;
  layout_class->allocate = allocate;
}

static void
pw_wrap_layout_init (PwWrapLayout *layout)
{
  layout->spacing = 0;
}

GtkLayoutManager *
pw_wrap_layout_new (int spacing)
{
  PwWrapLayout *layout = g_object_new (PW_TYPE_WRAP_LAYOUT, NULL);

  layout->spacing = spacing;
  return GTK_LAYOUT_MANAGER (layout);
}
