/* Flights: which datum travels in a step, from where to where. */
#ifndef SCENE_FLIGHTS_H
#define SCENE_FLIGHTS_H

#include "figures/figure.h"

/* Adds the flights of the step that led to the cursor. Those whose ends are
 * not on the stage are left out. */
void scene_fly (SceneBuild *build);

#endif
