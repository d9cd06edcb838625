/* The data of a plot: bars, lines, point marks and values. */
#include <math.h>

#include "figures/plot_frame.h"

/* Distance of two shapes that do not touch, in ems. */
#define CLEAR 0.15

static ScenePoint
point_at (const ScenePlotFrame *f, const ScenePlotPoint *point)
{
  return (ScenePoint){scene_plot_at_x (f, point->x),
                      scene_plot_at_y (f, point->y)};
}

static guint64
number_of (guint series, const ScenePlotPoint *point)
{
  return (guint64) series << 32 | (point->number & G_MAXUINT32);
}

/* "FIFO, frames 3: faults 9" unless the caller knows better. */
static const char *
name_of (const SceneBuild *b, const ScenePlot *plot, guint series,
         const ScenePlotPoint *point)
{
  g_autofree char *x = scene_plot_text (&plot->x, point->x);
  g_autofree char *y = scene_plot_text (&plot->y, point->y);

  if (point->name != NULL)
    return scene_still_text (b->still, point->name);
  return scene_still_printf (b->still, "%s, %s %s: %s %s",
                             plot->series[series].label, plot->x.title, x,
                             plot->y.title, y);
}

/* True if the way from a to b keeps clear of a rectangle: it is cut at one
 * side after the other, until nothing is left. */
static gboolean
keeps_clear (ScenePoint a, ScenePoint b, const SceneRect *r)
{
  double start[2] = {a.x, a.y}, way[2] = {b.x - a.x, b.y - a.y};
  double low[2] = {r->x, r->y}, high[2] = {r->x + r->width, r->y + r->height};
  double from = 0, to = 1;

  for (guint i = 0; i < 2; i++) {
    if (way[i] == 0 && (start[i] <= low[i] || start[i] >= high[i]))
      return TRUE;
    if (way[i] == 0)
      continue;
    double t = (low[i] - start[i]) / way[i], u = (high[i] - start[i]) / way[i];
    from = MAX (from, MIN (t, u));
    to = MIN (to, MAX (t, u));
  }
  return from >= to;
}

static gboolean
line_keeps_clear (const ScenePlotFrame *f, const ScenePlotSeries *series,
                  const SceneRect *rect)
{
  for (guint i = 0; i < series->count; i++) {
    ScenePoint to = point_at (f, &series->points[i]);
    ScenePoint from = point_at (f, &series->points[i > 0 ? i - 1 : 0]);
    if (!keeps_clear (from, to, rect)
        || (to.x > rect->x && to.x < rect->x + rect->width && to.y > rect->y
            && to.y < rect->y + rect->height))
      return FALSE;
  }
  return TRUE;
}

/* The note's leader goes straight down to its point. */
static gboolean
leader_keeps_clear (const ScenePlotFrame *f, const SceneRect *rect)
{
  const ScenePlotNote *note = f->plot->note;

  if (note == NULL || f->plot->series[note->series].bars)
    return TRUE;
  ScenePoint end
      = point_at (f, &f->plot->series[note->series].points[note->point]);
  return keeps_clear ((ScenePoint){end.x, f->note.y}, end, rect);
}

/* True if no line of the plot, nor a point mark, comes near a rectangle. */
static gboolean
is_clear (const SceneBuild *b, const ScenePlotFrame *f, SceneRect rect)
{
  double margin = scene_plot_mark (b) / 2 + scene_em (b, CLEAR);

  rect = scene_inset (rect, -margin, -margin);
  for (guint i = 0; i < f->plot->count; i++)
    if (!f->plot->series[i].bars
        && !line_keeps_clear (f, &f->plot->series[i], &rect))
      return FALSE;
  return leader_keeps_clear (f, &rect);
}

/* The place of a bar's value: above the bar; among lines at its foot, if they
 * let it. False if there is none. */
static gboolean
place_value (const SceneBuild *b, const ScenePlotFrame *f, const SceneRect *bar,
             SceneRect *value)
{
  double line = scene_line (b, SCENE_TEXT_MONO_SMALL);
  double gap = scene_em (b, CLEAR), bottom = bar->y + bar->height;
  const double above = bar->y - line - gap, foot = bottom - line - gap;
  gboolean lines = scene_plot_bar_series (f->plot) < f->plot->count;
  const double tops[]
      = {lines ? foot : above, lines ? above : bar->y + gap, bar->y + gap};

  for (guint i = 0; i < G_N_ELEMENTS (tops); i++) {
    value->y = tops[i];
    gboolean above_bar = value->y + line <= bar->y;
    gboolean fits = above_bar ? value->y >= f->area.y
                              : bar->height >= line + 2 * gap;
    if (fits && is_clear (b, f, *value))
      return TRUE;
  }
  return FALSE;
}

