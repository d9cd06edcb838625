/* A lesson's computed figure as bars that lie below each other. */
#include "lesson_bars.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "figures/kit.h"
#include "figures/plot_frame.h"
#include "lesson_plot.h"

#define LEAST 4.5 /* so much can be seen of the least part */

typedef struct {
  const LessonPlot *plot;
  const LessonPlotData *data;
  double x, width, numbers; /* numbers: the widest of them */
  double y;                 /* where the next line begins */
} Bars;

static SceneId
id_of (guint part, guint64 number)
{
  return SCENE_ID (SCENE_FIGURE_TREND, part, number);
}

/* A line of text over the whole width, a little more indented. */
static void
add_line (SceneBuild *b, Bars *bars, SceneId id, double indent,
          const char *text)
{
  double height = scene_line (b, SCENE_TEXT_SMALL);

  scene_add_text (
      b, id, SCENE_TEXT_SMALL, SCENE_ALIGN_START,
      (SceneRect){bars->x + indent, bars->y, bars->width - indent, height},
      text);
  bars->y += height;
}

/* Which colour is which series. */
static void
add_legend (SceneBuild *b, Bars *bars)
{
  double side = scene_em (b, 0.8), line = scene_line (b, SCENE_TEXT_SMALL);

  for (guint s = 0; s < bars->data->series; s++) {
    scene_add_box (
        b, id_of (SCENE_PLOT_KEY, 2 * s),
        (SceneRect){bars->x, bars->y + (line - side) / 2, side, side},
        scene_lesson_plot_role (s), SCENE_NORMAL);
    add_line (b, bars, id_of (SCENE_PLOT_LABEL, s), side + scene_em (b, 0.5),
              bars->data->names[s]);
  }
  bars->y += scene_em (b, 0.4);
}

static void
add_bar (SceneBuild *b, Bars *bars, guint s, guint p)
{
  const LessonPlotData *data = bars->data;
  guint i = s * data->points + p;
  guint64 number = (guint64) s << 32 | p;
  double line = scene_line (b, SCENE_TEXT_MONO_SMALL);
  double room = bars->width - bars->numbers - scene_em (b, 0.7);
  double part = scene_lesson_bar_part (bars->plot, data, data->y[i]);
  SceneItem *item
      = scene_add_box (b, id_of (SCENE_PLOT_POINT, number),
                       (SceneRect){bars->x, bars->y + line * 0.1,
                                   MAX (room * part, LEAST), line * 0.8},
                       scene_lesson_plot_role (s), SCENE_NORMAL);

  item->name = scene_still_printf (b->still, _ ("%s: %s"), data->labels[p],
                                   data->texts[i]);
  scene_add_text (b, id_of (SCENE_PLOT_VALUE, number), SCENE_TEXT_MONO_SMALL,
                  SCENE_ALIGN_END,
                  (SceneRect){bars->x + bars->width - bars->numbers, bars->y,
                              bars->numbers, line},
                  data->texts[i]);
  bars->y += line + scene_em (b, 0.15);
}

static double
widest_number (const SceneBuild *b, const LessonPlotData *data)
{
  double widest = 0;

  for (guint i = 0; i < data->series * data->points; i++)
    widest = MAX (widest,
                  scene_width (b, SCENE_TEXT_MONO_SMALL, data->texts[i]) + 2);
  return widest;
}

/* Public ------------------------------------------------------------------ */

double
scene_lesson_bar_part (const LessonPlot *plot, const LessonPlotData *data,
                       double value)
{
  double most = 0, least = INFINITY;

  for (guint i = 0; i < data->series * data->points; i++) {
    most = MAX (most, data->y[i]);
    least = MIN (least, data->y[i]);
  }
  if (most == 0)
    return 0;
  if (!plot->log_y || most <= least)
    return value / most;
  return 0.05 + 0.95 * log (value / least) / log (most / least);
}

char *
scene_lesson_bars_title (const LessonPlot *plot)
{
  g_autofree char *title = lesson_text_plain (plot->y_title);

  return plot->log_y
             /* Translators: what an axis shows; each step is so many times
                more. */
             ? g_strdup_printf (_ ("%s (logarithmic)"), title)
             : g_steal_pointer (&title);
}

SceneStill *
scene_lesson_bars_still (const LessonPlot *plot, const LessonPlotData *data,
                         const SceneMetrics *metrics, double width)
{
  SceneStill *still = scene_still_new ();
  SceneBuild build = {.metrics = metrics, .still = still};
  g_autofree char *title = scene_lesson_bars_title (plot);
  double margin = scene_em (&build, 0.6);
  Bars bars = {.plot = plot,
               .data = data,
               .x = margin,
               .y = margin,
               .width = width - 2 * margin,
               .numbers = widest_number (&build, data)};

  add_line (&build, &bars, id_of (SCENE_PLOT_TITLE, 1), 0, title);
  bars.y += scene_em (&build, 0.4);
  if (data->series > 1)
    add_legend (&build, &bars);
  for (guint p = 0; p < data->points; p++) {
    add_line (&build, &bars, id_of (SCENE_PLOT_TICK, p), 0, data->labels[p]);
    for (guint s = 0; s < data->series; s++)
      add_bar (&build, &bars, s, p);
    bars.y += scene_em (&build, 0.35);
  }
  still->width = width;
  still->height = bars.y + margin / 2;
  return still;
}
