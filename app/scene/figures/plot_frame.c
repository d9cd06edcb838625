/* Where everything of a plot stands: its area, its scales, its labels. */
#include "figures/plot_frame.h"

#include <math.h>

/* Labels stand beside the area unless they take more of the width. */
#define MOST_BESIDE 0.28

/* A grid line for every so many lines of text. */
#define TICK_LINES 1.7

static double
small (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_SMALL);
}

static double
note_height (const SceneBuild *b, const ScenePlot *plot)
{
  return plot->notes ? 2 * small (b) + scene_em (b, 1.1) : 0;
}

static gboolean
labels_beside (const SceneBuild *b, const ScenePlot *plot, double width)
{
  return scene_plot_label (b, plot) <= MOST_BESIDE * width;
}

/* Labels above the area stand in columns. */
static double
labels_height (const SceneBuild *b, const ScenePlot *plot, double width)
{
  double label = scene_plot_label (b, plot) + scene_em (b, 0.8);
  guint columns = (guint) MAX (1, (width + scene_em (b, 0.8)) / label);
  guint rows = (plot->count + columns - 1) / columns;

  if (labels_beside (b, plot, width))
    return 0;
  return rows * (small (b) + scene_em (b, 0.15)) + scene_em (b, 0.15);
}

/* All but the area: titles, ticks, note, labels. */
static double
fixed_height (const SceneBuild *b, const ScenePlot *plot, double width)
{
  return labels_height (b, plot, width) + note_height (b, plot) + 4 * small (b)
         + scene_em (b, 0.3);
}

/* The larger of the ends of an axis, written with one more digit. */
static double
axis_width (const SceneBuild *b, const SceneAxis *axis)
{
  double step = axis->whole ? 1 : (axis->most - axis->least) / 10;
  g_autofree char *least = scene_axis_text (axis, axis->least, step);
  g_autofree char *most = scene_axis_text (axis, axis->most, step);

  return MAX (scene_width (b, SCENE_TEXT_MONO_SMALL, least),
              scene_width (b, SCENE_TEXT_MONO_SMALL, most));
}

static double
ticks_width (const SceneBuild *b, const SceneAxis *axis,
             const SceneTicks *ticks)
{
  double width = 0;

  for (guint i = 0; i < ticks->count; i++) {
    g_autofree char *text
        = scene_axis_text (axis, ticks->value[i], ticks->step);
    width = MAX (width, scene_width (b, SCENE_TEXT_MONO_SMALL, text));
  }
  return width;
}

static double
position (const SceneAxis *axis, double low, double high, double value)
{
  if (!(high > low))
    return 0.5;
  if (axis->log2)
    return log2 (value / low) / log2 (high / low);
  return (value - low) / (high - low);
}

/* Bars want room to both sides of the first and the last. */
static void
set_inset (ScenePlotFrame *f, const SceneBuild *b)
{
  double slots = f->plot->x.most - f->plot->x.least + 1;

  f->inset = scene_plot_bar_series (f->plot) > 0 ? f->area.width / slots / 2
                                                 : scene_em (b, 0.8);
}

static void
choose_x (ScenePlotFrame *f, const SceneBuild *b)
{
  double room = axis_width (b, &f->plot->x) + scene_em (b, 0.6);
  double span = f->area.width - 2 * f->inset;

  scene_ticks_choose (&f->x, &f->plot->x, (guint) MAX (2, span / room + 1),
                      FALSE);
}

static void
choose_y (ScenePlotFrame *f, const SceneBuild *b, double height)
{
  scene_ticks_choose (&f->y, &f->plot->y,
                      (guint) MAX (2, height / (TICK_LINES * small (b)) + 1),
                      TRUE);
  f->low_y = f->y.value[0];
  f->high_y = f->y.value[f->y.count - 1];
}

