/* Scrolling the rows of a figure: by wheel, by finger, and with the cursor. */

#include "scroller.h"

#include <math.h>

/* Rows for a notch of the wheel. */
#define NOTCH 3

/* Microseconds during which a page that was scrolled keeps the wheel. */
#define PAGE_KEEPS 300000

/* Pixels that a finger moves before it drags. */
#define DRAG_BEGINS 8

typedef struct {
  PwStage *stage;
  double x, y; /* of the pointer */
  double rest; /* part of a row that is still to be scrolled */
  SceneId window;
  GtkAdjustment *page; /* of the window that the stage scrolls in, or NULL */
  gint64 page_time;    /* at which it was scrolled last */
  guint64 drag_first;
} Scroller;

static const SceneWindow *
window_at (PwStage *stage, double x, double y)
{
  const SceneStill *still = pw_stage_get_still (stage);

  return still != NULL ? scene_still_window (still, x, y) : NULL;
}

/* The first row after a move by so many, within what there is. */
static guint64
moved (const SceneWindow *window, guint64 first, int rows)
{
  guint64 last = window->total - window->visible;

  if (rows < 0)
    return first - MIN (first, (guint64) -rows);
  return MIN (first + (guint64) rows, last);
}

/* Wheel ------------------------------------------------------------------- */

static void
on_page (Scroller *scroller)
{
  scroller->page_time = g_get_monotonic_time ();
}

/* The page is found late, for the stage is put into it late. */
static void
find_page (Scroller *scroller)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (scroller->stage),
                                                 GTK_TYPE_SCROLLED_WINDOW);

  if (scrolled == NULL || scroller->page != NULL)
    return;
  g_set_object (&scroller->page, gtk_scrolled_window_get_vadjustment (
                                     GTK_SCROLLED_WINDOW (scrolled)));
  g_signal_connect_swapped (scroller->page, "value-changed",
                            G_CALLBACK (on_page), scroller);
}

static gboolean
page_scrolls (const Scroller *scroller)
{
  GtkAdjustment *page = scroller->page;

  return page != NULL
         && gtk_adjustment_get_upper (page)
                > gtk_adjustment_get_page_size (page) + 1;
}

static void
on_motion (Scroller *scroller, double x, double y)
{
  scroller->x = x;
  scroller->y = y;
  find_page (scroller);
}

/* Rows for what the wheel, or two fingers on a pad, have moved. */
static int
rows_of (Scroller *scroller, const SceneWindow *window,
         GtkEventControllerScroll *scroll, double dy)
{
  double row = window->rect.height / window->visible;
  gboolean pixels = gtk_event_controller_scroll_get_unit (scroll)
                    == GDK_SCROLL_UNIT_SURFACE;

  if (scroller->window != window->id)
    scroller->rest = 0;
  scroller->window = window->id;
  scroller->rest += pixels ? dy / row : dy * NOTCH;
  double rows = trunc (scroller->rest);
  scroller->rest -= rows;
  return (int) CLAMP (rows, -1000, 1000);
}

static gboolean
on_scroll (GtkEventControllerScroll *scroll, double dx, double dy,
           Scroller *scroller)
{
  const SceneWindow *window
      = window_at (scroller->stage, scroller->x, scroller->y);
  gint64 now = g_get_monotonic_time ();

  if (window == NULL || dy == 0)
    return FALSE;
  if (page_scrolls (scroller) && now - scroller->page_time < PAGE_KEEPS)
    return FALSE;
  if (moved (window, window->first, dy < 0 ? -1 : 1) == window->first)
    return FALSE;
  int rows = rows_of (scroller, window, scroll, dy);
  pw_scroller_move_rows (scroller->stage, scroller->x, scroller->y, rows);
  return TRUE;
}

/* Finger ------------------------------------------------------------------ */

static void
on_drag_begin (GtkGestureDrag *drag, double x, double y, Scroller *scroller)
{
  const SceneWindow *window = window_at (scroller->stage, x, y);

  find_page (scroller);
  if (window == NULL || page_scrolls (scroller)) {
    gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
    return;
  }
  scroller->drag_first = window->first;
}

