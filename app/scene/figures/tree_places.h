/* How large a tree is, and where its nodes stand. */
#ifndef SCENE_TREE_PLACES_H
#define SCENE_TREE_PLACES_H

#include "figures/fold.h"

typedef struct {
  GArray *twigs;    /* of SceneTwig: what is shown */
  SceneRect *rects; /* one each */
  gboolean outline;
} SceneTreePlaces;

/* From the border of a node to its words. */
double scene_tree_padding (const SceneBuild *build);

/* To be cleared. */
SceneTreePlaces scene_tree_places (const SceneBuild *build,
                                   const SceneTreeShape *shape,
                                   const SceneTreeNode *nodes, guint count,
                                   SceneRect rect);
void scene_tree_places_clear (SceneTreePlaces *places);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SceneTreePlaces, scene_tree_places_clear)

#endif
