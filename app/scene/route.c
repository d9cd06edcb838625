/* Ways for connectors: right-angled, in the gutters, never over a panel. */
#include "route.h"

#include <math.h>

/* Lanes offered beside each edge of a panel. */
#define LANES 4

/* What a bend, a crossing and a step along a taken lane cost, in lanes of
 * length. */
#define BEND_COST 4.0
#define CROSSING_COST 7.0
#define TAKEN_COST 60.0

/* What a pixel upright costs for every pixel away from where it should be. */
#define TURN_COST 0.002

/* Lines closer than this are one. */
#define SAME 0.5
#define EQUAL 0.001

struct _SceneRouter {
  double width, height, lane, clearance;
  GArray *panels; /* of SceneRect */
  GArray *taken;  /* of Segment */
};

typedef struct {
  ScenePoint a, b;
} Segment;

/* A node is a crossing of two lanes and the direction it was reached in. */
typedef enum { ALONG_X, ALONG_Y, DIRECTIONS } Direction;

typedef struct {
  double hope; /* cost so far and the least that is still to come */
  double cost;
  guint node;
} Candidate;

typedef struct {
  SceneRouter *router;
  GArray *xs, *ys; /* of double, ascending */
  double *cost;
  guint *before; /* the node it was reached from */
  GArray *heap;  /* of Candidate, cheapest first */
  guint goal;
  double turn; /* x near which upright pieces cost least */
} Search;

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double *x = a, *y = b;

  return (*x > *y) - (*x < *y);
}

static void
offer (GArray *lines, double value, double limit)
{
  if (value > 0 && value < limit)
    g_array_append_val (lines, value);
}

/* Sorts the lines and drops those that are the same as the one before. */
static void
tidy (GArray *lines)
{
  double *v = (double *) (void *) lines->data;
  guint kept = 0;

  g_array_sort (lines, compare_doubles);
  v = (double *) (void *) lines->data;
  for (guint i = 0; i < lines->len; i++)
    if (kept == 0 || v[i] - v[kept - 1] > EQUAL)
      v[kept++] = v[i];
  g_array_set_size (lines, kept);
}

static void
offer_lanes (Search *s, const SceneRect *panel)
{
  const SceneRouter *r = s->router;

  for (guint i = 0; i < LANES; i++) {
    double d = r->clearance + i * r->lane;
    offer (s->xs, panel->x - d, r->width);
    offer (s->xs, panel->x + panel->width + d, r->width);
    offer (s->ys, panel->y - d, r->height);
    offer (s->ys, panel->y + panel->height + d, r->height);
  }
}

static double
x_of (const Search *s, guint node)
{
  return g_array_index (s->xs, double, node / DIRECTIONS % s->xs->len);
}

static double
y_of (const Search *s, guint node)
{
  return g_array_index (s->ys, double, node / DIRECTIONS / s->xs->len);
}

static guint
nearest (const GArray *lines, double value)
{
  guint best = 0;

  for (guint i = 1; i < lines->len; i++)
    if (fabs (g_array_index (lines, double, i) - value)
        < fabs (g_array_index (lines, double, best) - value))
      best = i;
  return best;
}

static guint
node_at (const Search *s, ScenePoint p, Direction direction)
{
  guint x = nearest (s->xs, p.x), y = nearest (s->ys, p.y);

  return (y * s->xs->len + x) * DIRECTIONS + direction;
}

