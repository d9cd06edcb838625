/* Lets a playhead move with the frames of a widget. */

#include "ticker.h"

#include <math.h>

#include "transition.h"

/* Of the transition that the playhead is in, in milliseconds. */
static double
duration_at (const PwTicker *ticker, double position)
{
  guint base = (guint) floor (position);
  const SceneStill *from = pw_stills_get (ticker->stills, base);
  const SceneStill *to = pw_stills_get (ticker->stills, base + 1);
  g_auto (SceneTransition) transition = {0};

  if (from == NULL || to == NULL)
    return 0;
  scene_transition_init (&transition, from, to);
  return transition.duration;
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  PwTicker *ticker = data;
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  double elapsed = ticker->time != 0 ? (double) (now - ticker->time) / 1000 : 0;
  double position = pw_playhead_get_position (ticker->head);

  ticker->time = now;
  pw_playhead_advance (ticker->head, elapsed, duration_at (ticker, position));
  if (pw_playhead_get_moving (ticker->head))
    return G_SOURCE_CONTINUE;
  ticker->tick = 0;
  return G_SOURCE_REMOVE;
}

void
pw_ticker_start (PwTicker *ticker)
{
  if (!pw_playhead_get_moving (ticker->head) || ticker->tick != 0)
    return;
  if (!gtk_widget_get_mapped (ticker->widget)) {
    pw_playhead_advance (ticker->head, G_MAXDOUBLE, 1);
    return;
  }
  ticker->time = 0;
  ticker->tick
      = gtk_widget_add_tick_callback (ticker->widget, on_tick, ticker, NULL);
}

void
pw_ticker_stop (PwTicker *ticker)
{
  if (ticker->tick != 0)
    gtk_widget_remove_tick_callback (ticker->widget, ticker->tick);
  ticker->tick = 0;
}
