/* The transcript: the sentence of every step, to be read, searched, copied.
 *
 * It shows the steps up to the furthest that the reader has come to, so that
 * no answer is given away; those to come if that is asked for. */
#ifndef PW_TRANSCRIPT_H
#define PW_TRANSCRIPT_H

#include <gtk/gtk.h>

#include "playhead.h"
#include "run.h"

#define PW_TYPE_TRANSCRIPT (pw_transcript_get_type ())
G_DECLARE_FINAL_TYPE (PwTranscript, pw_transcript, PW, TRANSCRIPT, GtkWidget)

/* Its buttons activate "lesson.transcript", which hides it, and
 * "lesson.save-transcript". */
GtkWidget *pw_transcript_new (void);

/* The lesson and its playhead, which it follows, and moves when a row is
 * chosen; both must live until others are set. NULL and NULL for none. */
void pw_transcript_set_lesson (PwTranscript *transcript, LessonPlay *play,
                               PwPlayhead *head);

/* What is listed, search aside, as plain text: a line a step, with its number
 * and two spaces a level of nesting. To be freed with g_free. */
char *pw_transcript_get_text (PwTranscript *transcript);

/* Says, in the place of a list that is empty, that something went wrong. */
void pw_transcript_complain (PwTranscript *transcript, const char *problem);

/* Puts the focus on the present step, or into the search. */
void pw_transcript_focus (PwTranscript *transcript);
void pw_transcript_search (PwTranscript *transcript);

/* The list, for tests. */
GtkListView *pw_transcript_get_list (PwTranscript *transcript);

#endif
