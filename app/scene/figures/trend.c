/* What each access has cost, and what an access costs on average. */
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "figures/accesses.h"
#include "figures/kit.h"
#include "figures/plot.h"

/* More bars than so many say less. */
#define MOST_BARS 16

typedef struct {
  SceneAccess accesses[MOST_BARS];
  ScenePlotPoint costs[MOST_BARS], means[MOST_BARS];
  ScenePlotSeries series[2];
  ScenePlot plot;
} Trend;

/* Some operation builds the kernel's half: a root may learn of one of its
 * tables only when an access needs it, which is then tried again. */
static gboolean
may_sync (const SceneContext *c)
{
  for (guint64 i = 0; i < vm_machine_op_count (c->machine); i++)
    if (vm_machine_op (c->machine, i)->kind == VM_OP_KERNEL)
      return TRUE;
  return FALSE;
}

/* The most that an access costs. Where a kernel answers page faults, it may be
 * tried twice. */
static guint
most_cost (const SceneContext *c)
{
  return c->geometry->levels * (1u + (c->regions ? 1 : 0) + may_sync (c)) + 1;
}

/* All that stays while stepping: axes and labels. */
static void
shape (const SceneBuild *b, Trend *trend)
{
  trend->series[0] = (ScenePlotSeries){.label = _ ("each access"),
                                       .role = SCENE_ROLE_ACCENT,
                                       .bars = TRUE,
                                       .points = trend->costs};
  trend->series[1] = (ScenePlotSeries){.label = _ ("mean so far"),
                                       .role = SCENE_ROLE_TABLE,
                                       .stroke = SCENE_STROKE_DASHED,
                                       .points = trend->means};
  trend->plot = (ScenePlot){
      .x = {.title = _ ("access"), .least = 1, .most = 999, .whole = TRUE},
      .y = {.title = _ ("memory accesses"),
            .most = most_cost (b->context),
            .whole = TRUE},
      .series = trend->series,
      .count = 2};
}

static const char *
name_of (const SceneBuild *b, const SceneAccess *access)
{
  return scene_still_printf (
      b->still,
      ngettext ("Access %" PRIu64 " at %s: %u memory access",
                "Access %" PRIu64 " at %s: %u memory accesses", access->cost),
      access->number,
      scene_keep (b, scene_number_virtual (b->context->geometry, access->va)),
      access->cost);
}

static const char *
mean_name (const SceneBuild *b, guint64 number, double mean)
{
  return scene_still_printf (
      b->still, _ ("Mean of accesses 1 to %" PRIu64 ": %.2f memory accesses"),
      number, mean);
}

/* An access counts towards the mean once it is done. */
static void
add_points (const SceneBuild *b, Trend *trend, guint count)
{
  guint64 first = count > 0 ? trend->accesses[0].number : 1;
  guint64 cost = scene_accesses_cost (b->context, first);

  for (guint i = 0; i < count; i++) {
    const SceneAccess *access = &trend->accesses[i];
    SceneEmphasis emphasis = access->now ? SCENE_ACTIVE : SCENE_NORMAL;
    trend->costs[trend->series[0].count++]
        = (ScenePlotPoint){.number = access->number,
                           .x = access->number,
                           .y = access->cost,
                           .name = name_of (b, access),
                           .emphasis = emphasis};
    cost += access->cost;
    if (!access->done)
      continue;
    double mean = (double) cost / access->number;
    trend->means[trend->series[1].count++]
        = (ScenePlotPoint){.number = access->number,
                           .x = access->number,
                           .y = mean,
                           .name = mean_name (b, access->number, mean),
                           .emphasis = emphasis};
  }
}

static double
padding_x (const SceneBuild *b)
{
  return 2 * scene_padding (b);
}

static double
padding_y (const SceneBuild *b)
{
  return scene_header (b) + scene_em (b, 0.8);
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  Trend trend;
  double inside = width - padding_x (b);

  shape (b, &trend);
  size->min_width = scene_plot_least (b, &trend.plot) + padding_x (b);
  size->width = scene_plot_width (b, &trend.plot) + padding_x (b);
  size->min_height = padding_y (b) + scene_plot_height (b, &trend.plot, inside);
  size->max_height
      = MAX (size->min_height,
             padding_y (b) + scene_plot_most (b, &trend.plot, inside));
  size->height = (size->min_height + size->max_height) / 2;
}

static void
build (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;
  Trend trend;
  SceneRect inside = scene_add_panel (b, SCENE_FIGURE_TREND, 0, rect,
                                      _ ("What accesses cost"), NULL);

  shape (b, &trend);
  guint fit = MIN (scene_plot_bars (b, &trend.plot, inside.width), MOST_BARS);
  guint64 count = scene_accesses_count (c);
  guint64 first = scene_first_shown (count, fit) + 1;
  add_points (b, &trend, scene_accesses_read (c, first, trend.accesses, fit));

  trend.plot.x.least = first;
  trend.plot.x.most = first + fit - 1;
  trend.plot.summary = scene_still_printf (
      b->still,
      ngettext ("%" PRIu64 " access so far, %" PRIu64 " memory accesses",
                "%" PRIu64 " accesses so far, %" PRIu64 " memory accesses",
                (gulong) count),
      count, scene_accesses_cost (c, G_MAXUINT64));
  scene_add_plot (b, SCENE_FIGURE_TREND, &trend.plot, inside);
}

const SceneFigure scene_figure_trend = {.id = SCENE_FIGURE_TREND,
                                        .kind = "trend",
                                        .title = N_ ("What accesses cost"),
                                        .stance = SCENE_STANCE_PART,
                                        .measure = measure,
                                        .build = build};