static void
add_value (SceneBuild *b, const ScenePlotFrame *f, guint series,
           const ScenePlotPoint *point, const SceneRect *bar)
{
  double slot = 2 * f->inset / scene_plot_bar_series (f->plot);
  g_autofree char *text = scene_plot_text (&f->plot->y, point->y);
  double width = scene_width (b, SCENE_TEXT_MONO_SMALL, text);
  SceneRect place = {bar->x + (bar->width - width) / 2, 0, width,
                     scene_line (b, SCENE_TEXT_MONO_SMALL)};

  if (width > slot - scene_em (b, CLEAR) || !place_value (b, f, bar, &place))
    return;
  /* A pixel wider than measured, so that rounding cuts nothing. */
  place = scene_inset (place, -1, 0);
  SceneItem *item = scene_add_text (
      b, SCENE_ID (f->figure, SCENE_PLOT_VALUE, number_of (series, point)),
      SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_CENTER, place, text);
  item->role = f->plot->series[series].role;
  item->emphasis = MAX (point->emphasis, SCENE_STRONG);
}

/* rank: its place among the bars of one x. */
static void
add_bar (SceneBuild *b, const ScenePlotFrame *f, guint series, guint rank,
         const ScenePlotPoint *point)
{
  double width = scene_plot_bar (f, b);
  double left = scene_plot_at_x (f, point->x)
                - width * scene_plot_bar_series (f->plot) / 2 + rank * width;
  double top = scene_plot_at_y (f, point->y);
  double foot = f->area.y + f->area.height;
  SceneRect bar = {left, top, width, foot - top};
  SceneItem *item = scene_add_box (
      b, SCENE_ID (f->figure, SCENE_PLOT_POINT, number_of (series, point)), bar,
      f->plot->series[series].role, MAX (point->emphasis, SCENE_NORMAL));

  item->name = name_of (b, f->plot, series, point);
  add_value (b, f, series, point, &bar);
}

static void
add_line (SceneBuild *b, const ScenePlotFrame *f, guint n)
{
  const ScenePlotSeries *series = &f->plot->series[n];

  if (series->count < 2)
    return;
  SceneItem *item = scene_still_add (b->still,
                                     SCENE_ID (f->figure, SCENE_PLOT_LINE, n),
                                     b->parent, SCENE_LINE, f->area);
  item->role = series->role;
  item->stroke = series->stroke;
  item->emphasis = SCENE_STRONG;
  for (guint i = 0; i < series->count; i++) {
    ScenePoint p = point_at (f, &series->points[i]);
    scene_still_add_point (b->still, item, p.x, p.y);
  }
}

static void
add_mark (SceneBuild *b, const ScenePlotFrame *f, guint n,
          const ScenePlotPoint *point)
{
  double side = scene_plot_mark (b);
  ScenePoint p = point_at (f, point);
  SceneItem *item = scene_still_add (
      b->still, SCENE_ID (f->figure, SCENE_PLOT_POINT, number_of (n, point)),
      b->parent, SCENE_MARKER,
      (SceneRect){p.x - side / 2, p.y - side / 2, side, side});

  item->text = scene_still_text (b->still, scene_plot_glyph (n));
  item->role = f->plot->series[n].role;
  item->emphasis = MAX (point->emphasis, SCENE_NORMAL);
  item->name = name_of (b, f->plot, n, point);
}

const char *
scene_plot_glyph (guint series)
{
  static const char *const glyphs[] = {"ring", "square", "diamond", "triangle"};

  return glyphs[series % G_N_ELEMENTS (glyphs)];
}

void
scene_plot_add_series (SceneBuild *build, const ScenePlotFrame *frame)
{
  const ScenePlot *plot = frame->plot;
  guint rank = 0;

  for (guint n = 0; n < plot->count; n++) {
    for (guint i = 0; plot->series[n].bars && i < plot->series[n].count; i++)
      add_bar (build, frame, n, rank, &plot->series[n].points[i]);
    rank += plot->series[n].bars;
  }
  for (guint n = 0; n < plot->count; n++)
    if (!plot->series[n].bars)
      add_line (build, frame, n);
  for (guint n = 0; n < plot->count; n++)
    for (guint i = 0; !plot->series[n].bars && i < plot->series[n].count; i++)
      add_mark (build, frame, n, &plot->series[n].points[i]);
}
