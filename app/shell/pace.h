/* The pace at which a presentation goes on by itself. */
#ifndef PW_PACE_H
#define PW_PACE_H

#include <glib.h>

typedef struct _PwPace PwPace;

/* Called after each pause; FALSE ends it. */
typedef gboolean (*PwPaceStep) (gpointer data);

/* At rest, at the usual pace. Free with pw_pace_free. */
PwPace *pw_pace_new (PwPaceStep step, gpointer data);
void pw_pace_free (PwPace *pace);

/* Whether it goes on by itself. Each start begins with a whole pause. */
void pw_pace_set_playing (PwPace *pace, gboolean playing);
gboolean pw_pace_get_playing (PwPace *pace);

/* Seconds of a pause; steps up or down a scale from 1 to 60. */
guint pw_pace_get_seconds (PwPace *pace);
void pw_pace_change (PwPace *pace, int steps);

#endif
