/* A plot: lines and bars over two axes, from plain numbers. */
#include "figures/plot.h"

#include <glib/gi18n-lib.h>

#include "figures/plot_frame.h"

static SceneId
id_of (const ScenePlotFrame *f, guint part, guint64 number)
{
  return SCENE_ID (f->figure, part, number);
}

static void
add_title (SceneBuild *b, const ScenePlotFrame *f, guint axis, SceneAlign align,
           SceneRect rect, const char *text)
{
  scene_add_text (b, id_of (f, SCENE_PLOT_TITLE, axis), SCENE_TEXT_SMALL, align,
                  rect, text);
}

static void
add_rule (SceneBuild *b, SceneId id, SceneRect rect, SceneEmphasis emphasis)
{
  SceneItem *item = scene_still_add (b->still, id, b->parent, SCENE_RULE, rect);

  item->role = SCENE_ROLE_NEUTRAL;
  item->emphasis = emphasis;
}

static void
add_tick (SceneBuild *b, const ScenePlotFrame *f, guint64 number,
          const SceneAxis *axis, const SceneTicks *ticks, guint i,
          SceneRect rect)
{
  g_autofree char *text = scene_axis_text (axis, ticks->value[i], ticks->step);

  scene_add_text (b, id_of (f, SCENE_PLOT_TICK, number), SCENE_TEXT_MONO_SMALL,
                  axis == &f->plot->y ? SCENE_ALIGN_END : SCENE_ALIGN_CENTER,
                  rect, text);
}

/* Grid lines across, each with its number to the left. */
static void
add_y_axis (SceneBuild *b, const ScenePlotFrame *f, double left)
{
  double line = scene_line (b, SCENE_TEXT_MONO_SMALL);
  const SceneRect *area = &f->area;

  for (guint i = 0; i < f->y.count; i++) {
    double y = scene_plot_at_y (f, f->y.value[i]);
    if (i > 0)
      add_rule (b, id_of (f, SCENE_PLOT_GRID, i),
                (SceneRect){area->x, y, area->width, 0}, SCENE_FAINT);
    add_tick (b, f, G_GUINT64_CONSTANT (1) << 32 | i, &f->plot->y, &f->y, i,
              (SceneRect){left, y - line / 2,
                          area->x - left - scene_em (b, 0.5), line});
  }
  add_rule (b, id_of (f, SCENE_PLOT_AXIS, 1),
            (SceneRect){area->x, area->y, 0, area->height}, SCENE_STRONG);
}

static void
add_x_axis (SceneBuild *b, const ScenePlotFrame *f, SceneRect whole)
{
  const SceneRect *area = &f->area;
  double top = area->y + area->height + scene_em (b, 0.35);

  add_rule (b, id_of (f, SCENE_PLOT_AXIS, 0),
            (SceneRect){area->x, area->y + area->height, area->width, 0},
            SCENE_STRONG);
  for (guint i = 0; i < f->x.count; i++) {
    g_autofree char *text
        = scene_axis_text (&f->plot->x, f->x.value[i], f->x.step);
    double width = scene_width (b, SCENE_TEXT_MONO_SMALL, text) + 2;
    double x = scene_plot_at_x (f, f->x.value[i]) - width / 2;
    add_tick (b, f, i, &f->plot->x, &f->x, i,
              (SceneRect){CLAMP (x, whole.x, whole.x + whole.width - width),
                          top, width, scene_line (b, SCENE_TEXT_MONO_SMALL)});
  }
}

/* A piece of the line with its point mark, or a small bar. */
static void
add_key (SceneBuild *b, const ScenePlotFrame *f, guint n, SceneRect rect)
{
  const ScenePlotSeries *series = &f->plot->series[n];
  double side = scene_plot_mark (b), y = rect.y + rect.height / 2;
  double middle = rect.x + rect.width / 2;

  if (series->bars) {
    scene_add_box (b, id_of (f, SCENE_PLOT_KEY, 2 * n),
                   (SceneRect){middle - side / 2, y - side / 2, side, side},
                   series->role, SCENE_STRONG);
    return;
  }
  SceneItem *item = scene_still_add (b->still, id_of (f, SCENE_PLOT_KEY, 2 * n),
                                     b->parent, SCENE_LINE, rect);
  item->role = series->role;
  item->stroke = series->stroke;
  item->emphasis = SCENE_STRONG;
  scene_still_add_point (b->still, item, rect.x, y);
  scene_still_add_point (b->still, item, rect.x + rect.width, y);
  item = scene_still_add (
      b->still, id_of (f, SCENE_PLOT_KEY, 2 * n + 1), b->parent, SCENE_MARKER,
      (SceneRect){middle - side / 2, y - side / 2, side, side});
  item->text = scene_still_text (b->still, scene_plot_glyph (n));
  item->role = series->role;
}

