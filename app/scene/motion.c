/* Between two stills: what moves, what changes, how long it takes. */
#include "motion.h"

#include <math.h>
#include <string.h>

/* The part of its flight that a token takes to appear, and to vanish. */
#define FADE 0.12

/* A target so many times as wide as the token is landed on at its start. */
#define WIDE 2.5

/* Milliseconds of a step: with nothing in the air, with one datum, with a
 * second or third one after it. */
#define DURATION_PLAIN 250
#define DURATION_FLIGHT 450
#define DURATION_MORE 75
#define DURATION_MOST 600

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
on_path (ScenePoint a, ScenePoint d, double t)
{
  double dx = d.x - a.x, dy = d.y - a.y;
  ScenePoint b = {a.x, a.y + 0.6 * dy};
  ScenePoint c = {d.x - 0.4 * dx, d.y};

  if (fabs (dy) < 1) /* along a row: a straight way */
    b.x = a.x + 0.4 * dx;
  return (ScenePoint){bezier (a.x, b.x, c.x, d.x, t),
                      bezier (a.y, b.y, c.y, d.y, t)};
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
              double phase, GArray *tokens)
{
  double span = flight->end - flight->start;
  double t = span > 0 ? (phase - flight->start) / span : -1;
  const SceneItem *source = find_either (from, to, flight->from);
  const SceneItem *target = find_either (to, from, flight->to);

  if (t <= 0 || t >= 1 || source == NULL || target == NULL)
    return;

  SceneToken token = {.alpha = fade (t), .flight = flight};
  token_size (flight, metrics, &token.rect);
  ScenePoint place = on_path (anchor (source, token.rect.width),
                              anchor (target, token.rect.width),
                              scene_ease (t));
  token.rect.x = place.x - token.rect.width / 2;
  token.rect.y = place.y - token.rect.height / 2;
  g_array_append_val (tokens, token);
}

static gboolean
same_points (const SceneStill *a, const SceneItem *p, const SceneStill *b,
             const SceneItem *q)
{
  if (p->point_count != q->point_count)
    return FALSE;
  return p->point_count == 0
         || memcmp (&g_array_index (a->points, ScenePoint, p->first_point),
                    &g_array_index (b->points, ScenePoint, q->first_point),
                    p->point_count * sizeof (ScenePoint))
                == 0;
}

static gboolean
same_place (const SceneRect *a, const SceneRect *b)
{
  return fabs (a->x - b->x) < 0.01 && fabs (a->y - b->y) < 0.01
         && fabs (a->width - b->width) < 0.01
         && fabs (a->height - b->height) < 0.01;
}

static gboolean
looks_the_same (const SceneStill *a, const SceneItem *p, const SceneStill *b,
                const SceneItem *q)
{
  return p->kind == q->kind && p->role == q->role && p->emphasis == q->emphasis
         && p->style == q->style && p->align == q->align
         && g_strcmp0 (p->text, q->text) == 0 && same_place (&p->rect, &q->rect)
         && same_points (a, p, b, q);
}

/* What an item covers: its rectangle, or the box around its points and arrow
 * head. */
static SceneRect
bounds (const SceneStill *still, const SceneItem *item)
{
  const double margin = 8;
  double left = G_MAXDOUBLE, top = G_MAXDOUBLE;
  double right = -G_MAXDOUBLE, bottom = -G_MAXDOUBLE;

  if (item->kind != SCENE_CONNECTOR || item->point_count == 0)
    return item->rect;
  for (guint i = 0; i < item->point_count; i++) {
    const ScenePoint *p
        = &g_array_index (still->points, ScenePoint, item->first_point + i);
    left = MIN (left, p->x);
    right = MAX (right, p->x);
    top = MIN (top, p->y);
    bottom = MAX (bottom, p->y);
  }
  return (SceneRect){left - margin, top - margin, right - left + 2 * margin,
                     bottom - top + 2 * margin};
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

/* Adds where items of `still` have no equal in `other`. */
static void
add_differences (const SceneStill *still, const SceneStill *other,
                 GArray *rects)
{
  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);
    const SceneItem *twin = scene_still_find (other, item->id);
    if (twin == NULL || !looks_the_same (still, item, other, twin))
      add_rect (rects, bounds (still, item));
  }
}

double
scene_ease (double phase)
{
  phase = CLAMP (phase, 0, 1);
  return phase < 0.5 ? 4 * phase * phase * phase
                     : 1 - 4 * (1 - phase) * (1 - phase) * (1 - phase);
}

void
scene_motion_tokens (const SceneStill *from, const SceneStill *to,
                     const SceneMetrics *metrics, double phase, GArray *tokens)
{
  for (guint i = 0; i < to->flights->len; i++)
    append_token (from, to, &g_array_index (to->flights, SceneFlight, i),
                  metrics, phase, tokens);
}

void
scene_motion_differences (const SceneStill *from, const SceneStill *to,
                          GArray *rects)
{
  add_differences (to, from, rects);
  add_differences (from, to, rects);
}

guint
scene_motion_duration (const SceneStill *to)
{
  guint flights = to->flights->len;

  if (flights == 0)
    return DURATION_PLAIN;
  return MIN (DURATION_FLIGHT + (flights - 1) * DURATION_MORE, DURATION_MOST);
}
