/* Writes down what the reader does in a lesson: steps looked at, answers, and
 * the time spent, but only while the window is the active one.
 *
 * Answers are on the disk when pw_recorder_answer returns. Steps and time are
 * collected, and written every few seconds, on leaving a lesson and at the end.
 * What cannot be written is told, and kept for the next try. */
#ifndef PW_RECORDER_H
#define PW_RECORDER_H

#include "store.h"

typedef struct _PwRecorder PwRecorder;

/* Told what went wrong: a translated sentence. The same is not told twice in a
 * row. */
typedef void (*PwRecorderTell) (const char *message, gpointer data);

/* Opens the store at path (NULL: the reader's own). Free with pw_recorder_free,
 * which writes what is left. */
PwRecorder *pw_recorder_new (const char *path);
void pw_recorder_free (PwRecorder *recorder);

/* Who is told; what was to be said while the store was opened is said now. NULL
 * for nobody. */
void pw_recorder_set_tell (PwRecorder *recorder, PwRecorderTell tell,
                           gpointer data);

ProgressStore *pw_recorder_get_store (PwRecorder *recorder);

/* A lesson begins to be read, one of so many steps and questions; hash as
 * progress_hash gives it, or NULL. Ends the one before. */
void pw_recorder_begin (PwRecorder *recorder, const char *lesson,
                        const char *hash, guint steps, guint questions);
void pw_recorder_end (PwRecorder *recorder);

/* A step is looked at, and with it those from `first` on, which led there. */
void pw_recorder_step (PwRecorder *recorder, guint first, guint step);

/* Whether the reader is there: time counts only then. */
void pw_recorder_set_active (PwRecorder *recorder, gboolean active);

/* Writes an answer down; lesson, hash and seconds are filled in. False, and
 * told, if it is not on the disk. */
gboolean pw_recorder_answer (PwRecorder *recorder,
                             const ProgressAnswer *answer);

/* Writes what was collected. False, and told, if it cannot be. */
gboolean pw_recorder_flush (PwRecorder *recorder);

#endif
