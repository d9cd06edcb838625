/* Plots: ticks are round and few, points stand where their numbers say, labels
 * and values keep clear of each other and of every line. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "figures/plot_frame.h"
#include "glyphs.h"
#include "plain.h"

#define FIGURE SCENE_FIGURE_COST

static const double widths[] = {260, 330, 480, 700, 1100, 1900};

static const SceneItem *
item_at (const SceneStill *still, guint i)
{
  return &g_array_index (still->items, SceneItem, i);
}

static const SceneItem *
find (const SceneStill *still, guint part, guint64 number)
{
  return scene_still_find (still, SCENE_ID (FIGURE, part, number));
}

static gboolean
is_round (double step)
{
  double power = pow (10, floor (log10 (step) + 1e-9));
  double first = step / power;

  return fabs (first - 1) < 1e-6 || fabs (first - 2) < 1e-6
         || fabs (first - 5) < 1e-6;
}

static void
check_ticks (const SceneAxis *axis, guint most, gboolean around)
{
  SceneTicks ticks;

  scene_ticks_choose (&ticks, axis, most, around);
  g_assert_cmpuint (ticks.count, <=, most);
  g_assert_true (is_round (ticks.step));
  for (guint i = 0; i < ticks.count; i++) {
    double steps = ticks.value[i] / ticks.step;
    g_assert_cmpfloat (fabs (steps - round (steps)), <, 1e-6);
  }
  if (axis->whole)
    g_assert_cmpfloat (fabs (ticks.step - round (ticks.step)), <, 1e-9);
  double last = ticks.value[ticks.count - 1], slack = 1e-6 * ticks.step;
  if (!around) {
    g_assert_cmpfloat (ticks.value[0], >=, axis->least - slack);
    g_assert_cmpfloat (last, <=, axis->most + slack);
    return;
  }
  g_assert_cmpfloat (ticks.value[0], <=, axis->least + slack);
  g_assert_cmpfloat (last, >=, axis->most - slack);
  g_assert_cmpfloat (last - axis->most, <, ticks.step);
}

static void
test_ticks (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < 2000; i++) {
    double least = g_rand_int_range (rand, -50, 50) / 7.0;
    double span = pow (10, g_rand_double_range (rand, -3, 7));
    SceneAxis axis = {.least = least, .most = least + span};
    guint most = (guint) g_rand_int_range (rand, 3, 20);
    check_ticks (&axis, most, i % 2 == 0);
    axis.whole = TRUE;
    axis.least = floor (least);
    axis.most = axis.least + ceil (span);
    check_ticks (&axis, most, i % 2 == 1);
  }
}

static void
test_powers (void)
{
  const SceneAxis axis = {.least = 4096, .most = 1 << 30, .log2 = TRUE};
  SceneTicks ticks;

  for (guint most = 2; most < 20; most++) {
    scene_ticks_choose (&ticks, &axis, most, FALSE);
    g_assert_cmpuint (ticks.count, <=, most);
    for (guint i = 0; i < ticks.count; i++)
      g_assert_cmpfloat (exp2 (round (log2 (ticks.value[i]))), ==,
                         ticks.value[i]);
    for (guint i = 1; i < ticks.count; i++)
      g_assert_cmpfloat (ticks.value[i] / ticks.value[i - 1], ==, ticks.step);
  }
}

static void
check_text (const SceneAxis *axis, double value, double step, const char *is)
{
  g_autofree char *text = scene_axis_text (axis, value, step);

  g_assert_cmpstr (text, ==, is);
}

static void
test_numbers (void)
{
  const SceneAxis number = {.most = 1}, size = {.unit = SCENE_AXIS_SIZE},
                  part = {.unit = SCENE_AXIS_PERCENT};

  check_text (&number, 12, 2, "12");
  check_text (&number, 0.5, 0.5, "0.5");
  check_text (&number, 0.25, 0.05, "0.25");
  check_text (&size, 65536, 2, "64 KiB");
  check_text (&part, 0.2, 0.2, "20 %");
  check_text (&part, 0.025, 0.005, "2.5 %");
}

static double
middle_of (const SceneItem *item, guint axis)
{
  return axis == 0 ? item->rect.x + item->rect.width / 2
                   : item->rect.y + item->rect.height / 2;
}

/* Where a value stands by the first and the last number of an axis, as they
 * are written. */
