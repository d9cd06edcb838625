/* A lesson page that is recorded: its steps, its answers, and the answers that
 * were given before, which come back. */
#ifndef PW_RECORDING_H
#define PW_RECORDING_H

#include "lesson-page.h"
#include "recorder.h"

typedef struct _PwRecording PwRecording;

/* Records a page in a recorder, which must live longer. Free with
 * pw_recording_free, as long as the page is alive. */
PwRecording *pw_recording_new (PwLessonPage *page, PwRecorder *recorder);
void pw_recording_free (PwRecording *recording);

/* Whose numbers exercises have: those of a student ("": of nobody, then the
 * lesson's own) in a class with a salt (NULL: none). For lessons that are
 * opened from now on. */
void pw_recording_set_student (PwRecording *recording, const char *student,
                               const char *salt);

/* To be called just before the page takes the lesson, so that answers come
 * back with its cards, and when it has left it. */
void pw_recording_begin (PwRecording *recording, const LessonDocument *document,
                         const LessonPlay *play);
void pw_recording_end (PwRecording *recording);

/* The step at which a lesson was left, if it still has as many; else 0, and
 * 0 where it was left at its end. */
guint pw_recording_resume (PwRecording *recording, const char *lesson,
                           guint steps);

#endif
