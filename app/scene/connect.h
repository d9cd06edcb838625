/* Connectors: what points to what, once it has been read. */
#ifndef SCENE_CONNECT_H
#define SCENE_CONNECT_H

#include "figures/figure.h"
#include "layout.h"

/* Adds the connectors of a still whose figures are complete. */
void scene_connect (SceneBuild *build, const SceneLayout *layout);

#endif
