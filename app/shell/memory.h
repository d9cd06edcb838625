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
  char *language;     /* "system", or as pw_languages has it */
  gboolean reduce_motion, every_step;
  char *student; /* who the reader is; "" if nobody has asked yet */
  char *course;  /* path of the course file; "" for the whole book */
  char *screen;  /* that a hall sees, by name; "" if none was chosen */
} PwMemory;

/* As it was left, or the defaults. Free with pw_memory_free. */
PwMemory *pw_memory_load (void);
void pw_memory_free (PwMemory *memory);

/* Writes everything, at once. */
void pw_memory_save (const PwMemory *memory);

void pw_memory_set_language (PwMemory *memory, const char *language);
void pw_memory_set_student (PwMemory *memory, const char *student);
void pw_memory_set_course (PwMemory *memory, const char *path);
void pw_memory_set_screen (PwMemory *memory, const char *name);

#endif
