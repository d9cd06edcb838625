/* A step of the transcript as people see it: a sign where they are, its number,
 * its sentence. */
#ifndef PW_TRANSCRIPT_VIEW_H
#define PW_TRANSCRIPT_VIEW_H

#include <gtk/gtk.h>

#include "transcript-rows.h"

GtkWidget *pw_transcript_view_new (void);

/* Shows a step; numbers are so many digits wide. The view stands in a list's
 * row, which is named after it. */
void pw_transcript_view_show (GtkWidget *view, PwTranscriptRow *step,
                              int digits);

/* The step that it shows, from 1. */
guint pw_transcript_view_get_step (GtkWidget *view);

/* Says whether it is the present step. */
void pw_transcript_view_mark (GtkWidget *view, gboolean current);

#endif
