/* Physical memory as a column of frames, where copies stand below what they
 * were copied from. */
#ifndef SCENE_FRAME_COLUMN_H
#define SCENE_FRAME_COLUMN_H

#include "figures/owned.h"

/* The height in which so many frames stand, some of them copies. */
double scene_frame_column_height (const SceneBuild *build, guint count,
                                  guint copies);

/* Adds frames below build->parent: as many as there is room for, first those
 * with the most emphasis and those that are shared, and says how many are left
 * out. A copy stands below the frame it was copied from, with an arrow between
 * them. */
void scene_add_frame_column (SceneBuild *build, SceneFigureId figure,
                             const SceneOwner owners[SCENE_OWNERS],
                             const SceneOwnedFrame *frames, guint count,
                             SceneRect rect);

#endif
