/* The pace at which a presentation goes on by itself. */

#include "pace.h"

struct _PwPace {
  PwPaceStep step;
  gpointer data;
  guint at; /* on the scale */
  guint timer;
};

/* Seconds to read a caption and to say something about it. */
static const guint scale[] = {1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 45, 60};

#define USUAL 4

PwPace *
pw_pace_new (PwPaceStep step, gpointer data)
{
  PwPace *pace = g_new0 (PwPace, 1);

  pace->step = step;
  pace->data = data;
  pace->at = USUAL;
  return pace;
}

void
pw_pace_free (PwPace *pace)
{
  if (pace == NULL)
    return;
  pw_pace_set_playing (pace, FALSE);
  g_free (pace);
}

static gboolean
on_paused (gpointer data)
{
  PwPace *pace = data;
  guint timer = pace->timer;

  /* Whoever steps may halt it, or start it anew, by itself. */
  if (pace->step (pace->data))
    return pace->timer == timer;
  if (pace->timer == timer)
    pace->timer = 0;
  return G_SOURCE_REMOVE;
}

void
pw_pace_set_playing (PwPace *pace, gboolean playing)
{
  g_clear_handle_id (&pace->timer, g_source_remove);
  if (playing)
    pace->timer = g_timeout_add (scale[pace->at] * 1000, on_paused, pace);
}

gboolean
pw_pace_get_playing (PwPace *pace)
{
  return pace->timer != 0;
}

guint
pw_pace_get_seconds (PwPace *pace)
{
  return scale[pace->at];
}

void
pw_pace_change (PwPace *pace, int steps)
{
  int most = (int) G_N_ELEMENTS (scale) - 1;

  pace->at = (guint) CLAMP ((int) pace->at + steps, 0, most);
  if (pw_pace_get_playing (pace))
    pw_pace_set_playing (pace, TRUE);
}
