/* An entry that names a frame, or might, as a row: whose, which page, what its
 * region allows, what it says. */
#ifndef SCENE_FRAME_NAME_ROW_H
#define SCENE_FRAME_NAME_ROW_H

#include "figures/frame_names.h"
#include "figures/happening.h"
#include "figures/kit.h"

double scene_name_row_width (const SceneBuild *build);
double scene_name_row_height (const SceneBuild *build);

/* What the columns are called, and a row of them; below build->parent. Ids have
 * the parts SCENE_FRAMES_.... */
void scene_add_name_headings (SceneBuild *build, SceneFigureId figure,
                              SceneRect rect);
void scene_add_name_row (SceneBuild *build, SceneFigureId figure,
                         const SceneFrameName *name, const SceneHappening *what,
                         SceneRect rect);

#endif
