/* Which item lies where, for a cursor that arrow keys move over a still.
 *
 * It stands on items that have a name; not on panels, which are the ground of
 * other items, and not on connectors. */
#ifndef PW_ITEM_CURSOR_H
#define PW_ITEM_CURSOR_H

#include "scene.h"

typedef enum {
  PW_CURSOR_LEFT,
  PW_CURSOR_RIGHT,
  PW_CURSOR_UP,
  PW_CURSOR_DOWN,
  PW_CURSOR_FIRST,
  PW_CURSOR_LAST
} PwCursorMove;

/* Whether the cursor, and a card, may stand on an item. */
gboolean pw_item_cursor_stops_at (const SceneItem *item);

/* The topmost such item at a point, or NULL. */
const SceneItem *pw_item_cursor_hit (const SceneStill *still, double x,
                                     double y);

/* Where a move leads from an item: to the nearest of the same figure in that
 * direction, else to the nearest of another; where there is none it stays. From
 * 0, or an item that the still does not have, to the first. 0 if the still has
 * nothing to stand on. */
SceneId pw_item_cursor_move (const SceneStill *still, SceneId from,
                             PwCursorMove move);

#endif
