/* The way that the page-fault handler takes: what it asked so far, where the
 * answers led, and what it did not come to. */
#include <glib/gi18n-lib.h>

#include "figures/fault_chart.h"
#include "figures/fault_places.h"

static double
padding (const SceneBuild *b)
{
  return 2 * scene_padding (b);
}

static gboolean
has_room (const SceneBuild *b, double width)
{
  return width >= scene_fault_places_width (b);
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  double fixed = scene_header (b) + scene_em (b, 0.8);
  double inside = width - padding (b);

  size->min_width = scene_fault_list_least (b) + padding (b);
  size->width = scene_fault_places_width (b) + padding (b);
  size->min_height = fixed
                     + (has_room (b, inside)
                            ? scene_fault_places_height (b)
                            : scene_fault_list_height (b, inside));
  size->height = size->min_height;
  size->max_height = size->height
                     + (has_room (b, inside)
                            ? scene_em (b, 0.6) * SCENE_FAULT_ROWS
                            : scene_em (b, 0.4));
}

static void
build (SceneBuild *b, SceneRect rect)
{
  SceneFaultRun run;
  SceneRect inside = scene_add_panel (b, SCENE_FIGURE_HANDLER, 0, rect,
                                      _ ("Page-fault handler"), NULL);

  scene_fault_run (b->context, &run);
  if (has_room (b, inside.width))
    scene_add_fault_flow (b, &run, inside);
  else
    scene_add_fault_list (b, &run, inside);
}

const SceneFigure scene_figure_handler = {.id = SCENE_FIGURE_HANDLER,
                                          .kind = "handler",
                                          .title = N_ ("Page-fault handler"),
                                          .stance = SCENE_STANCE_BAND,
                                          .measure = measure,
                                          .build = build};
