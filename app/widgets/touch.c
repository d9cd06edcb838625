/* Touching the stage: a card for what the pointer rests on, or for where the
 * arrow keys have come to; pinning it; the way to what changed it; copying. */

#include "touch.h"

#include "card.h"
#include "item-actions.h"
#include "item-cursor.h"
#include "pointer.h"
#include "scroller.h"

#define EDGE 8

struct _PwTouch {
  GtkWidget parent_instance;
  GtkWidget *child, *card;
  PwStage *stage;
  LessonPlay *play;
  PwPlayhead *head;
  PwItemActions *actions;
  PwDatum *datum;
  PwPointer *pointer;
  SceneId shown, cursor; /* 0: none */
  gboolean pinned;
};

G_DEFINE_FINAL_TYPE (PwTouch, pw_touch, GTK_TYPE_WIDGET)

/* The card ------------------------------------------------------------------
 */

static const SceneItem *
find (PwTouch *touch, SceneId id)
{
  const SceneStill *still = pw_stage_get_still (touch->stage);

  return still != NULL && id != 0 ? scene_still_find (still, id) : NULL;
}

/* Says what the shown item is now; hides the card if it has gone. */
static void
refresh (PwTouch *touch)
{
  const SceneItem *item = find (touch, touch->shown);
  gboolean focus = gtk_widget_get_focus_child (GTK_WIDGET (touch))
                   == touch->card;

  g_clear_pointer (&touch->datum, pw_datum_free);
  if (item != NULL && item->name != NULL)
    touch->datum
        = pw_datum_new (touch->play, pw_stage_get_still (touch->stage), item);
  pw_item_actions_set (touch->actions, touch->play, touch->head, touch->datum);
  if (touch->datum != NULL)
    pw_card_set (PW_CARD (touch->card), touch->datum, touch->pinned);
  else if (focus && gtk_widget_get_root (GTK_WIDGET (touch)) != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (touch->stage));
  gtk_widget_set_visible (touch->card, touch->datum != NULL);
  pw_stage_mark (touch->stage, touch->datum != NULL ? touch->shown : 0,
                 touch->cursor);
  gtk_widget_queue_allocate (GTK_WIDGET (touch));
}

/* One step back: from pinned to nothing, from a cursor to none. */
static gboolean
leave (PwTouch *touch)
{
  if (touch->shown == 0 && touch->cursor == 0)
    return FALSE;
  if (!touch->pinned && touch->cursor != 0)
    pw_touch_set_cursor (touch, 0);
  pw_touch_show (touch, 0, FALSE);
  return TRUE;
}

/* A click in the text beside the stage lets go of what is pinned. */
static void
on_pressed_elsewhere (GtkGestureClick *click, int presses, double x, double y,
                      PwTouch *touch)
{
  GtkWidget *at = gtk_widget_pick (GTK_WIDGET (touch), x, y, GTK_PICK_DEFAULT);
  GtkWidget *stage = GTK_WIDGET (touch->stage);

  if (at == NULL || at == stage || gtk_widget_is_ancestor (at, stage)
      || gtk_widget_is_ancestor (at, touch->card)
      || pw_item_actions_is_open (touch->actions) || !touch->pinned)
    return;
  pw_touch_show (touch, 0, FALSE);
}

/* Keys ----------------------------------------------------------------------
 */

static void
move_cursor (PwTouch *touch, PwCursorMove move)
{
  const SceneStill *still = pw_stage_get_still (touch->stage);

  if (still == NULL)
    return;
  pw_touch_set_cursor (
      touch, pw_scroller_move_cursor (touch->stage, touch->cursor, move));
  if (touch->pinned)
    pw_stage_mark (touch->stage, touch->shown, touch->cursor);
  else
    pw_touch_show_cursor (touch);
}

static gboolean
menu_at_cursor (PwTouch *touch)
{
  const SceneItem *item = find (touch, touch->cursor);

  if (item == NULL)
    return FALSE;
  pw_touch_show (touch, touch->cursor,
                 touch->pinned && touch->shown == touch->cursor);
  pw_touch_pop_up (touch, touch->cursor);
  return TRUE;
}