/* True if a segment comes too near to a panel. */
static gboolean
is_blocked (const SceneRouter *r, ScenePoint a, ScenePoint b)
{
  double c = r->clearance - SAME;
  double left = MIN (a.x, b.x), right = MAX (a.x, b.x);
  double top = MIN (a.y, b.y), bottom = MAX (a.y, b.y);

  for (guint i = 0; i < r->panels->len; i++) {
    const SceneRect *p = &g_array_index (r->panels, SceneRect, i);
    if (right > p->x - c && left < p->x + p->width + c && bottom > p->y - c
        && top < p->y + p->height + c)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_level (const Segment *s)
{
  return fabs (s->a.y - s->b.y) < SAME;
}

/* How much two spans have in common; negative if they are apart. */
static double
overlap (double a1, double a2, double b1, double b2)
{
  return MIN (MAX (a1, a2), MAX (b1, b2)) - MAX (MIN (a1, a2), MIN (b1, b2));
}

static double
cost_beside (const SceneRouter *r, const Segment *a, const Segment *b)
{
  gboolean level = is_level (a);

  if (level != is_level (b)) {
    const Segment *h = level ? a : b, *v = level ? b : a;
    gboolean crosses = overlap (h->a.x, h->b.x, v->a.x, v->a.x) >= 0
                       && overlap (v->a.y, v->b.y, h->a.y, h->a.y) >= 0;
    return crosses ? CROSSING_COST * r->lane : 0;
  }

  double apart = level ? fabs (a->a.y - b->a.y) : fabs (a->a.x - b->a.x);
  double common = level ? overlap (a->a.x, a->b.x, b->a.x, b->b.x)
                        : overlap (a->a.y, a->b.y, b->a.y, b->b.y);
  if (apart > r->lane - SAME || common < -SAME)
    return 0;
  return TAKEN_COST * r->lane + 4 * MAX (0, common);
}

static double
cost_of_segment (const SceneRouter *r, const Segment *segment)
{
  double cost = fabs (segment->a.x - segment->b.x)
                + fabs (segment->a.y - segment->b.y);

  for (guint i = 0; i < r->taken->len; i++)
    cost += cost_beside (r, segment, &g_array_index (r->taken, Segment, i));
  return cost;
}

static void
heap_push (GArray *heap, Candidate candidate)
{
  g_array_append_val (heap, candidate);
  Candidate *h = (Candidate *) (void *) heap->data;

  for (guint i = heap->len - 1; i > 0 && h[(i - 1) / 2].hope > h[i].hope;
       i = (i - 1) / 2) {
    Candidate other = h[i];
    h[i] = h[(i - 1) / 2];
    h[(i - 1) / 2] = other;
  }
}

static Candidate
heap_pop (GArray *heap)
{
  Candidate *h = (Candidate *) (void *) heap->data;
  Candidate top = h[0];
  guint i = 0;

  h[0] = h[heap->len - 1];
  g_array_set_size (heap, heap->len - 1);
  for (;;) {
    guint child = 2 * i + 1;
    if (child >= heap->len)
      return top;
    if (child + 1 < heap->len && h[child + 1].hope < h[child].hope)
      child++;
    if (h[i].hope <= h[child].hope)
      return top;
    Candidate other = h[i];
    h[i] = h[child];
    h[child] = other;
    i = child;
  }
}

/* No way to the goal is shorter than this. */
static double
distance_to_goal (const Search *s, guint node)
{
  return fabs (x_of (s, node) - x_of (s, s->goal))
         + fabs (y_of (s, node) - y_of (s, s->goal));
}

/* Tries the step from a node to a neighbouring lane. */
static void
relax (Search *s, Candidate from, guint x, guint y, Direction direction)
{
  guint to = (y * s->xs->len + x) * DIRECTIONS + direction;
  Segment segment = {{x_of (s, from.node), y_of (s, from.node)},
                     {x_of (s, to), y_of (s, to)}};
  double bend
      = from.node % DIRECTIONS == direction ? 0 : BEND_COST * s->router->lane;

  if (s->cost[to] <= from.cost + bend
      || is_blocked (s->router, segment.a, segment.b))
    return;
  double cost = from.cost + bend + cost_of_segment (s->router, &segment);
  if (direction == ALONG_Y)
    cost += TURN_COST * fabs (segment.a.x - s->turn)
            * fabs (segment.a.y - segment.b.y);
  if (cost >= s->cost[to])
    return;
  s->cost[to] = cost;
  s->before[to] = from.node;
  heap_push (s->heap, (Candidate){cost + distance_to_goal (s, to), cost, to});
}

static void
expand (Search *s, Candidate from)
{
  guint x = from.node / DIRECTIONS % s->xs->len;
  guint y = from.node / DIRECTIONS / s->xs->len;

  if (x > 0)
    relax (s, from, x - 1, y, ALONG_X);
  if (x + 1 < s->xs->len)
    relax (s, from, x + 1, y, ALONG_X);
  if (y > 0)
    relax (s, from, x, y - 1, ALONG_Y);
  if (y + 1 < s->ys->len)
    relax (s, from, x, y + 1, ALONG_Y);
}

static gboolean
search (Search *s, guint start)
{
  guint count = s->xs->len * s->ys->len * DIRECTIONS;

  s->cost = g_new (double, count);
  s->before = g_new (guint, count);
  for (guint i = 0; i < count; i++)
    s->cost[i] = G_MAXDOUBLE;
  s->cost[start] = 0;
  s->before[start] = start;
  heap_push (s->heap, (Candidate){0, 0, start});
  while (s->heap->len > 0) {
    Candidate next = heap_pop (s->heap);
    if (next.node == s->goal)
      return TRUE;
    if (next.cost <= s->cost[next.node])
      expand (s, next);
  }
  return FALSE;
}

/* Where a line stands after it has left its panel. */
static ScenePoint
outside (const SceneRouter *r, const ScenePort *port, double distance)
{
  const SceneRect *p = &port->panel;
  double d = r->clearance + distance;

  switch (port->side) {
  case SCENE_SIDE_LEFT:
    return (ScenePoint){p->x - d, port->point.y};
  case SCENE_SIDE_RIGHT:
    return (ScenePoint){p->x + p->width + d, port->point.y};
  case SCENE_SIDE_TOP:
    return (ScenePoint){port->point.x, p->y - d};
  case SCENE_SIDE_BOTTOM:
    return (ScenePoint){port->point.x, p->y + p->height + d};
  }
  return port->point;
}

static Direction
direction_of (const ScenePort *port)
{
  return port->side == SCENE_SIDE_LEFT || port->side == SCENE_SIDE_RIGHT
             ? ALONG_X
             : ALONG_Y;
}

/* Appends a corner, unless it lies on the line between its neighbours. */
static void
append_corner (GArray *points, guint first, ScenePoint p)
{
  guint n = points->len;

  if (n >= first + 2) {
    ScenePoint *a = &g_array_index (points, ScenePoint, n - 2);
    ScenePoint *b = &g_array_index (points, ScenePoint, n - 1);
    /* Exactly: many small steps aside would add up to a slant. */
    if ((fabs (a->x - b->x) < EQUAL && fabs (b->x - p.x) < EQUAL)
        || (fabs (a->y - b->y) < EQUAL && fabs (b->y - p.y) < EQUAL)) {
      *b = p;
      return;
    }
  }
  g_array_append_val (points, p);
}

static void
append_way (const Search *s, const ScenePort *start, const ScenePort *end,
            GArray *points)
{
  g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (guint));
  guint first = points->len, node = s->goal;

  for (;;) {
    g_array_append_val (nodes, node);
    if (s->before[node] == node)
      break;
    node = s->before[node];
  }
  append_corner (points, first, start->point);
  for (guint i = nodes->len; i-- > 0;) {
    node = g_array_index (nodes, guint, i);
    append_corner (points, first, (ScenePoint){x_of (s, node), y_of (s, node)});
  }
  append_corner (points, first, end->point);
}

static void
take (SceneRouter *r, const GArray *points, guint first)
{
  for (guint i = first; i + 1 < points->len; i++) {
    Segment segment = {g_array_index (points, ScenePoint, i),
                       g_array_index (points, ScenePoint, i + 1)};
    g_array_append_val (r->taken, segment);
  }
}

static void
search_done (Search *s)
{
  g_array_unref (s->xs);
  g_array_unref (s->ys);
  g_array_unref (s->heap);
  g_free (s->cost);
  g_free (s->before);
}

SceneRouter *
scene_router_new (double width, double height, double lane, double clearance)
{
  SceneRouter *router = g_new0 (SceneRouter, 1);

  router->width = width;
  router->height = height;
  router->lane = lane;
  router->clearance = clearance;
  router->panels = g_array_new (FALSE, FALSE, sizeof (SceneRect));
  router->taken = g_array_new (FALSE, FALSE, sizeof (Segment));
  return router;
}

void
scene_router_free (SceneRouter *router)
{
  if (router == NULL)
    return;

  g_array_unref (router->panels);
  g_array_unref (router->taken);
  g_free (router);
}

void
scene_router_add_panel (SceneRouter *router, SceneRect panel)
{
  g_array_append_val (router->panels, panel);
}

gboolean
scene_router_find (SceneRouter *router, const ScenePort *start,
                   const ScenePort *end, SceneTurn turn, GArray *points)
{
  Search s = {.router = router,
              .xs = g_array_new (FALSE, FALSE, sizeof (double)),
              .ys = g_array_new (FALSE, FALSE, sizeof (double)),
              .heap = g_array_new (FALSE, FALSE, sizeof (Candidate))};
  ScenePoint from = outside (router, start, 0);
  /* The head of the arrow needs some straight line before it. */
  ScenePoint to = outside (router, end, 0.6 * router->lane);

  s.turn = turn == SCENE_TURN_EARLY ? from.x : to.x;
  for (guint i = 0; i < router->panels->len; i++)
    offer_lanes (&s, &g_array_index (router->panels, SceneRect, i));
  offer (s.xs, from.x, router->width);
  offer (s.xs, to.x, router->width);
  offer (s.ys, from.y, router->height);
  offer (s.ys, to.y, router->height);
  tidy (s.xs);
  tidy (s.ys);
  s.goal = node_at (&s, to, direction_of (end));

  gboolean found = search (&s, node_at (&s, from, direction_of (start)));
  if (found) {
    guint first = points->len;
    append_way (&s, start, end, points);
    take (router, points, first);
  }
  search_done (&s);
  return found;
}
