/* What must hold of every still: nothing overlaps, nothing is cut, connectors
 * keep to the gutters, ids are unique. */
#include "check.h"

#include <math.h>
#include <string.h>

#include "glyphs.h"

/* Rounding that is no fault. */
#define SLACK 0.6

/* After so many the picture is clear. */
#define MOST_FAULTS 12

typedef struct {
  const SceneStill *still;
  const SceneMetrics *metrics;
  const char *where; /* scenario, step and width, for messages */
} Check;

static const SceneItem *
item_at (const SceneStill *still, guint i)
{
  return &g_array_index (still->items, SceneItem, i);
}

/* Says what is wrong with an item, and goes on. */
static void
fail (const Check *c, const SceneItem *item, const char *what,
      const SceneItem *other)
{
  static guint faults;
  const SceneRect *r = &item->rect;
  const SceneRect none = {0}, *o = other != NULL ? &other->rect : &none;

  g_test_fail ();
  if (faults++ >= MOST_FAULTS)
    return;
  g_test_message ("%s: item %" G_GINT64_MODIFIER
                  "x \"%s\" (%s) at %.1f,%.1f %.1fx%.1f %s \"%s\" (%s) at "
                  "%.1f,%.1f %.1fx%.1f",
                  c->where, item->id, item->text, item->name, r->x, r->y,
                  r->width, r->height, what, other != NULL ? other->text : "",
                  other != NULL ? other->name : "", o->x, o->y, o->width,
                  o->height);
}

static gboolean
inside (const SceneRect *a, const SceneRect *b)
{
  return a->x >= b->x - SLACK && a->y >= b->y - SLACK
         && a->x + a->width <= b->x + b->width + SLACK
         && a->y + a->height <= b->y + b->height + SLACK;
}

static gboolean
overlap (const SceneRect *a, const SceneRect *b)
{
  return a->x + a->width > b->x + SLACK && b->x + b->width > a->x + SLACK
         && a->y + a->height > b->y + SLACK && b->y + b->height > a->y + SLACK;
}

/* A still finds the first item of an id. */
static void
check_ids (const Check *c)
{
  for (guint i = 0; i < c->still->items->len; i++) {
    const SceneItem *item = item_at (c->still, i);
    if (scene_still_find (c->still, item->id) != item)
      fail (c, item, "has the id of another item", NULL);
  }
}

static void
check_text (const Check *c, const SceneItem *item)
{
  if (item->text == NULL || item->kind == SCENE_MARKER)
    return;

  double width = c->metrics->measure (c->metrics, item->style, item->text);
  if (width > item->rect.width + SLACK)
    fail (c, item, "is wider than its room", NULL);
  if (c->metrics->line[item->style] > item->rect.height + SLACK)
    fail (c, item, "is higher than its room", NULL);
}

static void
check_place (const Check *c, const SceneItem *item)
{
  SceneRect whole = {0, 0, c->still->width, c->still->height};

  if (!inside (&item->rect, &whole))
    fail (c, item, "leaves the stage", NULL);
  if (item->rect.width < 0 || item->rect.height < 0)
    fail (c, item, "is inside out", NULL);
  if (item->parent == 0)
    return;
  const SceneItem *parent = scene_still_find (c->still, item->parent);
  if (parent == NULL)
    fail (c, item, "has no parent", NULL);
  if (item->kind != SCENE_RULE && !inside (&item->rect, &parent->rect))
    fail (c, item, "leaves its parent", NULL);
}

/* A point of a plot stands where its numbers say: also on the edge of a bar,
 * or on another point, but on no text. */
static gboolean
is_point (const SceneItem *item)
{
  return item->kind == SCENE_MARKER && scene_glyph_is_open (item->text);
}

static gboolean
is_written (const SceneItem *item)
{
  return item->text != NULL && item->kind != SCENE_MARKER;
}

/* Text on a box is meant; a box on a box, and a text on a text, are not. */
static gboolean
may_overlap (const SceneItem *a, const SceneItem *b)
{
  if (is_point (a) || is_point (b))
    return !is_written (a) && !is_written (b);
  if (a->kind == SCENE_RULE || b->kind == SCENE_RULE || a->kind == SCENE_EDGE
      || b->kind == SCENE_EDGE)
    return TRUE;
  if (a->kind == SCENE_BOX && b->kind == SCENE_BOX)
    return FALSE;
  /* A box holds the texts that lie inside it altogether; so does what is only
   * pointed at and read out. */
  if (a->text == NULL)
    return inside (&b->rect, &a->rect);
  if (b->text == NULL)
    return inside (&a->rect, &b->rect);
  return FALSE;
}

