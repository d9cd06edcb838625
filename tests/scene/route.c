/* Ways for connectors: round panels, side by side, and none where there is no
 * room. */
#include "route.h"

#include <math.h>

static GArray *
find (SceneRouter *router, ScenePort start, ScenePort end)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (ScenePoint));

  if (!scene_router_find (router, &start, &end, SCENE_TURN_EARLY, points)) {
    g_array_unref (points);
    return NULL;
  }
  return points;
}

static ScenePoint
at (const GArray *points, guint i)
{
  return g_array_index (points, ScenePoint, i);
}

/* A port in the middle of a side. */
static ScenePort
port (SceneRect panel, SceneSide side)
{
  ScenePort p = {.panel = panel, .side = side};

  p.point.x = side == SCENE_SIDE_LEFT ? panel.x : panel.x + panel.width;
  p.point.y = panel.y + panel.height / 2;
  return p;
}

static void
test_straight (void)
{
  SceneRect a = {50, 50, 100, 60}, b = {250, 50, 100, 60};
  g_autoptr (SceneRouter) router = scene_router_new (400, 200, 8, 7);

  scene_router_add_panel (router, a);
  scene_router_add_panel (router, b);
  g_autoptr (GArray) points
      = find (router, port (a, SCENE_SIDE_RIGHT), port (b, SCENE_SIDE_LEFT));
  g_assert_nonnull (points);
  g_assert_cmpuint (points->len, ==, 2);
  g_assert_cmpfloat (at (points, 0).x, ==, 150);
  g_assert_cmpfloat (at (points, 1).x, ==, 250);
}

/* The panel in between is passed at a distance. */
static void
test_round (void)
{
  SceneRect a = {50, 80, 60, 40}, b = {290, 80, 60, 40};
  SceneRect wall = {170, 40, 60, 120};
  g_autoptr (SceneRouter) router = scene_router_new (400, 200, 8, 7);

  scene_router_add_panel (router, a);
  scene_router_add_panel (router, b);
  scene_router_add_panel (router, wall);
  g_autoptr (GArray) points
      = find (router, port (a, SCENE_SIDE_RIGHT), port (b, SCENE_SIDE_LEFT));
  g_assert_nonnull (points);
  g_assert_cmpuint (points->len, ==, 6);
  for (guint i = 0; i < points->len; i++)
    g_assert_true (at (points, i).x <= 163.5 || at (points, i).x >= 236.5
                   || at (points, i).y <= 33.5 || at (points, i).y >= 166.5);
}

/* Two ways between the same panels do not lie on each other. */
static void
test_side_by_side (void)
{
  SceneRect a = {50, 20, 60, 160}, b = {200, 20, 60, 160};
  g_autoptr (SceneRouter) router = scene_router_new (400, 200, 8, 7);
  ScenePort starts[2]
      = {port (a, SCENE_SIDE_RIGHT), port (a, SCENE_SIDE_RIGHT)};
  ScenePort ends[2] = {port (b, SCENE_SIDE_LEFT), port (b, SCENE_SIDE_LEFT)};

  scene_router_add_panel (router, a);
  scene_router_add_panel (router, b);
  starts[0].point.y = 40;
  ends[0].point.y = 120;
  starts[1].point.y = 60;
  ends[1].point.y = 140;
  g_autoptr (GArray) first = find (router, starts[0], ends[0]);
  g_autoptr (GArray) second = find (router, starts[1], ends[1]);
  g_assert_cmpuint (first->len, ==, 4);
  g_assert_cmpuint (second->len, ==, 4);
  g_assert_cmpfloat (fabs (at (first, 1).x - at (second, 1).x), >, 7);
}

static void
test_no_way (void)
{
  SceneRect a = {50, 50, 60, 60}, b = {112, 50, 60, 60};
  g_autoptr (SceneRouter) router = scene_router_new (400, 200, 8, 7);

  scene_router_add_panel (router, a);
  scene_router_add_panel (router, b);
  g_assert_null (
      find (router, port (a, SCENE_SIDE_RIGHT), port (b, SCENE_SIDE_LEFT)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/route/straight", test_straight);
  g_test_add_func ("/route/round", test_round);
  g_test_add_func ("/route/side-by-side", test_side_by_side);
  g_test_add_func ("/route/no-way", test_no_way);
  return g_test_run ();
}