/* "FIFO: 5 points, from 12 to 5", for the screen reader. */
static const char *
series_name (const SceneBuild *b, const ScenePlot *plot,
             const ScenePlotSeries *series)
{
  if (series->count == 0)
    return scene_still_printf (b->still, _ ("%s: no points yet"),
                               series->label);
  g_autofree char *first = scene_plot_text (&plot->y, series->points[0].y);
  g_autofree char *last
      = scene_plot_text (&plot->y, series->points[series->count - 1].y);
  return scene_still_printf (b->still,
                             ngettext ("%s: %u point, from %s to %s",
                                       "%s: %u points, from %s to %s",
                                       series->count),
                             series->label, series->count, first, last);
}

static void
add_label (SceneBuild *b, const ScenePlotFrame *f, guint n, SceneRect rect)
{
  const ScenePlotSeries *series = &f->plot->series[n];

  add_key (b, f, n,
           scene_cut_left (&rect, scene_plot_key (b), scene_em (b, 0.35)));
  SceneItem *item = scene_add_text (b, id_of (f, SCENE_PLOT_LABEL, n),
                                    SCENE_TEXT_SMALL, SCENE_ALIGN_START, rect,
                                    series->label);
  item->role = series->role;
  item->emphasis = SCENE_STRONG;
  item->name = series_name (b, f->plot, series);
}

/* Where a series' label would like to stand: where the series ends. Bars end
 * nowhere; they stand on the axis, and so does their label, which would jump
 * with each of them. */
static double
wish_of (const ScenePlotFrame *f, const ScenePlotSeries *series)
{
  if (series->bars)
    return f->area.y + f->area.height;
  return series->count > 0
             ? scene_plot_at_y (f, series->points[series->count - 1].y)
             : f->area.y + f->area.height / 2;
}

/* Middles of labels, each as near to its wish as the others let it: from the
 * highest down they keep their distance, and the whole pile stays in room. */
static void
spread (const double *wish, double *middle, const guint *order, guint count,
        double distance, SceneRect room)
{
  double least = room.y + distance / 2;

  for (guint i = 0; i < count; i++) {
    middle[order[i]] = MAX (wish[order[i]], least);
    least = middle[order[i]] + distance;
  }
  double most = room.y + room.height - distance / 2;
  for (guint i = count; i-- > 0;) {
    middle[order[i]] = MIN (middle[order[i]], most);
    most = middle[order[i]] - distance;
  }
}

static int
compare_wishes (gconstpointer a, gconstpointer b, gpointer wishes)
{
  double first = ((const double *) wishes)[*(const guint *) a];
  double second = ((const double *) wishes)[*(const guint *) b];

  return (first > second) - (first < second);
}

static void
add_labels_beside (SceneBuild *b, const ScenePlotFrame *f)
{
  guint count = f->plot->count;
  double line = scene_line (b, SCENE_TEXT_SMALL);
  g_autofree double *wish = g_new (double, count);
  g_autofree double *middle = g_new (double, count);
  g_autofree guint *order = g_new (guint, count);

  for (guint i = 0; i < count; i++) {
    wish[i] = wish_of (f, &f->plot->series[i]);
    order[i] = i;
  }
  g_qsort_with_data (order, (int) count, sizeof *order, compare_wishes, wish);
  spread (wish, middle, order, count, line, f->labels);
  for (guint i = 0; i < count; i++)
    add_label (
        b, f, i,
        (SceneRect){f->labels.x, middle[i] - line / 2, f->labels.width, line});
}

static void
add_labels_above (SceneBuild *b, const ScenePlotFrame *f)
{
  double line = scene_line (b, SCENE_TEXT_SMALL), gap = scene_em (b, 0.8);
  double width = scene_plot_label (b, f->plot);
  guint columns = (guint) MAX (1, (f->labels.width + gap) / (width + gap));

  for (guint i = 0; i < f->plot->count; i++)
    add_label (
        b, f, i,
        (SceneRect){f->labels.x + i % columns * (width + gap),
                    f->labels.y + i / columns * (line + scene_em (b, 0.15)),
                    MIN (width, f->labels.width), line});
}

void
scene_add_plot (SceneBuild *build, SceneFigureId figure, const ScenePlot *plot,
                SceneRect rect)
{
  ScenePlotFrame frame;

  scene_plot_frame (&frame, build, figure, plot, rect);
  SceneItem *whole = scene_still_add (build->still,
                                      id_of (&frame, SCENE_PLOT_AREA, 0),
                                      build->parent, SCENE_TEXT, frame.area);
  whole->name = scene_still_text (build->still, plot->summary);
  add_title (build, &frame, 1, SCENE_ALIGN_START, frame.title_y, plot->y.title);
  add_y_axis (build, &frame, rect.x);
  add_x_axis (build, &frame, rect);
  add_title (build, &frame, 0, SCENE_ALIGN_CENTER, frame.title_x,
             plot->x.title);
  scene_plot_add_series (build, &frame);
  if (frame.beside)
    add_labels_beside (build, &frame);
  else
    add_labels_above (build, &frame);
  scene_plot_add_note (build, &frame);
}