static double
by_ticks (const SceneStill *still, guint axis, double value)
{
  const SceneItem *first = find (still, SCENE_PLOT_TICK, (guint64) axis << 32);
  const SceneItem *last = first;

  for (guint64 i = 1;; i++) {
    const SceneItem *next
        = find (still, SCENE_PLOT_TICK, (guint64) axis << 32 | i);
    if (next == NULL)
      break;
    last = next;
  }
  double low = strtod (first->text, NULL), high = strtod (last->text, NULL);
  return middle_of (first, axis)
         + (middle_of (last, axis) - middle_of (first, axis)) * (value - low)
               / (high - low);
}

static void
check_point (const SceneStill *still, const ScenePlotSeries *series, guint n,
             const ScenePlotPoint *point)
{
  const SceneItem *item
      = find (still, SCENE_PLOT_POINT, (guint64) n << 32 | point->number);
  double y = by_ticks (still, 1, point->y);

  g_assert_nonnull (item);
  g_assert_nonnull (item->name);
  g_assert_cmpfloat (fabs (middle_of (item, 0) - by_ticks (still, 0, point->x)),
                     <, 1.5);
  if (!series->bars) {
    g_assert_cmpfloat (fabs (middle_of (item, 1) - y), <, 0.6);
    return;
  }
  g_assert_cmpfloat (fabs (item->rect.y - y), <, 0.6);
  g_assert_cmpfloat (
      fabs (item->rect.y + item->rect.height - by_ticks (still, 1, 0)), <, 0.6);
}

/* Points of a line are the middles of its marks. */
static void
check_line (const SceneStill *still, const ScenePlotSeries *series, guint n)
{
  const SceneItem *line = find (still, SCENE_PLOT_LINE, n);

  g_assert_cmpuint (line->point_count, ==, series->count);
  g_assert_cmpint (line->stroke, ==, series->stroke);
  for (guint i = 0; i < series->count; i++) {
    const SceneItem *mark = find (still, SCENE_PLOT_POINT,
                                  (guint64) n << 32 | series->points[i].number);
    const ScenePoint *p
        = &g_array_index (still->points, ScenePoint, line->first_point + i);
    g_assert_cmpfloat (fabs (p->x - middle_of (mark, 0)), <, 0.01);
    g_assert_cmpfloat (fabs (p->y - middle_of (mark, 1)), <, 0.01);
    g_assert_cmpstr (mark->text, ==, scene_plot_glyph (n));
  }
}

static gboolean
overlap (const SceneRect *a, const SceneRect *b)
{
  return a->x + a->width > b->x + 0.5 && b->x + b->width > a->x + 0.5
         && a->y + a->height > b->y + 0.5 && b->y + b->height > a->y + 0.5;
}

static gboolean
is_text (const SceneItem *item)
{
  return item->kind == SCENE_TEXT && item->text != NULL;
}

static void
check_texts (const SceneStill *still)
{
  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *a = item_at (still, i);
    for (guint j = i + 1; is_text (a) && j < still->items->len; j++) {
      const SceneItem *b = item_at (still, j);
      if ((is_text (b) || b->kind == SCENE_MARKER)
          && overlap (&a->rect, &b->rect))
        g_test_fail_printf ("\"%s\" lies on \"%s\"", a->text, b->text);
    }
  }
}

/* Looks at many points of a line: none lies in a text. */
static void
check_crossing (const SceneStill *still, const SceneItem *line)
{
  const ScenePoint *p
      = &g_array_index (still->points, ScenePoint, line->first_point);

  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *text = item_at (still, i);
    const SceneRect *r = &text->rect;
    for (guint n = 0; is_text (text) && n < (line->point_count - 1) * 100;
         n++) {
      double t = n % 100 / 100.0;
      double x = p[n / 100].x + t * (p[n / 100 + 1].x - p[n / 100].x);
      double y = p[n / 100].y + t * (p[n / 100 + 1].y - p[n / 100].y);
      if (x > r->x + 0.5 && x < r->x + r->width - 0.5 && y > r->y + 0.5
          && y < r->y + r->height - 0.5)
        g_test_fail_printf ("a line crosses \"%s\"", text->text);
    }
  }
}

