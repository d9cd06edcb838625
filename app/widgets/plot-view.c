/* Lines over two axes, in the prose: what the scene draws, in a widget. */

#include "plot-view.h"

#include "lesson_plot.h"
#include "paint.h"

/* Axes and words would be too dense below that, in pixels. */
#define LEAST_WIDTH 220

struct _PwPlotView {
  GtkWidget parent_instance;
  const PwReading *reading;
  ScenePainter *painter;
  SceneLessonPlot *plot;
};

G_DEFINE_FINAL_TYPE (PwPlotView, pw_plot_view, GTK_TYPE_WIDGET)

/* Painting ------------------------------------------------------------------
 */

static ScenePainter *
painter_of (PwPlotView *view)
{
  if (view->painter == NULL)
    view->painter = scene_painter_new (
        gtk_widget_get_pango_context (GTK_WIDGET (view)), 1.0);
  return view->painter;
}

static SceneBuild
build_of (PwPlotView *view, SceneStill *still)
{
  return (SceneBuild){.metrics = scene_painter_metrics (painter_of (view)),
                      .still = still};
}

static void
pw_plot_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PwPlotView *view = PW_PLOT_VIEW (widget);
  const ScenePalette *palette = view->reading->palette;
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  SceneStill *still = scene_still_new ();
  SceneBuild build = build_of (view, still);
  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));

  still->width = width;
  still->height = height;
  scene_add_plot (&build, SCENE_FIGURE_TREND,
                  scene_lesson_plot_get (view->plot),
                  (SceneRect){0, 0, width, height});
  scene_painter_items (
      view->painter, cr, still,
      palette != NULL ? palette : scene_palette (SCENE_PALETTE_LIGHT), -1);
  cairo_destroy (cr);
  scene_still_free (still);
}

static void
pw_plot_view_measure (GtkWidget *widget, GtkOrientation orientation,
                      int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  PwPlotView *view = PW_PLOT_VIEW (widget);
  SceneBuild build = build_of (view, NULL);

  *minimum_baseline = -1;
  *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = LEAST_WIDTH;
    *natural = MAX (
        (int) scene_plot_width (&build, scene_lesson_plot_get (view->plot)),
        LEAST_WIDTH);
    return;
  }
  double width = for_size > 0 ? for_size : LEAST_WIDTH;
  *minimum = (int) scene_plot_height (&build,
                                      scene_lesson_plot_get (view->plot), width)
             + 1;
  *natural = MAX (
      *minimum,
      (int) scene_plot_most (&build, scene_lesson_plot_get (view->plot), width)
          + 1);
}

/* Larger text, or another font. */
static void
pw_plot_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (pw_plot_view_parent_class)->css_changed (widget, change);
  g_clear_pointer (&PW_PLOT_VIEW (widget)->painter, scene_painter_free);
  gtk_widget_queue_resize (widget);
}

static GtkSizeRequestMode
pw_plot_view_get_request_mode (GtkWidget *widget G_GNUC_UNUSED)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Object --------------------------------------------------------------------
 */

static void
pw_plot_view_finalize (GObject *object)
{
  PwPlotView *view = PW_PLOT_VIEW (object);

  g_clear_pointer (&view->painter, scene_painter_free);
  scene_lesson_plot_free (view->plot);
  G_OBJECT_CLASS (pw_plot_view_parent_class)->finalize (object);
}

static void
pw_plot_view_class_init (PwPlotViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = pw_plot_view_finalize;
  widget_class->snapshot = pw_plot_view_snapshot;
  widget_class->measure = pw_plot_view_measure;
  widget_class->css_changed = pw_plot_view_css_changed;
  widget_class->get_request_mode = pw_plot_view_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "pwplot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
pw_plot_view_init (PwPlotView *view)
{
  gtk_widget_set_hexpand (GTK_WIDGET (view), TRUE);
}

GtkWidget *
pw_plot_view_new (const PwReading *reading, const LessonPlot *plot,
                  const LessonPlotData *data, const char *alt)
{
  PwPlotView *view = g_object_new (PW_TYPE_PLOT_VIEW, NULL);
  g_autofree char *x_title = lesson_text_plain (plot->x_title);
  g_autofree char *y_title = lesson_text_plain (plot->y_title);

  view->reading = reading;
  view->plot = scene_lesson_plot_new (plot, data, x_title, y_title, alt);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, alt, -1);
  return GTK_WIDGET (view);
}

GtkWidget *
pw_plot_view_new_sizes (const PwReading *reading, const char *x_title,
                        const char *y_title, const LessonPlotData *data,
                        const char *alt)
{
  const LessonPlot plot = {.log_x = TRUE};
  PwPlotView *view = g_object_new (PW_TYPE_PLOT_VIEW, NULL);

  view->reading = reading;
  view->plot = scene_lesson_plot_new (&plot, data, x_title, y_title, alt);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, alt, -1);
  return GTK_WIDGET (view);
}
