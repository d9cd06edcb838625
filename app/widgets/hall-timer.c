/* The timer of a presentation: it counts up, or down from a number of minutes,
 * and can be halted. */

#include "hall-timer.h"

#define MOST_MINUTES (24 * 60)

static gint64
passed (const PwHallTimer *timer, gint64 now)
{
  return timer->before + (timer->running ? now - timer->begun : 0);
}

void
pw_hall_timer_start (PwHallTimer *timer, guint minutes, gint64 now)
{
  *timer = (PwHallTimer){.begun = now, .running = TRUE};
  timer->minutes = CLAMP (minutes, 1, MOST_MINUTES);
}

void
pw_hall_timer_toggle (PwHallTimer *timer, gint64 now)
{
  timer->before = passed (timer, now);
  timer->begun = now;
  timer->running = !timer->running;
}

void
pw_hall_timer_reset (PwHallTimer *timer, gint64 now)
{
  timer->before = 0;
  timer->begun = now;
}

void
pw_hall_timer_add (PwHallTimer *timer, int minutes)
{
  timer->minutes
      = (guint) CLAMP ((int) timer->minutes + minutes, 1, MOST_MINUTES);
}

gint64
pw_hall_timer_seconds (const PwHallTimer *timer, gint64 now)
{
  gint64 seconds = passed (timer, now) / G_USEC_PER_SEC;

  return timer->down ? (gint64) timer->minutes * 60 - seconds : seconds;
}

char *
pw_hall_timer_text (gint64 seconds)
{
  const char *sign = seconds < 0 ? "−" : "";
  guint64 all = (guint64) ABS (seconds);

  if (all < 3600)
    return g_strdup_printf ("%s%u:%02u", sign, (guint) (all / 60),
                            (guint) (all % 60));
  return g_strdup_printf ("%s%u:%02u:%02u", sign, (guint) (all / 3600),
                          (guint) (all / 60 % 60), (guint) (all % 60));
}
