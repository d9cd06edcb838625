/* Cards in as many equal columns as fit, row by row. */

#include "columns.h"

#define GAP 20

struct _PwColumns {
  GtkWidget parent_instance;
  int least, most;
};

G_DEFINE_FINAL_TYPE (PwColumns, pw_columns, GTK_TYPE_WIDGET)

static GtkWidget *
next_visible (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static int
height_of (GtkWidget *card, int width)
{
  int height;

  gtk_widget_measure (card, GTK_ORIENTATION_VERTICAL, width, NULL, &height,
                      NULL, NULL);
  return height;
}

/* Lays out the cards, or only measures them, and returns the height. Cards of
 * one row are equally high. */
static int
lay_out (PwColumns *columns, int width, gboolean allocate)
{
  GtkWidget *widget = GTK_WIDGET (columns);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int count = pw_columns_count (columns, width);
  int card_width = (width - (count - 1) * GAP) / count;
  GtkWidget *first = next_visible (gtk_widget_get_first_child (widget));
  int y = 0;

  while (first != NULL) {
    GtkWidget *card = first;
    int height = 0, column;

    for (column = 0; column < count && card != NULL; column++) {
      height = MAX (height, height_of (card, card_width));
      card = next_visible (gtk_widget_get_next_sibling (card));
    }
    card = first;
    for (column = 0; column < count && card != NULL; column++) {
      int x = (rtl ? count - 1 - column : column) * (card_width + GAP);

      if (allocate)
        gtk_widget_size_allocate (
            card, &(GtkAllocation){x, y, card_width, height}, -1);
      card = next_visible (gtk_widget_get_next_sibling (card));
    }
    first = card;
    y += height + GAP;
  }
  return MAX (y - GAP, 0);
}

static GtkSizeRequestMode
pw_columns_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
pw_columns_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                    int *minimum, int *natural, int *minimum_baseline,
                    int *natural_baseline)
{
  PwColumns *columns = PW_COLUMNS (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL) {
    *minimum
        = lay_out (columns, for_size < 0 ? columns->least : for_size, FALSE);
    *natural = *minimum;
    return;
  }

  *minimum = 0;
  for (GtkWidget *card = next_visible (gtk_widget_get_first_child (widget));
       card != NULL; card = next_visible (gtk_widget_get_next_sibling (card))) {
    int wanted;

    gtk_widget_measure (card, orientation, -1, &wanted, NULL, NULL, NULL);
    *minimum = MAX (*minimum, wanted);
  }
  *natural = columns->most * columns->least + (columns->most - 1) * GAP;
  *natural = MAX (*natural, *minimum);
}

static void
pw_columns_size_allocate (GtkWidget *widget, int width, int height,
                          int baseline)
{
  lay_out (PW_COLUMNS (widget), width, TRUE);
}

static void
pw_columns_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (pw_columns_parent_class)->dispose (object);
}

static void
pw_columns_class_init (PwColumnsClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pw_columns_dispose;
  widget_class->get_request_mode = pw_columns_get_request_mode;
  widget_class->measure = pw_columns_measure;
  widget_class->size_allocate = pw_columns_size_allocate;
}

static void
pw_columns_init (PwColumns *columns)
{
}

GtkWidget *
pw_columns_new (int least, int most)
{
  PwColumns *columns = g_object_new (PW_TYPE_COLUMNS, NULL);

  columns->least = least;
  columns->most = most;
  return GTK_WIDGET (columns);
}

void
pw_columns_set_least (PwColumns *columns, int least)
{
  if (columns->least == least)
    return;
  columns->least = least;
  gtk_widget_queue_resize (GTK_WIDGET (columns));
}

void
pw_columns_append (PwColumns *columns, GtkWidget *card)
{
  gtk_widget_set_parent (card, GTK_WIDGET (columns));
}

int
pw_columns_count (PwColumns *columns, int width)
{
  return CLAMP ((width + GAP) / (columns->least + GAP), 1, columns->most);
}
