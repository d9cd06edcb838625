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
  char *lesson; /* identity or path; "" for none */
  guint step, count;
  double speed, text_scale;
  char *color_scheme; /* "system", "light" or "dark" */
  char **finished;    /* identities of lessons */
} PwMemory;

/* As it was left, or the defaults. Free with pw_memory_free. */
PwMemory *pw_memory_load (void);
void pw_memory_free (PwMemory *memory);

/* Writes everything, at once. */
void pw_memory_save (const PwMemory *memory);

/* Remembers the lesson that is open, and where. */
void pw_memory_set_lesson (PwMemory *memory, const char *lesson, guint step,
                           guint count);

gboolean pw_memory_is_finished (const PwMemory *memory, const char *lesson);
void pw_memory_set_finished (PwMemory *memory, const char *lesson);

#endif