static void
on_drag_update (GtkGestureDrag *drag, double dx, double dy, Scroller *scroller)
{
  const SceneWindow *window;
  double x, y;

  gtk_gesture_drag_get_start_point (drag, &x, &y);
  window = window_at (scroller->stage, x, y);
  if (window == NULL || fabs (dy) < DRAG_BEGINS)
    return;
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  int rows = (int) round (-dy * window->visible / window->rect.height);
  guint64 first = moved (window, scroller->drag_first, rows);
  if (first != window->first)
    pw_stage_scroll (scroller->stage, window->id, first);
}

/* Cursor ------------------------------------------------------------------ */

static const SceneWindow *
window_of (PwStage *stage, const SceneItem *item)
{
  return item == NULL ? NULL
                      : window_at (stage, item->rect.x + item->rect.width / 2,
                                   item->rect.y + item->rect.height / 2);
}

/* The item that stands where another stood, or else the nearest in the same
 * column of the window. */
static SceneId
item_in_place (const SceneStill *still, const SceneWindow *window,
               SceneRect place)
{
  double row = window->rect.height / window->visible;
  double x = place.x + place.width / 2, y = place.y + place.height / 2;

  for (guint i = 0; i <= window->visible; i++)
    for (int side = -1; side <= 1; side += 2) {
      const SceneItem *item
          = pw_item_cursor_hit (still, x, y + side * (double) i * row);
      if (item != NULL)
        return item->id;
    }
  return 0;
}

static SceneId
next_row (PwStage *stage, const SceneItem *item, const SceneWindow *window,
          PwCursorMove move)
{
  SceneRect place = item->rect;
  SceneId id = item->id, panel = window->id;
  guint64 first = moved (window, window->first, move == PW_CURSOR_UP ? -1 : 1);

  pw_stage_scroll (stage, panel, first);
  const SceneStill *still = pw_stage_get_still (stage);
  const SceneItem *same = scene_still_find (still, id);
  window = window_at (stage, place.x + place.width / 2,
                      place.y + place.height / 2);
  if (same == NULL)
    return window != NULL ? item_in_place (still, window, place) : 0;

  SceneId next = pw_item_cursor_move (still, id, move);
  const SceneWindow *of_next
      = window_of (stage, scene_still_find (still, next));
  return of_next != NULL && of_next->id == panel ? next : id;
}

static void
scroller_free (gpointer data, GObject *stage)
{
  Scroller *scroller = data;

  if (scroller->page != NULL)
    g_signal_handlers_disconnect_by_data (scroller->page, scroller);
  g_clear_object (&scroller->page);
  g_free (scroller);
}

void
pw_scroller_listen (PwStage *stage)
{
  Scroller *scroller = g_new0 (Scroller, 1);
  GtkWidget *widget = GTK_WIDGET (stage);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll
      = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkGesture *drag = gtk_gesture_drag_new ();

  scroller->stage = stage;
  scroller->page_time = G_MININT64 / 2;
  g_object_weak_ref (G_OBJECT (stage), scroller_free, scroller);
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (on_motion), scroller);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), scroller);
  gtk_widget_add_controller (widget, motion);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), scroller);
  gtk_widget_add_controller (widget, scroll);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (drag), TRUE);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), scroller);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), scroller);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
}

gboolean
pw_scroller_move_rows (PwStage *stage, double x, double y, int rows)
{
  const SceneWindow *window = window_at (stage, x, y);
  guint64 first = window != NULL ? moved (window, window->first, rows) : 0;

  if (window == NULL || first == window->first)
    return FALSE;
  pw_stage_scroll (stage, window->id, first);
  return TRUE;
}

SceneId
pw_scroller_move_cursor (PwStage *stage, SceneId from, PwCursorMove move)
{
  const SceneStill *still = pw_stage_get_still (stage);
  const SceneItem *item = scene_still_find (still, from);
  const SceneWindow *window = window_of (stage, item);
  SceneId next = pw_item_cursor_move (still, from, move);
  const SceneWindow *of_next
      = window_of (stage, scene_still_find (still, next));

  if (window == NULL || (move != PW_CURSOR_UP && move != PW_CURSOR_DOWN)
      || (of_next != NULL && of_next->id == window->id && next != from)
      || moved (window, window->first, move == PW_CURSOR_UP ? -1 : 1)
             == window->first)
    return next;
  SceneId row = next_row (stage, item, window, move);
  return row != 0 ? row : next;
}
