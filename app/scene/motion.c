/* Tokens: the data that fly between two stills; and what a step has changed. */
#include "motion.h"

#include <math.h>
#include <string.h>

/* The part of its flight that a token takes to appear, and to vanish. */
#define FADE 0.12

/* A target so many times as wide as the token is landed on at its start. */
#define WIDE 2.5

/* When more than so many texts are new, the whole picture is: there is nothing
 * to point at. */
#define MOST_REWRITTEN 8

static ScenePoint
centre (const SceneRect *r)
{
  return (ScenePoint){r->x + r->width / 2, r->y + r->height / 2};
}

/* Where on an item a token of that width stands: in the middle, but on wide
 * rows at the end that their text is at. */
static ScenePoint
anchor (const SceneItem *item, double width)
{
  ScenePoint middle = centre (&item->rect);

  if (item->rect.width < WIDE * width)
    return middle;
  switch (item->align) {
  case SCENE_ALIGN_START:
    return (ScenePoint){item->rect.x + width / 2, middle.y};
  case SCENE_ALIGN_CENTER:
    break;
  case SCENE_ALIGN_END:
    return (ScenePoint){item->rect.x + item->rect.width - width / 2, middle.y};
  }
  return middle;
}

static double
bezier (double a, double b, double c, double d, double t)
{
  double s = 1 - t;

  return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
}

/*      a              From a, first up or down out of its row into the
 *      |              gutter, then along it, then sideways onto d. The same
 *      b              points backwards are the way back.
 *       `.
 *         `--c--> d
 */
static ScenePoint
on_curve (ScenePoint a, ScenePoint d, double t)
{
  double dx = d.x - a.x, dy = d.y - a.y;
  ScenePoint b = {a.x, a.y + 0.6 * dy};
  ScenePoint c = {d.x - 0.4 * dx, d.y};

  if (fabs (dy) < 1) /* along a row: a straight way */
    b.x = a.x + 0.4 * dx;
  return (ScenePoint){bezier (a.x, b.x, c.x, d.x, t),
                      bezier (a.y, b.y, c.y, d.y, t)};
}

/* How far a point lies from a rectangle; 0 inside. */
static double
distance_from (const SceneRect *r, const ScenePoint *p)
{
  double dx = MAX (MAX (r->x - p->x, p->x - (r->x + r->width)), 0);
  double dy = MAX (MAX (r->y - p->y, p->y - (r->y + r->height)), 0);

  return hypot (dx, dy);
}

/* The connector that leads from one item to another: the one whose ends lie
 * nearest, unless they lie too far off. */
static const SceneItem *
connector_between (const SceneStill *still, const SceneItem *source,
                   const SceneItem *target, double near)
{
  const SceneItem *best = NULL;

  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);
    if (item->kind != SCENE_CONNECTOR || item->point_count < 2)
      continue;
    const ScenePoint *p
        = &g_array_index (still->points, ScenePoint, item->first_point);
    double distance
        = MAX (distance_from (&source->rect, &p[0]),
               distance_from (&target->rect, &p[item->point_count - 1]));
    if (distance >= near)
      continue;
    near = distance;
    best = item;
  }
  return best;
}

