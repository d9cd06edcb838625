/* Connectors between figures, as who wants one asks for it. */
#include "links.h"

#include <glib/gi18n-lib.h>

static const SceneRect *
panel_of (const SceneStill *still, const SceneItem *item)
{
  while (item != NULL && item->parent != 0)
    item = scene_still_find (still, item->parent);
  return item == NULL ? NULL : &item->rect;
}

/* Lines end at the item's edge; they leave from the panel's edge, save to the
 * bottom, where the room below a number is empty. */
static ScenePoint
touching (const SceneRect *rect, SceneSide side)
{
  double middle_x = rect->x + rect->width / 2;
  double middle_y = rect->y + rect->height / 2;

  switch (side) {
  case SCENE_SIDE_LEFT:
    return (ScenePoint){rect->x, middle_y};
  case SCENE_SIDE_RIGHT:
    return (ScenePoint){rect->x + rect->width, middle_y};
  case SCENE_SIDE_TOP:
    return (ScenePoint){middle_x, rect->y};
  case SCENE_SIDE_BOTTOM:
    return (ScenePoint){middle_x, rect->y + rect->height};
  }
  return (ScenePoint){middle_x, middle_y};
}

static gboolean
port_of (const SceneStill *still, SceneId id, SceneSide side, ScenePort *port)
{
  const SceneItem *item = scene_still_find (still, id);
  const SceneRect *panel = panel_of (still, item);

  if (panel == NULL)
    return FALSE;
  *port = (ScenePort){
      .point = touching (&item->rect, side), .panel = *panel, .side = side};
  /* A title stands for its panel: the line stops at the border. */
  if (item->style == SCENE_TEXT_BOLD && side == SCENE_SIDE_LEFT)
    port->point.x = panel->x;
  return TRUE;
}

/* Into a panel to the right from its left; into one below from the right,
 * so that the line need not go round it. */
SceneSide
scene_link_side (const SceneStill *still, SceneId from, SceneId to)
{
  const SceneRect *a = panel_of (still, scene_still_find (still, from));
  const SceneRect *b = panel_of (still, scene_still_find (still, to));

  return a == NULL || b == NULL || b->x >= a->x + a->width ? SCENE_SIDE_LEFT
                                                           : SCENE_SIDE_RIGHT;
}

void
scene_link_add (const SceneLinks *c, const SceneLink *link)
{
  SceneStill *still = c->build->still;
  ScenePort start, end;

  if (!port_of (still, link->from, link->leave, &start)
      || !port_of (still, link->to, link->enter, &end))
    return;
  end.point.y += link->shift;
  g_array_set_size (c->corners, 0);
  if (!scene_router_find (c->router, &start, &end, link->turn, c->corners))
    return;

  SceneItem *item
      = scene_still_add (still, link->id, 0, SCENE_CONNECTOR, (SceneRect){0});
  item->role = link->role;
  item->emphasis = link->emphasis;
  item->stroke = link->stroke;
  item->name = scene_still_text (still, _ (link->name));
  for (guint i = 0; i < c->corners->len; i++) {
    ScenePoint p = g_array_index (c->corners, ScenePoint, i);
    scene_still_add_point (still, item, p.x, p.y);
  }
}