void
scene_plot_frame (ScenePlotFrame *frame, const SceneBuild *build,
                  SceneFigureId figure, const ScenePlot *plot, SceneRect rect)
{
  double above = labels_height (build, plot, rect.width);

  *frame = (ScenePlotFrame){.plot = plot,
                            .figure = figure,
                            .beside = labels_beside (build, plot, rect.width)};
  if (frame->beside)
    frame->labels = scene_cut_right (&rect, scene_plot_label (build, plot),
                                     scene_em (build, 0.5));
  else
    frame->labels = scene_cut_top (&rect, above, 0);
  frame->title_y = scene_cut_top (&rect, small (build), small (build) / 2);
  frame->note = scene_cut_top (&rect, note_height (build, plot), 0);
  frame->title_x
      = scene_cut_bottom (&rect, small (build), scene_em (build, 0.1));
  scene_cut_bottom (&rect, small (build), small (build) / 2);

  choose_y (frame, build, rect.height);
  scene_cut_left (&rect, ticks_width (build, &plot->y, &frame->y),
                  scene_em (build, 0.5));
  frame->area = rect;
  if (frame->beside) {
    frame->labels.y = rect.y - small (build) / 2;
    frame->labels.height = rect.height + small (build);
  }
  frame->title_x.x = rect.x;
  frame->title_x.width = rect.width;
  set_inset (frame, build);
  choose_x (frame, build);
}

double
scene_plot_at_x (const ScenePlotFrame *frame, double x)
{
  const SceneAxis *axis = &frame->plot->x;
  const SceneRect *area = &frame->area;

  return area->x + frame->inset
         + (area->width - 2 * frame->inset)
               * position (axis, axis->least, axis->most, x);
}

double
scene_plot_at_y (const ScenePlotFrame *frame, double y)
{
  double part = position (&frame->plot->y, frame->low_y, frame->high_y, y);

  return frame->area.y + frame->area.height * (1 - part);
}

double
scene_plot_mark (const SceneBuild *build)
{
  return 0.55 * build->metrics->em;
}

double
scene_plot_bar (const ScenePlotFrame *frame, const SceneBuild *build)
{
  double slot = 2 * frame->inset / scene_plot_bar_series (frame->plot);

  return MIN (0.72 * slot, scene_em (build, 2.4));
}

double
scene_plot_key (const SceneBuild *build)
{
  return scene_em (build, 1.6);
}

double
scene_plot_label (const SceneBuild *build, const ScenePlot *plot)
{
  double width = 0;

  for (guint i = 0; i < plot->count; i++)
    width = MAX (width,
                 scene_width (build, SCENE_TEXT_SMALL, plot->series[i].label));
  return width + scene_plot_key (build) + scene_em (build, 0.35);
}

double
scene_plot_value (const SceneBuild *build, const ScenePlot *plot)
{
  return axis_width (build, &plot->y);
}

char *
scene_plot_text (const SceneAxis *axis, double value)
{
  double least = axis->unit == SCENE_AXIS_PERCENT ? 0.001 : 0.01;

  return scene_axis_text (axis, value, axis->whole ? 1 : least);
}

guint
scene_plot_bar_series (const ScenePlot *plot)
{
  guint count = 0;

  for (guint i = 0; i < plot->count; i++)
    count += plot->series[i].bars;
  return count;
}

guint
scene_plot_bars (const SceneBuild *build, const ScenePlot *plot, double width)
{
  double room = width - axis_width (build, &plot->y) - scene_em (build, 0.5);
  double bar
      = MAX (scene_plot_value (build, plot), axis_width (build, &plot->x))
        + scene_em (build, 0.6);

  if (labels_beside (build, plot, width))
    room -= scene_plot_label (build, plot) + scene_em (build, 0.5);
  return (guint) MAX (1, room / bar);
}

double
scene_plot_least (const SceneBuild *build, const ScenePlot *plot)
{
  double titles = MAX (scene_width (build, SCENE_TEXT_SMALL, plot->x.title),
                       scene_width (build, SCENE_TEXT_SMALL, plot->y.title));

  return MAX (MAX (titles, scene_plot_label (build, plot)), scene_em (build, 9))
         + axis_width (build, &plot->y) + scene_em (build, 0.5);
}

double
scene_plot_width (const SceneBuild *build, const ScenePlot *plot)
{
  return scene_plot_least (build, plot)
         + MAX (scene_em (build, 12),
                scene_plot_label (build, plot) * (1 / MOST_BESIDE - 1));
}

double
scene_plot_height (const SceneBuild *build, const ScenePlot *plot, double width)
{
  return fixed_height (build, plot, width) + scene_em (build, 4.5);
}

double
scene_plot_most (const SceneBuild *build, const ScenePlot *plot, double width)
{
  return fixed_height (build, plot, width)
         + CLAMP (width / 3, scene_em (build, 7), scene_em (build, 16));
}