static gboolean
on_key (GtkEventControllerKey *keys, guint key, guint code,
        GdkModifierType state, PwTouch *touch)
{
  static const guint moves[][2]
      = {{GDK_KEY_Left, GDK_KEY_KP_Left}, {GDK_KEY_Right, GDK_KEY_KP_Right},
         {GDK_KEY_Up, GDK_KEY_KP_Up},     {GDK_KEY_Down, GDK_KEY_KP_Down},
         {GDK_KEY_Home, GDK_KEY_KP_Home}, {GDK_KEY_End, GDK_KEY_KP_End}};
  GdkModifierType held = state & gtk_accelerator_get_default_mod_mask ();

  if (touch->play == NULL)
    return FALSE;
  if (key == GDK_KEY_Menu || (key == GDK_KEY_F10 && held == GDK_SHIFT_MASK))
    return menu_at_cursor (touch);
  if (held != 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++) {
    if (key != moves[i][0] && key != moves[i][1])
      continue;
    move_cursor (touch, (PwCursorMove) i);
    return TRUE;
  }
  if ((key != GDK_KEY_Return && key != GDK_KEY_KP_Enter) || touch->cursor == 0)
    return FALSE;
  pw_touch_show (touch, touch->cursor, TRUE);
  return TRUE;
}

static gboolean
on_escape (GtkEventControllerKey *keys, guint key, guint code,
           GdkModifierType state, PwTouch *touch)
{
  return key == GDK_KEY_Escape && leave (touch);
}

/* The card of the cursor goes with the focus, unless its menu has taken it. */
static void
on_focus_left (PwTouch *touch)
{
  if (touch->pinned || touch->shown != touch->cursor
      || pw_item_actions_is_open (touch->actions))
    return;
  pw_touch_show (touch, 0, FALSE);
}

/* Object --------------------------------------------------------------------
 */

static void
on_step (PwTouch *touch)
{
  if (touch->shown != 0)
    refresh (touch);
}

static void
place_card (PwTouch *touch)
{
  const SceneItem *item = find (touch, touch->shown);

  if (!gtk_widget_get_visible (touch->card))
    return;
  if (item != NULL)
    pw_card_allocate (PW_CARD (touch->card), GTK_WIDGET (touch->stage),
                      &item->rect);
  else
    gtk_widget_set_child_visible (touch->card, FALSE);
}

static void
pw_touch_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PwTouch *touch = PW_TOUCH (widget);

  gtk_widget_size_allocate (touch->child, &(GtkAllocation){0, 0, width, height},
                            -1);
  place_card (touch);
  pw_item_actions_present (touch->actions);
}

static void
pw_touch_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                  int *minimum, int *natural, int *minimum_baseline,
                  int *natural_baseline)
{
  gtk_widget_measure (PW_TOUCH (widget)->child, orientation, for_size, minimum,
                      natural, NULL, NULL);
}

static void
pw_touch_dispose (GObject *object)
{
  PwTouch *touch = PW_TOUCH (object);

  if (touch->actions != NULL)
    pw_touch_set_lesson (touch, NULL, NULL);
  /* As it goes, the focus and the pointer leave it. */
  g_clear_pointer (&touch->child, gtk_widget_unparent);
  g_clear_pointer (&touch->pointer, pw_pointer_free);
  g_clear_pointer (&touch->actions, pw_item_actions_free);
  g_clear_pointer (&touch->card, gtk_widget_unparent);
  g_clear_object (&touch->stage);
  G_OBJECT_CLASS (pw_touch_parent_class)->dispose (object);
}

static void
pw_touch_class_init (PwTouchClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pw_touch_dispose;
  widget_class->measure = pw_touch_measure;
  widget_class->size_allocate = pw_touch_size_allocate;
}

static void
pw_touch_init (PwTouch *touch)
{
}

static void
add_elsewhere (PwTouch *touch)
{
  GtkGesture *elsewhere = gtk_gesture_click_new ();

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (elsewhere),
                                              GTK_PHASE_CAPTURE);
  g_signal_connect (elsewhere, "pressed", G_CALLBACK (on_pressed_elsewhere),
                    touch);
  gtk_widget_add_controller (GTK_WIDGET (touch),
                             GTK_EVENT_CONTROLLER (elsewhere));
}

