/* The list at the end of a ruler: a line for each span, all equally high. */
#ifndef SCENE_RULER_ROWS_H
#define SCENE_RULER_ROWS_H

#include "figures/ruler.h"

double scene_ruler_rows_height (const SceneBuild *build, guint rows);

/* Adds as many lines as ruler->rows below build->parent, the one with the
 * present address among them. */
void scene_add_ruler_rows (SceneBuild *build, SceneFigureId figure,
                           const SceneRuler *ruler, guint lens, SceneRect rect);

#endif
