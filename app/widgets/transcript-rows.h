/* The steps of a lesson as a list model, whose rows are made when they are
 * looked at: a lesson may have tens of thousands. */
#ifndef PW_TRANSCRIPT_ROWS_H
#define PW_TRANSCRIPT_ROWS_H

#include <gio/gio.h>

#include "run.h"

#define PW_TYPE_TRANSCRIPT_ROW (pw_transcript_row_get_type ())
G_DECLARE_FINAL_TYPE (PwTranscriptRow, pw_transcript_row, PW, TRANSCRIPT_ROW,
                      GObject)

#define PW_TYPE_TRANSCRIPT_ROWS (pw_transcript_rows_get_type ())
G_DECLARE_FINAL_TYPE (PwTranscriptRows, pw_transcript_rows, PW, TRANSCRIPT_ROWS,
                      GObject)

/* A GListModel of PwTranscriptRow: step 1 of the lesson first. */
PwTranscriptRows *pw_transcript_rows_new (void);

/* The lesson, which must live until another is set; NULL for none. Of its
 * steps none is shown at first. */
void pw_transcript_rows_set_lesson (PwTranscriptRows *rows, LessonPlay *play);

/* Shows so many steps from the beginning. */
void pw_transcript_rows_set_shown (PwTranscriptRows *rows, guint shown);

/* The step that a row is, from 1; how deep it is nested; what it says, owned
 * by the row. */
guint pw_transcript_row_get_step (PwTranscriptRow *row);
guint pw_transcript_row_get_depth (PwTranscriptRow *row);
const char *pw_transcript_row_get_sentence (PwTranscriptRow *row);

#endif
