/* Which item lies where, for a cursor that arrow keys move over a still. */

#include "item-cursor.h"

/* Being out of line counts this much more than being far. */
#define ASIDE 3.0

gboolean
pw_item_cursor_stops_at (const SceneItem *item)
{
  return item->name != NULL && item->kind != SCENE_PANEL
         && !scene_kind_is_stroke (item->kind) && item->rect.width > 0
         && item->rect.height > 0;
}

const SceneItem *
pw_item_cursor_hit (const SceneStill *still, double x, double y)
{
  const SceneItem *item = scene_still_hit (still, x, y);

  return item != NULL && pw_item_cursor_stops_at (item) ? item : NULL;
}

static SceneId
end_of (const SceneStill *still, gboolean last)
{
  SceneId found = 0;

  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);

    if (!pw_item_cursor_stops_at (item))
      continue;
    found = item->id;
    if (!last)
      break;
  }
  return found;
}

/* A rectangle seen in the direction of a move: `along` counts forward. */
typedef struct {
  double along, along_end, across, across_end;
} Span;

static Span
span_of (const SceneRect *rect, PwCursorMove move)
{
  double right = rect->x + rect->width, bottom = rect->y + rect->height;

  if (move == PW_CURSOR_RIGHT)
    return (Span){rect->x, right, rect->y, bottom};
  if (move == PW_CURSOR_LEFT)
    return (Span){-right, -rect->x, rect->y, bottom};
  if (move == PW_CURSOR_DOWN)
    return (Span){rect->y, bottom, rect->x, right};
  return (Span){-bottom, -rect->y, rect->x, right};
}

static double
middle (double start, double end)
{
  return (start + end) / 2;
}

/* How far an item is, or less than 0 if it does not lie that way. */
static double
distance (const SceneItem *from, const SceneItem *to, PwCursorMove move)
{
  Span a = span_of (&from->rect, move), b = span_of (&to->rect, move);
  double ahead = middle (b.along, b.along_end) - middle (a.along, a.along_end);
  double aside
      = MAX (MAX (a.across - b.across_end, b.across - a.across_end), 0);
  double off
      = ABS (middle (b.across, b.across_end) - middle (a.across, a.across_end));

  if (ahead < 1)
    return -1;
  return MAX (b.along - a.along_end, 0) + ahead * 0.1 + aside * ASIDE
         + off * 0.05;
}

static SceneId
nearest (const SceneStill *still, const SceneItem *from, PwCursorMove move,
         gboolean same_figure)
{
  double least = -1;
  SceneId found = 0;

  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);
    double far = distance (from, item, move);
    gboolean same = SCENE_ID_FIGURE (item->id) == SCENE_ID_FIGURE (from->id);

    if (!pw_item_cursor_stops_at (item) || same != same_figure || far < 0
        || (found != 0 && far >= least))
      continue;
    least = far;
    found = item->id;
  }
  return found;
}

SceneId
pw_item_cursor_move (const SceneStill *still, SceneId from, PwCursorMove move)
{
  const SceneItem *item = scene_still_find (still, from);
  SceneId found;

  if (item == NULL || move == PW_CURSOR_FIRST || move == PW_CURSOR_LAST)
    return end_of (still, move == PW_CURSOR_LAST);
  found = nearest (still, item, move, TRUE);
  if (found == 0)
    found = nearest (still, item, move, FALSE);
  return found != 0 ? found : from;
}
