/* Connectors between figures: from which item to which, routed in the
 * gutters. */
#ifndef SCENE_LINKS_H
#define SCENE_LINKS_H

#include "figures/figure.h"
#include "layout.h"
#include "route.h"

typedef struct {
  SceneBuild *build;
  const SceneLayout *layout;
  SceneRouter *router;
  GArray *corners; /* of ScenePoint; for the time of one link */
} SceneLinks;

/* One connector: ids of the items it joins, and the sides it leaves and
 * enters their panels by. */
typedef struct {
  SceneId id, from, to;
  SceneSide leave, enter;
  SceneTurn turn;
  SceneRole role;
  SceneEmphasis emphasis;
  SceneStroke stroke;
  double shift;     /* of the end, along the edge that it enters by */
  const char *name; /* to be translated */
} SceneLink;

/* Adds a connector if both items can be seen, and there is a way. */
void scene_link_add (const SceneLinks *links, const SceneLink *link);

/* The side by which to enter the panel of `to`. */
SceneSide scene_link_side (const SceneStill *still, SceneId from, SceneId to);

#endif
