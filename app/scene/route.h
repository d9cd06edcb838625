/* Ways for connectors: right-angled, in the gutters, never over a panel.
 *
 * The free space between the panels is cut into lanes. A way is the cheapest
 * path along them, where length, bends and crossings cost, and a lane that is
 * taken costs most. Routed in a fixed order, a connector keeps its way when
 * others are added after it. */
#ifndef SCENE_ROUTE_H
#define SCENE_ROUTE_H

#include "scene.h"

typedef enum {
  SCENE_SIDE_LEFT,
  SCENE_SIDE_RIGHT,
  SCENE_SIDE_TOP,
  SCENE_SIDE_BOTTOM
} SceneSide;

/* An end of a connector: where the line touches the thing it belongs to, the
 * panel around that thing, and the side on which the line leaves the panel. */
typedef struct {
  ScenePoint point;
  SceneRect panel;
  SceneSide side;
} ScenePort;

typedef struct _SceneRouter SceneRouter;

/* A router for a stage of that size. lane is the distance of two lines side
 * by side, clearance the least distance of a line from a panel. Free with
 * scene_router_free. */
SceneRouter *scene_router_new (double width, double height, double lane,
                               double clearance);
void scene_router_free (SceneRouter *router);

/* Panels, all of them before the first way. */
void scene_router_add_panel (SceneRouter *router, SceneRect panel);

/* Where the long upright piece of a way lies, when all else is equal: near
 * its start or near its end. */
typedef enum { SCENE_TURN_EARLY, SCENE_TURN_LATE } SceneTurn;

/* Finds a way and keeps its lanes for it. Appends its corners (of ScenePoint)
 * to points, from start to end. False, and nothing appended, if there is no
 * way. */
gboolean scene_router_find (SceneRouter *router, const ScenePort *start,
                            const ScenePort *end, SceneTurn turn,
                            GArray *points);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SceneRouter, scene_router_free)

#endif