static void
check_plain (PlainKind kind, double width)
{
  const ScenePlot *plot = plain_plot (kind);
  g_autoptr (SceneStill) still
      = plain_still (kind, scene_metrics_fixed (), width);

  for (guint n = 0; n < plot->count; n++) {
    for (guint i = 0; !plot->x.log2 && i < plot->series[n].count; i++)
      check_point (still, &plot->series[n], n, &plot->series[n].points[i]);
    if (!plot->series[n].bars)
      check_line (still, &plot->series[n], n);
    g_assert_nonnull (find (still, SCENE_PLOT_LABEL, n)->name);
  }
  g_assert_cmpstr (find (still, SCENE_PLOT_AREA, 0)->name, ==, plot->summary);
  check_texts (still);
  for (guint i = 0; i < still->items->len; i++)
    if (item_at (still, i)->kind == SCENE_LINE)
      check_crossing (still, item_at (still, i));
}

static void
test_plain (void)
{
  for (guint kind = 0; kind < PLAINS; kind++)
    for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
      check_plain (kind, widths[i]);
}

/* Equal factors are equally far apart. */
static void
test_log2 (void)
{
  const ScenePlotSeries *series = plain_plot (PLAIN_SIZES)->series;
  g_autoptr (SceneStill) still
      = plain_still (PLAIN_SIZES, scene_metrics_fixed (), 700);
  double at[5];

  for (guint i = 0; i < series->count; i++)
    at[i] = middle_of (find (still, SCENE_PLOT_POINT, series->points[i].number),
                       0);
  for (guint i = 2; i < series->count; i++)
    g_assert_cmpfloat (fabs ((at[i] - at[i - 1]) - (at[1] - at[0])), <, 0.01);
}

/* The note says which point it is about: its leader ends there. */
static void
test_note (void)
{
  g_autoptr (SceneStill) still
      = plain_still (PLAIN_POLICIES, scene_metrics_fixed (), 700);
  const SceneItem *leader = find (still, SCENE_PLOT_NOTE, 3);
  const SceneItem *mark = find (still, SCENE_PLOT_POINT, 4);
  const ScenePoint *p
      = &g_array_index (still->points, ScenePoint, leader->first_point);

  g_assert_cmpfloat (fabs (p[1].x - middle_of (mark, 0)), <, 0.01);
  g_assert_cmpfloat (fabs (p[1].y - mark->rect.y), <, 0.01);
  g_assert_cmpstr (find (still, SCENE_PLOT_NOTE, 0)->name, ==,
                   "Belady’s anomaly");
}

/* Series that end in one point still have a label each, one below the other
 * in some order, and differ in more than colour. */
static void
test_labels (void)
{
  const ScenePlot *plot = plain_plot (PLAIN_POLICIES);
  g_autoptr (SceneStill) still
      = plain_still (PLAIN_POLICIES, scene_metrics_fixed (), 700);

  for (guint i = 0; i < plot->count; i++)
    for (guint j = i + 1; j < plot->count; j++) {
      double distance
          = fabs (middle_of (find (still, SCENE_PLOT_LABEL, i), 1)
                  - middle_of (find (still, SCENE_PLOT_LABEL, j), 1));
      g_assert_cmpfloat (distance, >=,
                         scene_metrics_fixed ()->line[SCENE_TEXT_SMALL] - 0.01);
      g_assert_cmpint (plot->series[i].stroke, !=, plot->series[j].stroke);
      g_assert_cmpstr (scene_plot_glyph (i), !=, scene_plot_glyph (j));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/ticks", test_ticks);
  g_test_add_func ("/plot/powers", test_powers);
  g_test_add_func ("/plot/numbers", test_numbers);
  g_test_add_func ("/plot/plain", test_plain);
  g_test_add_func ("/plot/log2", test_log2);
  g_test_add_func ("/plot/note", test_note);
  g_test_add_func ("/plot/labels", test_labels);
  return g_test_run ();
}