static void
add_keys (PwTouch *touch)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *escape = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), touch);
  gtk_widget_add_controller (GTK_WIDGET (touch->stage), keys);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_focus_left), touch);
  gtk_widget_add_controller (GTK_WIDGET (touch->stage), focus);
  g_signal_connect (escape, "key-pressed", G_CALLBACK (on_escape), touch);
  gtk_widget_add_controller (GTK_WIDGET (touch), escape);
}

static void
follow_scrolling (PwTouch *touch)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (touch->stage),
                                                 GTK_TYPE_SCROLLED_WINDOW);

  if (scrolled != NULL)
    g_signal_connect_object (
        gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)),
        "value-changed", G_CALLBACK (gtk_widget_queue_allocate), touch,
        G_CONNECT_SWAPPED);
}

GtkWidget *
pw_touch_new (GtkWidget *child, PwStage *stage)
{
  PwTouch *touch = g_object_new (PW_TYPE_TOUCH, NULL);

  touch->child = child;
  touch->stage = g_object_ref (stage);
  touch->card = pw_card_new ();
  gtk_widget_set_visible (touch->card, FALSE);
  gtk_widget_set_parent (child, GTK_WIDGET (touch));
  gtk_widget_set_parent (touch->card, GTK_WIDGET (touch));
  touch->actions = pw_item_actions_new (GTK_WIDGET (touch));
  follow_scrolling (touch);
  pw_scroller_listen (stage);
  touch->pointer = pw_pointer_new (touch, stage);
  g_signal_connect_object (stage, "scrolled", G_CALLBACK (on_step), touch,
                           G_CONNECT_SWAPPED);
  add_elsewhere (touch);
  add_keys (touch);
  return GTK_WIDGET (touch);
}

void
pw_touch_set_lesson (PwTouch *touch, LessonPlay *play, PwPlayhead *head)
{
  if (touch->head != NULL)
    g_signal_handlers_disconnect_by_data (touch->head, touch);
  g_set_object (&touch->head, head);
  touch->play = play;
  if (touch->pointer != NULL)
    pw_pointer_forget (touch->pointer);
  touch->cursor = 0;
  pw_touch_show (touch, 0, FALSE);
  if (head != NULL)
    g_signal_connect_swapped (head, "notify::step", G_CALLBACK (on_step),
                              touch);
}

void
pw_touch_show (PwTouch *touch, SceneId id, gboolean pinned)
{
  touch->shown = id;
  touch->pinned = pinned && id != 0;
  refresh (touch);
}

void
pw_touch_set_cursor (PwTouch *touch, SceneId id)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (touch->stage),
                                                 GTK_TYPE_SCROLLED_WINDOW);
  const SceneItem *item = find (touch, id);

  touch->cursor = item != NULL ? id : 0;
  if (item == NULL || !pw_stage_focus_item (touch->stage, id)) {
    gtk_widget_grab_focus (GTK_WIDGET (touch->stage));
    return;
  }
  if (scrolled != NULL)
    gtk_adjustment_clamp_page (
        gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)),
        item->rect.y - EDGE, item->rect.y + item->rect.height + EDGE);
}

void
pw_touch_show_cursor (PwTouch *touch)
{
  pw_touch_show (touch, touch->cursor, FALSE);
}

void
pw_touch_pop_up (PwTouch *touch, SceneId id)
{
  const SceneItem *item = find (touch, id);
  GdkRectangle at;

  if (item == NULL)
    return;
  at = pw_card_rect (GTK_WIDGET (touch), GTK_WIDGET (touch->stage),
                     &item->rect);
  pw_item_actions_pop_up (touch->actions, &at);
}

SceneId
pw_touch_get_item (PwTouch *touch)
{
  return touch->datum != NULL ? touch->shown : 0;
}

gboolean
pw_touch_get_pinned (PwTouch *touch)
{
  return touch->pinned;
}

GtkWidget *
pw_touch_get_card (PwTouch *touch)
{
  return touch->card;
}
