/* A beat in the prose: its title, and a row for each step it points at.
 *
 *   (v) CR3 gives the frame of the page directory.      done
 *   (o) Bits 31-22 = 68: read directory entry 68.       current
 *   ( ) Check P, R/W and U/S against the access.        to come
 *
 * Every row is a button that goes to its step. A row that would give away the
 * answer to a question is only a grey bar until the question is settled, or the
 * reader comes to its step. */
#ifndef PW_BEAT_H
#define PW_BEAT_H

#include <gtk/gtk.h>

#include "run.h"

#define PW_TYPE_BEAT (pw_beat_get_type ())
G_DECLARE_FINAL_TYPE (PwBeat, pw_beat, PW, BEAT, GtkWidget)

/* Signal "go" (guint64 cursor): the reader asks for a place. */

/* The beat of a range, which must live longer. */
GtkWidget *pw_beat_new (const LessonBeatRange *range);

/* Where the reader is: marks the rows. Returns the current row, owned by the
 * beat, or NULL if the beat does not contain the cursor. */
GtkWidget *pw_beat_set_cursor (PwBeat *beat, guint64 cursor);

/* The beat that it shows. */
const LessonBeatRange *pw_beat_get_range (PwBeat *beat);

/* Rows whose steps come after this cursor are not shown before the reader gets
 * there; G_MAXUINT64, as at first, veils none. */
void pw_beat_set_veil (PwBeat *beat, guint64 from);

#endif
