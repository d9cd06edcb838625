/* Prose beside the stage, or below it where the window is narrow. */

#include "split.h"

/* Of a wide window, the prose's share and its bounds in pixels. */
#define SHARE 0.28
#define LEAST 300
#define LEAST_HEIGHT 240
#define MOST 520
#define LARGEST_SHARE 0.45

/* Of a narrow window, the stage's share of the height. */
#define STAGE_SHARE 0.6

struct _PwSplit {
  GtkWidget parent_instance;
  GtkWidget *start, *end;
  double zoom;
};

G_DEFINE_FINAL_TYPE (PwSplit, pw_split, GTK_TYPE_WIDGET)

/* Any size will do, as both children scroll. Asking them would lay out every
 * label of the prose, only to learn how narrow it could be. */
static void
pw_split_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                  int *minimum, int *natural, int *minimum_baseline,
                  int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? LEAST : LEAST_HEIGHT;
  *natural = *minimum;
}

static void
allocate (GtkWidget *child, int x, int y, int width, int height)
{
  gtk_widget_size_allocate (child, &(GtkAllocation){x, y, width, height}, -1);
}

static void
pw_split_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PwSplit *split = PW_SPLIT (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int prose, stage;

  if (pw_split_is_narrow ((int) (width / split->zoom))) {
    stage = (int) (height * STAGE_SHARE);
    allocate (split->end, 0, 0, width, stage);
    allocate (split->start, 0, stage, width, height - stage);
    return;
  }

  prose = (int) CLAMP (width * SHARE, LEAST * split->zoom, MOST * split->zoom);
  prose = MIN (prose, (int) (width * LARGEST_SHARE));
  stage = width - prose;
  allocate (split->start, rtl ? stage : 0, 0, prose, height);
  allocate (split->end, rtl ? 0 : prose, 0, stage, height);
}

static void
pw_split_dispose (GObject *object)
{
  PwSplit *split = PW_SPLIT (object);

  g_clear_pointer (&split->start, gtk_widget_unparent);
  g_clear_pointer (&split->end, gtk_widget_unparent);
  G_OBJECT_CLASS (pw_split_parent_class)->dispose (object);
}

static void
pw_split_class_init (PwSplitClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pw_split_dispose;
  widget_class->measure = pw_split_measure;
  widget_class->size_allocate = pw_split_size_allocate;
}

static void
pw_split_init (PwSplit *split)
{
  split->zoom = 1;
}

GtkWidget *
pw_split_new (GtkWidget *start, GtkWidget *end)
{
  PwSplit *split = g_object_new (PW_TYPE_SPLIT, NULL);

  split->start = start;
  split->end = end;
  gtk_widget_set_parent (start, GTK_WIDGET (split));
  gtk_widget_set_parent (end, GTK_WIDGET (split));
  return GTK_WIDGET (split);
}

void
pw_split_set_zoom (PwSplit *split, double zoom)
{
  if (split->zoom == zoom)
    return;
  split->zoom = zoom;
  gtk_widget_queue_allocate (GTK_WIDGET (split));
}

gboolean
pw_split_is_narrow (int width)
{
  return width < PW_SPLIT_NARROW;
}
