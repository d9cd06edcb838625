/* Who names a frame: what it is, how its entries are found, and each of them.
 */
#ifndef SCENE_FRAME_NAMED_H
#define SCENE_FRAME_NAMED_H

#include "figures/figure.h"
#include "figures/happening.h"

double scene_frame_named_width (const SceneBuild *build);
double scene_frame_named_height (const SceneBuild *build);

/* Adds it below build->parent; the frame is a managed one. Ids have the parts
 * SCENE_FRAMES_.... */
void scene_add_frame_named (SceneBuild *build, SceneFigureId figure,
                            guint64 frame, const SceneHappening *what,
                            SceneRect rect);

#endif
