/* The pointer, or a finger, over the stage: what it rests on, what it picks. */

#include "pointer.h"

#include <math.h>

#include "item-cursor.h"

/* Milliseconds that the pointer rests on an item before its card comes, and
 * before it changes to another item's. */
#define DELAY 400
#define NEXT_DELAY 80

struct _PwPointer {
  PwTouch *touch;
  GtkWidget *stage;
  SceneId hovered; /* 0: nothing */
  guint delay;
  double x, y; /* in the window, where it was last; NAN: not known */
};

static SceneId
hit (PwPointer *pointer, double x, double y)
{
  const SceneStill *still = pw_stage_get_still (PW_STAGE (pointer->stage));
  const SceneItem *item = still != NULL ? pw_item_cursor_hit (still, x, y)
                                        : NULL;

  return item != NULL ? item->id : 0;
}

static gboolean
on_delay (gpointer data)
{
  PwPointer *pointer = data;

  pointer->delay = 0;
  if (!pw_touch_get_pinned (pointer->touch))
    pw_touch_show (pointer->touch, pointer->hovered, FALSE);
  return G_SOURCE_REMOVE;
}

/* Whether it was the pointer that moved. When the stage scrolls or is laid out
 * below it, GTK says so, too: at other coordinates, but in the same place of
 * the window. That it entered says nothing, either. */
static gboolean
has_moved (PwPointer *pointer, double x, double y)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (pointer->stage));
  double before_x = pointer->x, before_y = pointer->y;
  double far;

  gtk_widget_translate_coordinates (pointer->stage, root, x, y, &pointer->x,
                                    &pointer->y);
  far = hypot (pointer->x - before_x, pointer->y - before_y);
  return far >= 1; /* not, where it was not known */
}

static void
on_motion (PwPointer *pointer, double x, double y)
{
  SceneId id = hit (pointer, x, y);

  if (!has_moved (pointer, x, y))
    return;
  if (id == pointer->hovered)
    return;
  g_clear_handle_id (&pointer->delay, g_source_remove);
  pointer->hovered = id;
  if (pw_touch_get_pinned (pointer->touch))
    return;
  if (id == 0)
    pw_touch_show_cursor (pointer->touch);
  else
    pointer->delay = g_timeout_add (
        pw_touch_get_item (pointer->touch) != 0 ? NEXT_DELAY : DELAY, on_delay,
        pointer);
}

static void
on_leave (PwPointer *pointer)
{
  gboolean shown = pointer->hovered != 0
                   && pw_touch_get_item (pointer->touch) == pointer->hovered;

  g_clear_handle_id (&pointer->delay, g_source_remove);
  pointer->hovered = 0;
  if (shown && !pw_touch_get_pinned (pointer->touch))
    pw_touch_show_cursor (pointer->touch);
}

static void
on_pressed (GtkGestureClick *click, int presses, double x, double y,
            PwPointer *pointer)
{
  guint button
      = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (click));
  SceneId id = hit (pointer, x, y);

  if (button == GDK_BUTTON_MIDDLE)
    return;
  pw_touch_set_cursor (pointer->touch, id);
  pw_touch_show (pointer->touch, id, id != 0);
  if (button == GDK_BUTTON_SECONDARY && id != 0)
    pw_touch_pop_up (pointer->touch, id);
}

static void
on_long_press (PwPointer *pointer, double x, double y)
{
  SceneId id = hit (pointer, x, y);

  if (id == 0)
    return;
  pw_touch_show (pointer->touch, id, TRUE);
  pw_touch_pop_up (pointer->touch, id);
}

static void
listen (PwPointer *pointer)
{
  GtkWidget *stage = GTK_WIDGET (pointer->stage);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *long_press = gtk_gesture_long_press_new ();

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), pointer);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_leave), pointer);
  gtk_widget_add_controller (stage, motion);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), pointer);
  gtk_widget_add_controller (stage, GTK_EVENT_CONTROLLER (click));
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (long_press), TRUE);
  g_signal_connect_swapped (long_press, "pressed", G_CALLBACK (on_long_press),
                            pointer);
  gtk_widget_add_controller (stage, GTK_EVENT_CONTROLLER (long_press));
}

PwPointer *
pw_pointer_new (PwTouch *touch, PwStage *stage)
{
  PwPointer *pointer = g_new0 (PwPointer, 1);

  pointer->touch = touch;
  pointer->stage = GTK_WIDGET (stage);
  pointer->x = NAN;
  listen (pointer);
  return pointer;
}

void
pw_pointer_free (PwPointer *pointer)
{
  pw_pointer_forget (pointer);
  g_free (pointer);
}

void
pw_pointer_forget (PwPointer *pointer)
{
  g_clear_handle_id (&pointer->delay, g_source_remove);
  pointer->hovered = 0;
}
