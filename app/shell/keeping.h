/* What can be done with what a reader has done: exporting it, handing it in,
 * forgetting it. */
#ifndef PW_KEEPING_H
#define PW_KEEPING_H

#include <adwaita.h>

#include "memory.h"
#include "recorder.h"

typedef struct _PwKeeping PwKeeping;

/* Told when something was forgotten. */
typedef void (*PwKeepingChanged) (gpointer data);

/* Adds "export-answers", "write-result" and "forget" to a window's actions.
 * Everything must live longer; `tell` gets what went well or wrong, and
 * both call-backs get data. Free with pw_keeping_free. */
PwKeeping *pw_keeping_new (AdwApplicationWindow *window, PwRecorder *recorder,
                           PwMemory *memory, PwRecorderTell tell,
                           PwKeepingChanged changed, gpointer data);
void pw_keeping_free (PwKeeping *keeping);

/* The salt of the class, for result files; NULL: none. */
void pw_keeping_set_salt (PwKeeping *keeping, const char *salt);

#endif
