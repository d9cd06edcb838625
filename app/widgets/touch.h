/* Touching the stage: a card for what the pointer rests on, or for where the
 * arrow keys have come to; pinning it; the way to what changed it; copying.
 *
 *   pointer --hover--> card, gone with the pointer
 *   arrows  ---------> card, gone with Escape
 *   click, Enter ----> card that stays while stepping, with its buttons
 *
 * The widget holds the whole page, so that a card may stand beside the stage.
 */
#ifndef PW_TOUCH_H
#define PW_TOUCH_H

#include "stage-view.h"

#define PW_TYPE_TOUCH (pw_touch_get_type ())
G_DECLARE_FINAL_TYPE (PwTouch, pw_touch, PW, TOUCH, GtkWidget)

/* Holds `child`, in which the stage is somewhere. */
GtkWidget *pw_touch_new (GtkWidget *child, PwStage *stage);

/* The lesson on the stage and its playhead, which must live until another is
 * set; NULL and NULL for none. To be called after pw_stage_set_lesson. */
void pw_touch_set_lesson (PwTouch *touch, LessonPlay *play, PwPlayhead *head);

/* Shows the card of an item, pinned or not; 0 hides it. */
void pw_touch_show (PwTouch *touch, SceneId id, gboolean pinned);

/* Moves the cursor, and the focus, to an item; 0 for none. Its card comes with
 * pw_touch_show_cursor, which is also what is shown where nothing is hovered.
 */
void pw_touch_set_cursor (PwTouch *touch, SceneId id);
void pw_touch_show_cursor (PwTouch *touch);

/* Opens the menu of the shown item beside an item. */
void pw_touch_pop_up (PwTouch *touch, SceneId id);

/* The item that the card speaks of, 0 if there is none, and whether the card
 * is pinned. */
SceneId pw_touch_get_item (PwTouch *touch);
gboolean pw_touch_get_pinned (PwTouch *touch);

/* The card, for tests. */
GtkWidget *pw_touch_get_card (PwTouch *touch);

#endif
