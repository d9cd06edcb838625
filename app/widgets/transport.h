/* The bar below the stage: buttons, scrub bar, step counter, speed, counters.
 *
 * The buttons activate the actions "lesson.first", "lesson.back",
 * "lesson.play", "lesson.step", "lesson.last", "lesson.over", "lesson.out" and
 * "lesson.speed" (a double), which whoever contains the bar provides. Where
 * there is little room, the less important parts leave. */
#ifndef PW_TRANSPORT_H
#define PW_TRANSPORT_H

#include <gtk/gtk.h>

#include "mark.h"
#include "playhead.h"
#include "scrub.h"

#define PW_TYPE_TRANSPORT (pw_transport_get_type ())
G_DECLARE_FINAL_TYPE (PwTransport, pw_transport, PW, TRANSPORT, GtkWidget)

GtkWidget *pw_transport_new (void);

/* What it shows and moves; NULL for nothing. */
void pw_transport_set_playhead (PwTransport *transport, PwPlayhead *head);

/* The live counters, at the present step. */
void pw_transport_set_counters (PwTransport *transport, guint64 hits,
                                guint64 lookups, guint64 faults);

/* Whether the counters are there at all; by default they are. */
void pw_transport_set_counted (PwTransport *transport, gboolean counted);

/* The bar's scrub bar and its play button, owned by it. */
PwScrub *pw_transport_get_scrub (PwTransport *transport);
GtkWidget *pw_transport_get_play_button (PwTransport *transport);

#endif
