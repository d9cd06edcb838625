/* Scrolling the rows of a figure: by wheel, by finger, and with the cursor.
 *
 * Where the rows end the page scrolls on, and a page that is being scrolled is
 * not held up by a figure that comes below the pointer. */
#ifndef PW_SCROLLER_H
#define PW_SCROLLER_H

#include "item-cursor.h"
#include "stage-view.h"

/* Listens on a stage for as long as it lives. */
void pw_scroller_listen (PwStage *stage);

/* Moves the rows at a point of the stage by so many (down: positive). False if
 * there are none, or they are at their end. */
gboolean pw_scroller_move_rows (PwStage *stage, double x, double y, int rows);

/* Where a move of the cursor leads, as pw_item_cursor_move says; at the edge of
 * rows that can be scrolled to the next of them, which is brought into view. */
SceneId pw_scroller_move_cursor (PwStage *stage, SceneId from,
                                 PwCursorMove move);

#endif
