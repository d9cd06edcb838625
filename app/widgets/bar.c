/* A bar as long as a number is large. */

#include "bar.h"

/* In pixels: so much can be seen of the least part, and so high is it. */
#define LEAST 2
#define HEIGHT 12
#define WIDTH 60

struct _PwBar {
  GtkWidget parent_instance;
  double part;
};

G_DEFINE_FINAL_TYPE (PwBar, pw_bar, GTK_TYPE_WIDGET)

static void
pw_bar_measure (GtkWidget *widget G_GNUC_UNUSED, GtkOrientation orientation,
                int for_size G_GNUC_UNUSED, int *minimum, int *natural,
                int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
  *natural = *minimum;
  *minimum_baseline = -1;
  *natural_baseline = -1;
}

static void
pw_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  int length = MAX ((int) (PW_BAR (widget)->part * width + 0.5), LEAST);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  gtk_snapshot_append_color (
      snapshot, &color,
      &GRAPHENE_RECT_INIT ((float) (mirrored ? width - length : 0), 0,
                           (float) length, (float) height));
}

static void
pw_bar_class_init (PwBarClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  widget_class->measure = pw_bar_measure;
  widget_class->snapshot = pw_bar_snapshot;
  gtk_widget_class_set_css_name (widget_class, "pwbar");
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
pw_bar_init (PwBar *bar)
{
  gtk_widget_set_hexpand (GTK_WIDGET (bar), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (bar), GTK_ALIGN_CENTER);
}

GtkWidget *
pw_bar_new (double part)
{
  PwBar *bar = g_object_new (PW_TYPE_BAR, NULL);

  bar->part = CLAMP (part, 0, 1);
  return GTK_WIDGET (bar);
}
