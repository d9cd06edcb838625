/* What the application remembers from one run to the next.
 *
 * It lies in GSettings. Where the schema is not installed, nothing is
 * remembered and everything works. */
#ifndef PW_MEMORY_H
#define PW_MEMORY_H

#include <glib.h>

typedef struct {
  int width, height;
  gboolean maximized;
  double speed, text_scale;
  char *color_scheme; /* "system", "light" or "dark" */
} PwMemory;

/* As it was left, or the defaults. Free with pw_memory_free. */
PwMemory *pw_memory_load (void);
void pw_memory_free (PwMemory *memory);

/* Writes everything, at once. */
void pw_memory_save (const PwMemory *memory);

#endif
