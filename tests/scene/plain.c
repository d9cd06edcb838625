/* Figures over plain data, which no machine made. */
#include "plain.h"

#include "figures/kit.h"

/* Faults of 1 2 3 4 1 2 5 1 2 3 4 5 with one to five frames. */
static const ScenePlotPoint fifo[] = {{.number = 1, .x = 1, .y = 12},
                                      {.number = 2, .x = 2, .y = 12},
                                      {.number = 3, .x = 3, .y = 9},
                                      {.number = 4, .x = 4, .y = 10},
                                      {.number = 5, .x = 5, .y = 5}},
                            lru[] = {{.number = 1, .x = 1, .y = 12},
                                     {.number = 2, .x = 2, .y = 12},
                                     {.number = 3, .x = 3, .y = 10},
                                     {.number = 4, .x = 4, .y = 8},
                                     {.number = 5, .x = 5, .y = 5}},
                            opt[] = {{.number = 1, .x = 1, .y = 12},
                                     {.number = 2, .x = 2, .y = 9},
                                     {.number = 3, .x = 3, .y = 7},
                                     {.number = 4, .x = 4, .y = 6},
                                     {.number = 5, .x = 5, .y = 5}};

static const ScenePlotSeries policies[]
    = {{"FIFO", SCENE_ROLE_FAULT, SCENE_STROKE_SOLID, FALSE, fifo, 5},
       {"LRU", SCENE_ROLE_ACCENT, SCENE_STROKE_DASHED, FALSE, lru, 5},
       {"OPT", SCENE_ROLE_HIT, SCENE_STROKE_DOTTED, FALSE, opt, 5}};

static const ScenePlotNote anomaly
    = {0, 3, "Belady’s anomaly", "4 frames: 10 faults, 3 frames: 9"};

/* Misses against the size of a cache, as a part of all. */
static const ScenePlotPoint misses[] = {{.number = 1, .x = 4096, .y = 0.82},
                                        {.number = 2, .x = 16384, .y = 0.44},
                                        {.number = 3, .x = 65536, .y = 0.2},
                                        {.number = 4, .x = 262144, .y = 0.035},
                                        {.number = 5, .x = 1048576, .y = 0.01}};

static const ScenePlotSeries sizes[]
    = {{"misses", SCENE_ROLE_MISS, SCENE_STROKE_SOLID, FALSE, misses, 5}};

static const ScenePlotPoint reads[]
    = {{.number = 1, .x = 1, .y = 5},
       {.number = 2, .x = 2, .y = 1},
       {.number = 3, .x = 3, .y = 1},
       {.number = 4, .x = 4, .y = 5},
       {.number = 5, .x = 5, .y = 0},
       {.number = 6, .x = 6, .y = 3, .emphasis = SCENE_ACTIVE}},
    mean[]
    = {{.number = 1, .x = 1, .y = 5},       {.number = 2, .x = 2, .y = 3},
       {.number = 3, .x = 3, .y = 7 / 3.0}, {.number = 4, .x = 4, .y = 3},
       {.number = 5, .x = 5, .y = 2.4},     {.number = 6, .x = 6, .y = 2.5}};

static const ScenePlotSeries costs[]
    = {{"each access", SCENE_ROLE_LEVEL2, SCENE_STROKE_SOLID, TRUE, reads, 6},
       {"mean", SCENE_ROLE_ACCENT, SCENE_STROKE_DASHED, FALSE, mean, 6}};

static const ScenePlot plots[PLAINS]
    = {[PLAIN_POLICIES]
       = {.x = {.title = "frames", .least = 1, .most = 5, .whole = TRUE},
          .y = {.title = "faults", .most = 12, .whole = TRUE},
          .series = policies,
          .count = 3,
          .note = &anomaly,
          .notes = TRUE,
          .summary = "Faults of three policies"},
       [PLAIN_SIZES]
       = {.x = {.title = "size of the cache",
                .least = 4096,
                .most = 1048576,
                .log2 = TRUE,
                .unit = SCENE_AXIS_SIZE},
          .y = {.title = "misses", .most = 0.82, .unit = SCENE_AXIS_PERCENT},
          .series = sizes,
          .count = 1,
          .summary = "Fewer misses in a larger cache"},
       [PLAIN_BARS]
       = {.x = {.title = "access", .least = 1, .most = 8, .whole = TRUE},
          .y = {.title = "memory accesses", .most = 5, .whole = TRUE},
          .series = costs,
          .count = 2,
          .summary = "Memory accesses of each access"}};

const ScenePlot *
plain_plot (PlainKind kind)
{
  return &plots[kind];
}

const char *
plain_name (PlainKind kind)
{
  static const char *const names[PLAINS] = {[PLAIN_POLICIES] = "policies",
                                            [PLAIN_SIZES] = "sizes",
                                            [PLAIN_BARS] = "bars"};

  return names[kind];
}

SceneStill *
plain_still (PlainKind kind, const SceneMetrics *metrics, double width)
{
  SceneStill *still = scene_still_new ();
  SceneBuild build = {.metrics = metrics, .still = still};
  double margin = scene_em (&build, 1);
  SceneRect panel = {margin, margin, width - 2 * margin, 0};
  double fixed = scene_header (&build) + scene_em (&build, 0.8);

  panel.height = fixed
                 + scene_plot_most (&build, &plots[kind],
                                    panel.width - 2 * scene_padding (&build));
  still->width = width;
  still->height = panel.height + 2 * margin;
  SceneRect inside = scene_add_panel (&build, SCENE_FIGURE_COST, 0, panel,
                                      plots[kind].summary, NULL);
  scene_add_plot (&build, SCENE_FIGURE_COST, &plots[kind], inside);
  return still;
}
