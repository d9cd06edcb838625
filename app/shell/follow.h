/* Follows a lesson's file, and says when it was saved. */
#ifndef PW_FOLLOW_H
#define PW_FOLLOW_H

#include <glib.h>

typedef struct _PwFollow PwFollow;

typedef void (*PwSaved) (gpointer data);

/* Calls `saved` in the main loop when the file has other bytes than it had,
 * whichever way an editor put them there: written into the file, or by another
 * file in its place. Each save is told once, when it has come to rest; a file
 * that is missing for a moment is a save that is not over yet. Changes that
 * nobody announces, as on a network file system, are found within a second. */
PwFollow *pw_follow_new (const char *path, PwSaved saved, gpointer data);
void pw_follow_free (PwFollow *follow);

#endif
