/* The stage of a lesson: which figures it shows, and how they stand. */
#ifndef LESSON_STAGING_H
#define LESSON_STAGING_H

#include "loader.h"

/* Appends the figures of a stage element to `figures`, of LessonFigure. What is
 * wrong is reported. */
void lesson_stage_load (LessonLoader *loader, xmlNode *element,
                        GPtrArray *figures);
void lesson_figure_free (gpointer figure);

#endif
