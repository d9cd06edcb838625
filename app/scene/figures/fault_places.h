/* Where the questions and exits of the page-fault handler's chart stand. */
#ifndef SCENE_FAULT_PLACES_H
#define SCENE_FAULT_PLACES_H

#include "figures/fault_path.h"
#include "figures/figure.h"

typedef struct {
  double x[SCENE_FAULT_COLUMNS], width[SCENE_FAULT_COLUMNS];
  double y[SCENE_FAULT_ROWS]; /* of a row that is left out: that of the next */
  double height;              /* of a box */
  double cards, card_height;  /* the two cards stand above all rows */
} SceneFaultPlaces;

/* Between the boxes of a lane; the first of them leaves the trunk room for a
 * word. */
double scene_fault_lane_gap (const SceneBuild *build);

/* The least size that they need, and where they stand in a rectangle. */
double scene_fault_places_width (const SceneBuild *build);
double scene_fault_places_height (const SceneBuild *build);
void scene_fault_places (SceneFaultPlaces *places, const SceneBuild *build,
                         SceneRect rect);

SceneRect scene_fault_node_rect (const SceneFaultPlaces *places, guint node);
SceneRect scene_fault_exit_rect (const SceneFaultPlaces *places,
                                 const SceneBuild *build, guint exit);
SceneRect scene_fault_card_rect (const SceneFaultPlaces *places, guint card);

/* Exits of a lane stand below it; the trunk's, and those of questions apart,
 * beside it. And which exit of its node one is, from 0. */
gboolean scene_fault_exits_below (guint node);
guint scene_fault_exit_turn (guint exit);

#endif