/* Beside each other in here: children of one item, from left to right. */
static int
compare_siblings (gconstpointer a, gconstpointer b)
{
  const SceneItem *p = *(const SceneItem *const *) a;
  const SceneItem *q = *(const SceneItem *const *) b;

  if (p->parent != q->parent)
    return p->parent < q->parent ? -1 : 1;
  return (p->rect.x > q->rect.x) - (p->rect.x < q->rect.x);
}

static void
check_pair (const Check *c, const SceneItem *a, const SceneItem *b)
{
  if (!overlap (&a->rect, &b->rect))
    return;
  /* The one that lies above comes later in the still. */
  if (a < b && !may_overlap (a, b))
    fail (c, b, "overlaps", a);
  if (b < a && !may_overlap (b, a))
    fail (c, a, "overlaps", b);
}

/* Siblings overlap only if one begins before the other ends. */
static void
check_siblings (const Check *c)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  for (guint i = 0; i < c->still->items->len; i++)
    if (!scene_kind_is_stroke (item_at (c->still, i)->kind))
      g_ptr_array_add (items, (gpointer) item_at (c->still, i));
  g_ptr_array_sort (items, compare_siblings);
  for (guint i = 0; i < items->len; i++) {
    const SceneItem *a = items->pdata[i];
    for (guint j = i + 1; j < items->len; j++) {
      const SceneItem *b = items->pdata[j];
      if (b->parent != a->parent || b->rect.x >= a->rect.x + a->rect.width)
        break;
      check_pair (c, a, b);
    }
  }
}

static SceneRect
segment_rect (const ScenePoint *a, const ScenePoint *b)
{
  return (SceneRect){MIN (a->x, b->x), MIN (a->y, b->y), fabs (a->x - b->x),
                     fabs (a->y - b->y)};
}

/* True if a segment runs through a rectangle, not just along its edge. */
static gboolean
runs_through (const SceneRect *segment, const SceneRect *rect)
{
  SceneRect core = {rect->x + SLACK, rect->y + SLACK, rect->width - 2 * SLACK,
                    rect->height - 2 * SLACK};

  return segment->x <= core.x + core.width
         && core.x <= segment->x + segment->width
         && segment->y <= core.y + core.height
         && core.y <= segment->y + segment->height;
}

/* Where a connector enters a panel it must be an end of it, and even there it
 * must not run over a text or a box. */
static void
check_segment (const Check *c, const SceneItem *item, const SceneRect *segment,
               gboolean end)
{
  for (guint i = 0; i < c->still->items->len; i++) {
    const SceneItem *other = item_at (c->still, i);
    gboolean solid = other->kind == SCENE_BOX || other->kind == SCENE_CHIP
                     || (other->kind == SCENE_TEXT && other->text != NULL);
    if (solid && runs_through (segment, &other->rect))
      fail (c, item, "runs over", other);
    if (other->kind == SCENE_PANEL && !end
        && runs_through (segment, &other->rect))
      fail (c, item, "crosses the panel", other);
  }
}

static void
check_connector (const Check *c, const SceneItem *item)
{
  const ScenePoint *points
      = &g_array_index (c->still->points, ScenePoint, item->first_point);

  g_assert_cmpuint (item->point_count, >=, 2);
  for (guint i = 0; i + 1 < item->point_count; i++) {
    const ScenePoint *a = &points[i], *b = &points[i + 1];
    SceneRect segment = segment_rect (a, b);
    gboolean end = i == 0 || i + 2 == item->point_count;
    if (segment.width > SLACK && segment.height > SLACK)
      fail (c, item, "is not right-angled", NULL);
    check_segment (c, item, &segment, end);
  }
}

static void
check_connectors (const Check *c)
{
  for (guint i = 0; i < c->still->items->len; i++)
    if (item_at (c->still, i)->kind == SCENE_CONNECTOR)
      check_connector (c, item_at (c->still, i));
}

