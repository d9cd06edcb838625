/* A lesson's computed figure as a plot of the scene: lines over two axes. */
#include "lesson_plot.h"

#include <math.h>

struct _SceneLessonPlot {
  ScenePlot plot;
  ScenePlotSeries series[LESSON_MAX_SERIES];
  ScenePlotPoint *points;
  char *x_title, *y_title, *alt;
  char **names;
};

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

/* Where nothing but whole numbers stands, nothing lies between two of them:
 * there are no 1.5 frames. */
static gboolean
is_whole (const SceneAxis *axis, const double *values, guint count)
{
  if (axis->log2 || axis->unit != SCENE_AXIS_NUMBER)
    return FALSE;
  for (guint i = 0; i < count; i++)
    if (values[i] != floor (values[i]))
      return FALSE;
  return TRUE;
}

static void
take_point (SceneLessonPlot *own, const LessonPlot *plot,
            const LessonPlotData *data, guint s, guint p)
{
  guint i = s * data->points + p;
  ScenePlotPoint *point = &own->points[i];

  *point = (ScenePlotPoint){.number = p,
                            .x = scaled (plot->x_unit, data->x[p]),
                            .y = scaled (plot->y_unit, data->y[i]),
                            .emphasis = SCENE_NORMAL};
  reach (&own->plot.x, point->x);
  reach (&own->plot.y, point->y);
}

static void
take_data (SceneLessonPlot *own, const LessonPlot *plot,
           const LessonPlotData *data)
{
  double least_y = plot->log_y ? scaled (plot->y_unit, data->y[0]) : 0;
  double least_x = scaled (plot->x_unit, data->x[0]);

  own->names = g_strdupv (data->names);
  own->points = g_new0 (ScenePlotPoint, data->series * data->points);
  own->plot = (ScenePlot){.x = {.title = own->x_title,
                                .least = least_x,
                                .most = least_x,
                                .log2 = plot->log_x,
                                .unit = unit_of (plot->x_unit)},
                          .y = {.title = own->y_title,
                                .least = least_y,
                                .most = least_y,
                                .log2 = plot->log_y,
                                .unit = unit_of (plot->y_unit)},
                          .series = own->series,
                          .count = data->series,
                          .summary = own->alt};
  for (guint s = 0; s < data->series; s++) {
    own->series[s] = (ScenePlotSeries){.label = own->names[s],
                                       .role = scene_lesson_plot_role (s),
                                       .stroke = (SceneStroke) (s % 3),
                                       .points = own->points + s * data->points,
                                       .count = data->points};
    for (guint p = 0; p < data->points; p++)
      take_point (own, plot, data, s, p);
  }
  own->plot.x.whole = is_whole (&own->plot.x, data->x, data->points);
  own->plot.y.whole
      = is_whole (&own->plot.y, data->y, data->series * data->points);
}

SceneLessonPlot *
scene_lesson_plot_new (const LessonPlot *plot, const LessonPlotData *data,
                       const char *x_title, const char *y_title,
                       const char *alt)
{
  SceneLessonPlot *own = g_new0 (SceneLessonPlot, 1);

  own->x_title = g_strdup (x_title);
  own->y_title = g_strdup (y_title);
  own->alt = g_strdup (alt);
  take_data (own, plot, data);
  return own;
}

void
scene_lesson_plot_free (SceneLessonPlot *own)
{
  if (own == NULL)
    return;
  g_free (own->points);
  g_free (own->x_title);
  g_free (own->y_title);
  g_free (own->alt);
  g_strfreev (own->names);
  g_free (own);
}

const ScenePlot *
scene_lesson_plot_get (const SceneLessonPlot *own)
{
  return &own->plot;
}

SceneStill *
scene_lesson_plot_still (const SceneLessonPlot *own,
                         const SceneMetrics *metrics, double width)
{
  SceneStill *still = scene_still_new ();
  SceneBuild build = {.metrics = metrics, .still = still};

  still->width = width;
  still->height = scene_plot_most (&build, &own->plot, width);
  scene_add_plot (&build, SCENE_FIGURE_TREND, &own->plot,
                  (SceneRect){0, 0, width, still->height});
  return still;
}

SceneRole
scene_lesson_plot_role (guint series)
{
  static const SceneRole roles[LESSON_MAX_SERIES]
      = {SCENE_ROLE_LEVEL1,    SCENE_ROLE_LEVEL2, SCENE_ROLE_PROCESS_A,
         SCENE_ROLE_PROCESS_B, SCENE_ROLE_HIT,    SCENE_ROLE_MISS};

  return roles[series];
}
