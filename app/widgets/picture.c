/* A step as a small picture: what a stage would show, painted small. */

#include "picture.h"

#define LEAST_WIDTH 120
#define LEAST_HEIGHT 40

/* Height to width, before the stage has a size. */
#define USUAL_SHAPE 0.5

struct _PwPicture {
  GtkWidget parent_instance;
  PwStage *stage;
  int step;
  gboolean whole;
};

G_DEFINE_FINAL_TYPE (PwPicture, pw_picture, GTK_TYPE_WIDGET)

static double
shape_of (PwPicture *picture)
{
  GtkWidget *stage = GTK_WIDGET (picture->stage);
  int width = gtk_widget_get_width (stage);
  int height = gtk_widget_get_height (stage);

  return width > 0 && height > 0 ? (double) height / width : USUAL_SHAPE;
}

/* The largest rectangle of the stage's shape, in the middle. */
static graphene_rect_t
area_of (PwPicture *picture)
{
  double width = gtk_widget_get_width (GTK_WIDGET (picture));
  double height = gtk_widget_get_height (GTK_WIDGET (picture));
  double shape = shape_of (picture);
  double wide = MIN (width, height / shape), high = wide * shape;

  return GRAPHENE_RECT_INIT ((float) ((width - wide) / 2),
                             (float) ((height - high) / 2), (float) wide,
                             (float) high);
}

static void
pw_picture_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PwPicture *picture = PW_PICTURE (widget);
  graphene_rect_t area = area_of (picture);
  int width = gtk_widget_get_width (GTK_WIDGET (picture->stage));
  cairo_t *cr;

  if (picture->step < 0 || width <= 0 || area.size.width <= 0)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &area);
  cairo_translate (cr, area.origin.x, area.origin.y);
  cairo_scale (cr, area.size.width / width, area.size.width / width);
  pw_stage_paint (picture->stage, cr, (guint) picture->step);
  cairo_destroy (cr);
}

static GtkSizeRequestMode
pw_picture_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
pw_picture_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                    int *minimum, int *natural, int *minimum_baseline,
                    int *natural_baseline)
{
  PwPicture *picture = PW_PICTURE (widget);
  double shape = shape_of (picture);

  *minimum = LEAST_WIDTH;
  *natural = LEAST_WIDTH;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  *natural = (int) (MAX (for_size, LEAST_WIDTH) * shape);
  /* The stage may get another shape between two measurements. */
  *minimum = picture->whole ? *natural : LEAST_HEIGHT;
  *natural = MAX (*natural, *minimum);
}

static void
pw_picture_dispose (GObject *object)
{
  PwPicture *picture = PW_PICTURE (object);

  if (picture->stage != NULL)
    g_signal_handlers_disconnect_by_data (picture->stage, picture);
  g_clear_object (&picture->stage);
  G_OBJECT_CLASS (pw_picture_parent_class)->dispose (object);
}

static void
pw_picture_class_init (PwPictureClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pw_picture_dispose;
  widget_class->get_request_mode = pw_picture_get_request_mode;
  widget_class->measure = pw_picture_measure;
  widget_class->snapshot = pw_picture_snapshot;
  gtk_widget_class_set_css_name (widget_class, "pwpicture");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
pw_picture_init (PwPicture *picture)
{
  picture->step = -1;
}

static void
on_looks (PwPicture *picture)
{
  gtk_widget_queue_resize (GTK_WIDGET (picture));
}

GtkWidget *
pw_picture_new (PwStage *stage)
{
  PwPicture *picture = g_object_new (PW_TYPE_PICTURE, NULL);

  picture->stage = g_object_ref (stage);
  g_signal_connect_swapped (stage, "looks-changed", G_CALLBACK (on_looks),
                            picture);
  return GTK_WIDGET (picture);
}

void
pw_picture_set_whole (PwPicture *picture, gboolean whole)
{
  picture->whole = whole;
  gtk_widget_queue_resize (GTK_WIDGET (picture));
}

void
pw_picture_set_step (PwPicture *picture, int step)
{
  if (picture->step == step)
    return;
  picture->step = step;
  gtk_widget_queue_draw (GTK_WIDGET (picture));
}

int
pw_picture_get_step (PwPicture *picture)
{
  return picture->step;
}

gboolean
pw_picture_find (PwPicture *picture, double *x, double *y)
{
  graphene_rect_t area = area_of (picture);

  if (area.size.width <= 0
      || !graphene_rect_contains_point (
          &area, &GRAPHENE_POINT_INIT ((float) *x, (float) *y)))
    return FALSE;
  *x = (*x - area.origin.x) / area.size.width;
  *y = (*y - area.origin.y) / area.size.height;
  return TRUE;
}