static ScenePoint
between (ScenePoint a, ScenePoint b, double t)
{
  return (ScenePoint){a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
}

static double
length_of (const GArray *way)
{
  double length = 0;

  for (guint i = 1; i < way->len; i++) {
    const ScenePoint *p = &g_array_index (way, ScenePoint, i);
    length += hypot (p[0].x - p[-1].x, p[0].y - p[-1].y);
  }
  return length;
}

/* The point that lies `along` a way, from its first point. */
static ScenePoint
point_along (const GArray *way, double along)
{
  for (guint i = 1; i < way->len; i++) {
    const ScenePoint *p = &g_array_index (way, ScenePoint, i);
    double length = hypot (p[0].x - p[-1].x, p[0].y - p[-1].y);
    if (along <= length)
      return between (p[-1], p[0], length > 0 ? along / length : 0);
    along -= length;
  }
  return g_array_index (way, ScenePoint, way->len - 1);
}

/* The same with round corners: the middle of the points around it. */
static ScenePoint
smooth_along (const GArray *way, double t, double radius)
{
  double length = length_of (way), along = t * length;
  double reach = MIN (radius, MIN (along, length - along));
  ScenePoint sum = {0, 0};

  for (int i = -4; i <= 4; i++) {
    ScenePoint p = point_along (way, along + reach * i / 4);
    sum.x += p.x / 9;
    sum.y += p.y / 9;
  }
  return sum;
}

static double
clamp_inside (double v, double start, double length, double size)
{
  return length <= size
             ? start + length / 2
             : CLAMP (v, start + size / 2, start + length - size / 2);
}

/* Where a token comes to rest that reaches an item at a point of its edge. */
static ScenePoint
just_inside (const SceneItem *item, const ScenePoint *p, const SceneRect *token)
{
  const SceneRect *r = &item->rect;

  return (ScenePoint){clamp_inside (p->x, r->x, r->width, token->width),
                      clamp_inside (p->y, r->y, r->height, token->height)};
}

/* Along the connector from one to the other, where there is one: a datum goes
 * the way that is drawn. */
static ScenePoint
on_path (const SceneStill *still, const SceneItem *source,
         const SceneItem *target, const SceneRect *token, double em, double t)
{
  ScenePoint first = anchor (source, token->width);
  const SceneItem *connector
      = connector_between (still, source, target, 2.5 * em);

  if (connector == NULL)
    return on_curve (first, anchor (target, token->width), t);

  g_autoptr (GArray) way = g_array_new (FALSE, FALSE, sizeof (ScenePoint));
  const ScenePoint *points
      = &g_array_index (still->points, ScenePoint, connector->first_point);
  ScenePoint last
      = just_inside (target, &points[connector->point_count - 1], token);
  g_array_append_val (way, first);
  g_array_append_vals (way, points, connector->point_count);
  g_array_append_val (way, last);
  return smooth_along (way, t, em);
}

static double
fade (double t)
{
  return CLAMP (MIN (t, 1 - t) / FADE, 0, 1);
}

static void
token_size (const SceneFlight *flight, const SceneMetrics *metrics,
            SceneRect *rect)
{
  const char *text = flight->text == NULL ? "" : flight->text;

  rect->height = metrics->line[SCENE_TEXT_MONO_BOLD] + 0.5 * metrics->em;
  rect->width = metrics->measure (metrics, SCENE_TEXT_MONO_BOLD, text)
                + 1.1 * metrics->em;
  rect->width = MAX (rect->width, rect->height);
}

static const SceneItem *
find_either (const SceneStill *first, const SceneStill *second, SceneId id)
{
  const SceneItem *item = first == NULL ? NULL : scene_still_find (first, id);

  return item != NULL || second == NULL ? item : scene_still_find (second, id);
}

static void
append_token (const SceneStill *from, const SceneStill *to,
              const SceneFlight *flight, const SceneMetrics *metrics,
              double time, GArray *tokens)
{
  double span = flight->end - flight->start;
  double t = span > 0 ? (time - flight->start) / span : -1;
  const SceneItem *source = find_either (from, to, flight->from);
  const SceneItem *target = find_either (to, from, flight->to);

  if (t <= 0 || t >= 1 || source == NULL || target == NULL)
    return;

  SceneToken token = {.alpha = fade (t), .flight = flight};
  token_size (flight, metrics, &token.rect);
  ScenePoint place
      = on_path (to, source, target, &token.rect, metrics->em, scene_ease (t));
  token.rect.x = place.x - token.rect.width / 2;
  token.rect.y = place.y - token.rect.height / 2;
  g_array_append_val (tokens, token);
}

static gboolean
same_place (const SceneRect *a, const SceneRect *b)
{
  return fabs (a->x - b->x) < 0.01 && fabs (a->y - b->y) < 0.01
         && fabs (a->width - b->width) < 0.01
         && fabs (a->height - b->height) < 0.01;
}

static gboolean
looks_the_same (const SceneItem *p, const SceneItem *q)
{
  return scene_items_look_alike (p, q) && same_place (&p->rect, &q->rect);
}

static gboolean
covers (const SceneRect *outer, const SceneRect *inner)
{
  return outer->x <= inner->x && outer->y <= inner->y
         && outer->x + outer->width >= inner->x + inner->width
         && outer->y + outer->height >= inner->y + inner->height;
}

/* Adds a rectangle unless one that is there covers it already. */
static void
add_rect (GArray *rects, SceneRect rect)
{
  for (guint i = 0; i < rects->len; i++)
    if (covers (&g_array_index (rects, SceneRect, i), &rect))
      return;
  g_array_append_val (rects, rect);
}

/* Adds the items of a kind that the step is about and that were not so
 * before. */
static void
add_active (const SceneStill *from, const SceneStill *to, SceneKind kind,
            GArray *rects)
{
  for (guint i = 0; i < to->items->len; i++) {
    const SceneItem *item = &g_array_index (to->items, SceneItem, i);
    if (item->kind != kind || item->emphasis != SCENE_ACTIVE)
      continue;
    const SceneItem *twin = scene_still_find (from, item->id);
    if (twin == NULL || !looks_the_same (twin, item))
      add_rect (rects, item->rect);
  }
}

/* What was forgotten, or of which only a part is left, is no news. */
static gboolean
says_less (const SceneItem *from, const SceneItem *to)
{
  return to->text == NULL || strcmp (to->text, "—") == 0
         || (from->text != NULL && g_str_has_prefix (from->text, to->text));
}

/* Adds what says something else than before. */
static void
add_rewritten (const SceneStill *from, const SceneStill *to, GArray *rects)
{
  for (guint i = 0; i < to->items->len; i++) {
    const SceneItem *item = &g_array_index (to->items, SceneItem, i);
    const SceneItem *twin = scene_still_find (from, item->id);
    if (twin != NULL && !says_less (twin, item)
        && g_strcmp0 (twin->text, item->text) != 0)
      add_rect (rects, item->rect);
  }
}

void
scene_motion_tokens (const SceneTransition *transition,
                     const SceneMetrics *metrics, double phase, GArray *tokens)
{
  const SceneStill *to = transition->to;
  double time = scene_transition_flight_time (transition, phase);

  for (guint i = 0; i < to->flights->len; i++)
    append_token (transition->from, to,
                  &g_array_index (to->flights, SceneFlight, i), metrics, time,
                  tokens);
}

void
scene_motion_differences (const SceneStill *from, const SceneStill *to,
                          GArray *rects)
{
  guint before = rects->len;

  add_active (from, to, SCENE_BOX, rects);
  add_active (from, to, SCENE_CHIP, rects);
  add_active (from, to, SCENE_MARKER, rects);
  if (rects->len == before)
    add_active (from, to, SCENE_TEXT, rects);
  if (rects->len > before)
    return;

  add_rewritten (from, to, rects);
  if (rects->len > before + MOST_REWRITTEN)
    g_array_set_size (rects, before);
}

static void
join (SceneRect *rect, gboolean *found, const SceneItem *item)
{
  double right, bottom;

  if (!*found) {
    *rect = item->rect;
    *found = TRUE;
    return;
  }
  right = MAX (rect->x + rect->width, item->rect.x + item->rect.width);
  bottom = MAX (rect->y + rect->height, item->rect.y + item->rect.height);
  rect->x = MIN (rect->x, item->rect.x);
  rect->y = MIN (rect->y, item->rect.y);
  rect->width = right - rect->x;
  rect->height = bottom - rect->y;
}

/* The first item that the step is about. Together they may fill the stage. */
static gboolean
first_active (const SceneStill *still, SceneRect *rect)
{
  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);
    if (item->emphasis != SCENE_ACTIVE || scene_kind_is_stroke (item->kind))
      continue;
    *rect = item->rect;
    return TRUE;
  }
  return FALSE;
}

gboolean
scene_motion_focus (const SceneStill *still, SceneRect *rect)
{
  gboolean landed = FALSE;

  for (guint i = 0; i < still->flights->len; i++) {
    const SceneFlight *flight = &g_array_index (still->flights, SceneFlight, i);
    const SceneItem *item = scene_still_find (still, flight->to);

    if (item != NULL)
      join (rect, &landed, item);
  }
  return landed || first_active (still, rect);
}

static gboolean
holds (SceneRect outer, SceneRect inner)
{
  return inner.x >= outer.x && inner.y >= outer.y
         && inner.x + inner.width <= outer.x + outer.width
         && inner.y + inner.height <= outer.y + outer.height;
}

gboolean
scene_motion_panel (const SceneStill *still, SceneRect place, SceneRect *panel)
{
  gboolean found = FALSE;

  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);
    if (item->kind != SCENE_PANEL || !holds (item->rect, place)
        || (found && item->rect.height >= panel->height))
      continue;
    *panel = item->rect;
    found = TRUE;
  }
  return found;
}
