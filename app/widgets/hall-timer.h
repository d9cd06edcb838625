/* The timer of a presentation: it counts up, or down from a number of minutes,
 * and can be halted. It knows no clock: whoever asks says what time it is. */
#ifndef PW_HALL_TIMER_H
#define PW_HALL_TIMER_H

#include <glib.h>

/* All times are microseconds of any clock that never goes back. */
typedef struct {
  gint64 begun;  /* when it last went on; valid while running */
  gint64 before; /* what had passed by then */
  guint minutes; /* to count down from */
  gboolean down; /* shows what is left */
  gboolean running;
} PwHallTimer;

/* Runs from now on. */
void pw_hall_timer_start (PwHallTimer *timer, guint minutes, gint64 now);

/* Halts it, or lets it go on. */
void pw_hall_timer_toggle (PwHallTimer *timer, gint64 now);

/* Back to the beginning; it stays running or halted. */
void pw_hall_timer_reset (PwHallTimer *timer, gint64 now);

/* More or fewer minutes, at least one and at most a day. */
void pw_hall_timer_add (PwHallTimer *timer, int minutes);

/* Seconds to be shown: passed, or left; negative once the time is over. */
gint64 pw_hall_timer_seconds (const PwHallTimer *timer, gint64 now);

/* "4:05", "1:04:05", "−0:12"; to be freed. */
char *pw_hall_timer_text (gint64 seconds);

#endif