/* Whether a segment enters a rectangle, by cutting it at each side. */
static gboolean
crosses (const ScenePoint *a, const ScenePoint *b, const SceneRect *r)
{
  double from = 0, to = 1;
  double start[2] = {a->x, a->y}, way[2] = {b->x - a->x, b->y - a->y};
  double low[2] = {r->x + SLACK, r->y + SLACK};
  double high[2] = {r->x + r->width - SLACK, r->y + r->height - SLACK};

  for (guint i = 0; i < 2; i++) {
    if (way[i] == 0) {
      if (start[i] <= low[i] || start[i] >= high[i])
        return FALSE;
      continue;
    }
    double t = (low[i] - start[i]) / way[i];
    double u = (high[i] - start[i]) / way[i];
    from = MAX (from, MIN (t, u));
    to = MIN (to, MAX (t, u));
  }
  return from < to;
}

/* A line may cross grounds and grid lines, but no text. */
static void
check_line (const Check *c, const SceneItem *line)
{
  const ScenePoint *p
      = &g_array_index (c->still->points, ScenePoint, line->first_point);

  for (guint i = 0; i < c->still->items->len; i++) {
    const SceneItem *item = item_at (c->still, i);
    if (item->text == NULL || scene_kind_is_stroke (item->kind)
        || item->kind == SCENE_MARKER)
      continue;
    for (guint j = 1; j < line->point_count; j++)
      if (crosses (&p[j - 1], &p[j], &item->rect))
        fail (c, line, "crosses", item);
  }
}

static void
check_lines (const Check *c)
{
  for (guint i = 0; i < c->still->items->len; i++)
    if (item_at (c->still, i)->kind == SCENE_LINE)
      check_line (c, item_at (c->still, i));
}

static void
check_flights (const Check *c)
{
  for (guint i = 0; i < c->still->flights->len; i++) {
    const SceneFlight *flight
        = &g_array_index (c->still->flights, SceneFlight, i);
    g_assert_nonnull (scene_still_find (c->still, flight->from));
    g_assert_nonnull (scene_still_find (c->still, flight->to));
    g_assert_cmpfloat (flight->start, <, flight->end);
    if (i > 0)
      g_assert_cmpfloat (
          flight->start, >=,
          g_array_index (c->still->flights, SceneFlight, i - 1).end);
  }
}

/* Panels stand where they stood at the step before. */
static void
check_panels (const Check *c, const SceneStill *before)
{
  if (before == NULL)
    return;
  for (guint i = 0; i < c->still->items->len; i++) {
    const SceneItem *item = item_at (c->still, i);
    if (item->kind != SCENE_PANEL)
      continue;
    const SceneItem *old = scene_still_find (before, item->id);
    g_assert_nonnull (old);
    if (memcmp (&old->rect, &item->rect, sizeof item->rect) != 0)
      fail (c, item, "has moved", NULL);
  }
}

/* A connector keeps its corners while its ends stay. */
static void
check_ways (const Check *c, const SceneStill *before)
{
  for (guint i = 0; before != NULL && i < c->still->items->len; i++) {
    const SceneItem *item = item_at (c->still, i);
    if (item->kind != SCENE_CONNECTOR)
      continue;
    const SceneItem *old = scene_still_find (before, item->id);
    if (old == NULL)
      continue;
    const ScenePoint *a
        = &g_array_index (c->still->points, ScenePoint, item->first_point);
    const ScenePoint *b
        = &g_array_index (before->points, ScenePoint, old->first_point);
    if (memcmp (&a[0], &b[0], sizeof a[0]) != 0
        || memcmp (&a[item->point_count - 1], &b[old->point_count - 1],
                   sizeof a[0])
               != 0)
      continue;
    if (item->point_count != old->point_count
        || memcmp (a, b, item->point_count * sizeof a[0]) != 0)
      fail (c, item, "goes another way than before", NULL);
  }
}

void
check_still (const SceneStill *still, const SceneMetrics *metrics,
             const char *where, const SceneStill *before)
{
  const Check check = {still, metrics, where}, *c = &check;

  check_ids (c);
  for (guint i = 0; i < c->still->items->len; i++) {
    check_text (c, item_at (c->still, i));
    check_place (c, item_at (c->still, i));
  }
  check_siblings (c);
  check_connectors (c);
  check_lines (c);
  check_flights (c);
  check_panels (c, before);
  check_ways (c, before);
}
