/* How memory fares: what reclaim, swap and files have cost so far. */
#include <glib/gi18n-lib.h>

#include "figures/counters.h"
#include "figures/kit.h"

#define COUNTERS 8

static void
list (const SceneBuild *b, SceneCounter counters[COUNTERS])
{
  const struct vm_counters *n = &b->context->state->counters;
  const SceneCounter all[COUNTERS]
      = {{_ ("pages to swap"), &n->swap_out, SCENE_ROLE_FAULT},
         {_ ("pages from swap"), &n->swap_in, SCENE_ROLE_FAULT},
         {_ ("back too soon"), &n->refaults, SCENE_ROLE_FAULT},
         {_ ("pages looked at"), &n->scanned, SCENE_ROLE_ACCENT},
         {_ ("runs of kswapd"), &n->kswapd_runs, SCENE_ROLE_MISS},
         {_ ("direct reclaim"), &n->direct_runs, SCENE_ROLE_MISS},
         {_ ("written to files"), &n->writebacks, SCENE_ROLE_ACCENT},
         {_ ("killed"), &n->oom_kills, SCENE_ROLE_FAULT}};

  memcpy (counters, all, sizeof all);
}

static double
padding_x (const SceneBuild *b)
{
  return scene_em (b, 1);
}

static double
padding_y (const SceneBuild *b)
{
  return scene_em (b, 0.6);
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  SceneCounter counters[COUNTERS];
  double padding = 2 * padding_x (b);

  list (b, counters);
  size->min_width = scene_counters_least (b, counters, COUNTERS) + padding;
  size->width = scene_counters_width (b, counters, COUNTERS) + padding;
  size->min_height
      = scene_counters_height (b, counters, COUNTERS, width - padding)
        + 2 * padding_y (b);
  size->height = size->min_height;
  size->max_height = size->height + scene_em (b, 0.5);
}

/* Labels and numbers say what they are: the panel has no header. */
static void
build (SceneBuild *b, SceneRect rect)
{
  SceneCounter counters[COUNTERS];

  list (b, counters);
  b->parent = scene_id_panel (SCENE_FIGURE_PRESSURE);
  scene_still_add (b->still, b->parent, 0, SCENE_PANEL, rect)->name
      = scene_still_text (b->still, _ ("How memory fares"));
  scene_add_counters (b, SCENE_FIGURE_PRESSURE, counters, COUNTERS,
                      scene_inset (rect, padding_x (b), padding_y (b)));
}

const SceneFigure scene_figure_pressure = {.id = SCENE_FIGURE_PRESSURE,
                                           .kind = "pressure",
                                           .title = N_ ("How memory fares"),
                                           .stance = SCENE_STANCE_BAND,
                                           .measure = measure,
                                           .build = build};
