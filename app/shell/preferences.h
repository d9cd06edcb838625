/* The window of preferences. */
#ifndef PW_PREFERENCES_H
#define PW_PREFERENCES_H

#include <gtk/gtk.h>

#include "memory.h"

/* What the reader may have changed; it stands in the memory by then. */
typedef enum {
  PW_PREFERENCE_LANGUAGE,
  PW_PREFERENCE_MOTION,
  PW_PREFERENCE_SPEED,
  PW_PREFERENCE_STEPS,
  PW_PREFERENCE_STUDENT
} PwPreference;

typedef void (*PwPreferred) (PwPreference preference, gpointer data);

/* Shows them in front of a window, whose actions "win.color-scheme",
 * "win.text-larger", "win.text-smaller" and "win.forget" they use. memory and
 * data must live as long as that. */
void pw_preferences_show (GtkWindow *parent, PwMemory *memory,
                          PwPreferred preferred, gpointer data);

/* Motion as the memory has it, for the whole application. */
void pw_preferences_apply_motion (const PwMemory *memory);

#endif
