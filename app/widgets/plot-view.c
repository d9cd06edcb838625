/* Lines over two axes, in the prose: what the scene draws, in a widget. */

#include "plot-view.h"

#include "figures/plot.h"
#include "paint.h"

/* Axes and words would be too dense below that, in pixels. */
#define LEAST_WIDTH 220

struct _PwPlotView {
  GtkWidget parent_instance;
  const PwReading *reading;
  ScenePainter *painter;
  ScenePlot plot;
  ScenePlotSeries series[LESSON_MAX_SERIES];
  ScenePlotPoint *points;
  char *x_title, *y_title, *alt;
  char **names;
};

G_DEFINE_FINAL_TYPE (PwPlotView, pw_plot_view, GTK_TYPE_WIDGET)

/* What is drawn -------------------------------------------------------------
 */

static SceneAxisUnit
unit_of (LessonUnit unit)
{
  switch (unit) {
  case LESSON_UNIT_DECIMAL:
  case LESSON_UNIT_HEX:
    return SCENE_AXIS_NUMBER;
  case LESSON_UNIT_BYTES:
    return SCENE_AXIS_SIZE;
  case LESSON_UNIT_PERCENT:
    return SCENE_AXIS_PERCENT;
  }
  g_assert_not_reached ();
}

/* To the scene, 1 is 100 %. */
static double
scaled (LessonUnit unit, double value)
{
  return unit == LESSON_UNIT_PERCENT ? value / 100 : value;
}

static void
reach (SceneAxis *axis, double value)
{
  axis->least = MIN (axis->least, value);
  axis->most = MAX (axis->most, value);
}

static void
take_point (PwPlotView *view, const LessonPlot *plot,
            const LessonPlotData *data, guint s, guint p)
{
  guint i = s * data->points + p;
  ScenePlotPoint *point = &view->points[i];

  *point = (ScenePlotPoint){.number = p,
                            .x = scaled (plot->x_unit, data->x[p]),
                            .y = scaled (plot->y_unit, data->y[i]),
                            .emphasis = SCENE_NORMAL};
  reach (&view->plot.x, point->x);
  reach (&view->plot.y, point->y);
}

static void
take_data (PwPlotView *view, const LessonPlot *plot, const LessonPlotData *data)
{
  static const SceneRole roles[LESSON_MAX_SERIES]
      = {SCENE_ROLE_LEVEL1,    SCENE_ROLE_LEVEL2, SCENE_ROLE_PROCESS_A,
         SCENE_ROLE_PROCESS_B, SCENE_ROLE_HIT,    SCENE_ROLE_MISS};
  double least_y = plot->log_y ? scaled (plot->y_unit, data->y[0]) : 0;
  double least_x = scaled (plot->x_unit, data->x[0]);

  view->names = g_strdupv (data->names);
  view->points = g_new0 (ScenePlotPoint, data->series * data->points);
  view->plot = (ScenePlot){.x = {.title = view->x_title,
                                 .least = least_x,
                                 .most = least_x,
                                 .log2 = plot->log_x,
                                 .unit = unit_of (plot->x_unit)},
                           .y = {.title = view->y_title,
                                 .least = least_y,
                                 .most = least_y,
                                 .log2 = plot->log_y,
                                 .unit = unit_of (plot->y_unit)},
                           .series = view->series,
                           .count = data->series,
                           .summary = view->alt};
  for (guint s = 0; s < data->series; s++) {
    view->series[s]
        = (ScenePlotSeries){.label = view->names[s],
                            .role = roles[s],
                            .stroke = (SceneStroke) (s % 3),
                            .points = view->points + s * data->points,
                            .count = data->points};
    for (guint p = 0; p < data->points; p++)
      take_point (view, plot, data, s, p);
  }
}

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
  scene_add_plot (&build, SCENE_FIGURE_TREND, &view->plot,
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
    *natural = MAX ((int) scene_plot_width (&build, &view->plot), LEAST_WIDTH);
    return;
  }
  double width = for_size > 0 ? for_size : LEAST_WIDTH;
  *minimum = (int) scene_plot_height (&build, &view->plot, width) + 1;
  *natural
      = MAX (*minimum, (int) scene_plot_most (&build, &view->plot, width) + 1);
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
  g_free (view->points);
  g_free (view->x_title);
  g_free (view->y_title);
  g_free (view->alt);
  g_strfreev (view->names);
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

  view->reading = reading;
  view->alt = g_strdup (alt);
  view->x_title = lesson_text_plain (plot->x_title);
  view->y_title = lesson_text_plain (plot->y_title);
  take_data (view, plot, data);
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
  view->alt = g_strdup (alt);
  view->x_title = g_strdup (x_title);
  view->y_title = g_strdup (y_title);
  take_data (view, &plot, data);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, alt, -1);
  return GTK_WIDGET (view);
}
