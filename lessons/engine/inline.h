/* Inline text as runs: the small closed set of inline elements. */
#ifndef LESSON_INLINE_H
#define LESSON_INLINE_H

#include "loader.h"

/* Reads the contents of an element; of LessonRun, never NULL. What is wrong is
 * reported. Blanks are collapsed, and taken off both ends. */
GPtrArray *lesson_runs_load (LessonLoader *loader, const xmlNode *element);

/* No runs at all; of LessonRun. */
GPtrArray *lesson_runs_none (void);

/* True if one can stand for the other in a translation: the same element with
 * the same attributes and, where it is a name that everybody uses, the same
 * text. */
gboolean lesson_run_same (const LessonRun *a, const LessonRun *b);

/* Appends text, every run of blanks as one space. */
void lesson_append_collapsed (GString *out, const char *text);

#endif
