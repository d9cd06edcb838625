/* Where the reader stands in a lesson, as one number.
 *
 *   step        3 ----------- 4 ----------- 5
 *   position   3.0    3.4    4.0    4.8    5.0
 *                      |
 *          2/5 of the way from still 3 to still 4
 *
 * Playing, scrubbing and going back all move this number and nothing else, so
 * they draw the same frames. The step is what captions and counters speak of:
 * where the number is going, or, while it is dragged, what it is nearest to.
 *
 * The playhead knows no clock of its own but the pause between two steps that
 * play; whoever draws the frames tells it how much time has passed. */
#ifndef PW_PLAYHEAD_H
#define PW_PLAYHEAD_H

#include <glib-object.h>

#define PW_TYPE_PLAYHEAD (pw_playhead_get_type ())
G_DECLARE_FINAL_TYPE (PwPlayhead, pw_playhead, PW, PLAYHEAD, GObject)

/* Properties, all notified: "step" and "count" (guint), "position" and "speed"
 * (double), "playing", "every-step" and "moving" (gboolean, the latter true
 * while pw_playhead_advance has work to do). */

/* A playhead at step 0 of count steps (so count + 1 places to stand). */
PwPlayhead *pw_playhead_new (guint count);

guint pw_playhead_get_count (PwPlayhead *head);
guint pw_playhead_get_step (PwPlayhead *head);
double pw_playhead_get_position (PwPlayhead *head);
gboolean pw_playhead_get_playing (PwPlayhead *head);
gboolean pw_playhead_get_moving (PwPlayhead *head);
double pw_playhead_get_speed (PwPlayhead *head);

/* 1 is the usual speed; outside 0.25 to 4 it is brought inside. */
void pw_playhead_set_speed (PwPlayhead *head, double speed);

/* Where pw_playhead_next, pw_playhead_previous and playing come to rest,
 * ascending; the lesson says it (halts.h). n = 0: at every step. */
void pw_playhead_set_halts (PwPlayhead *head, const guint *steps, guint n);

/* The same halts, and whether they count, as another playhead has. */
void pw_playhead_share_halts (PwPlayhead *head, const PwPlayhead *other);

/* TRUE: at every step all the same. */
void pw_playhead_set_every_step (PwPlayhead *head, gboolean every);
gboolean pw_playhead_get_every_step (PwPlayhead *head);

/* The first of the steps that whoever stands here was led through by the last
 * halt: those behind the halt before it. The present step itself between halts,
 * and where every step is one. */
guint pw_playhead_get_first (PwPlayhead *head);

/* Where the next one would lead; the present step at the end. */
guint pw_playhead_peek_next (PwPlayhead *head);

/* To the next halt, or the one before, by moving through the one
 * transition that leads there. Playing stops. */
void pw_playhead_next (PwPlayhead *head);
void pw_playhead_previous (PwPlayhead *head);

/* With motion off every move is a cut. */
void pw_playhead_set_motion (PwPlayhead *head, gboolean motion);

/* Goes to a step: to a neighbour, or the next halt or the one before, by moving
 * there, further by a cut. Beyond
 * the end is the end. Playing stops. */
void pw_playhead_go (PwPlayhead *head, guint step);

/* Goes to a step by moving through the last transition before it, so that the
 * reader sees it happen. */
void pw_playhead_show (PwPlayhead *head, guint step);

/* Drags the number itself; pw_playhead_settle lets it fall on its step. */
void pw_playhead_scrub (PwPlayhead *head, double position);
void pw_playhead_settle (PwPlayhead *head);

/* Plays on from here, from the start when at the end. */
void pw_playhead_play (PwPlayhead *head);
void pw_playhead_pause (PwPlayhead *head);

/* Steps at which playing pauses by itself: where the reader is asked. */
void pw_playhead_set_stops (PwPlayhead *head, const guint *steps, guint n);

/* Time has passed while moving: `elapsed` of the `duration` milliseconds that
 * the present transition takes at speed 1. */
void pw_playhead_advance (PwPlayhead *head, double elapsed, double duration);

#endif
