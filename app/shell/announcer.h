/* Says to a screen reader what a step is, once the reader rests at it. */
#ifndef PW_ANNOUNCER_H
#define PW_ANNOUNCER_H

#include <gtk/gtk.h>

#include "playhead.h"

typedef struct _PwAnnouncer PwAnnouncer;

/* Announces on behalf of a widget, which must live longer. Where GTK is too
 * old it does nothing, and the caption's role of a status has to do. Free with
 * pw_announcer_free. */
PwAnnouncer *pw_announcer_new (GtkWidget *widget);
void pw_announcer_free (PwAnnouncer *announcer);

/* The playhead has come to a step of this sentence. It is said unless another
 * step follows at once, as when playing fast or scrubbing; the same step twice
 * in a row is said once. */
void pw_announcer_tell (PwAnnouncer *announcer, guint step,
                        const char *sentence);

/* Another lesson: nothing was said yet, nothing is waiting. */
void pw_announcer_forget (PwAnnouncer *announcer);

#endif
