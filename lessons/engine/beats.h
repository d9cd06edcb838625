/* Beats, and the names of the steps in them. */
#ifndef LESSON_BEATS_H
#define LESSON_BEATS_H

#include "loader.h"

/* Never NULL; what is wrong is reported. */
LessonBeat *lesson_beat_load (LessonLoader *loader, xmlNode *element);
void lesson_beat_free (LessonBeat *beat);

/* Which step is meant: "entry-read", "level=2", the n-th. The strings are to
 * be freed; NULL where nothing was said. */
typedef struct {
  char *step, *where;
  int nth;
} LessonStepName;

/* Reads the three attributes, each of which may be NULL. */
void lesson_step_name_load (LessonLoader *loader, const xmlAttr *step,
                            const xmlAttr *where, const xmlAttr *nth,
                            LessonStepName *name);

#endif
