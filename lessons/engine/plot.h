/* Computed figures in the prose. */
#ifndef LESSON_PLOT_H
#define LESSON_PLOT_H

#include "loader.h"

/* Never NULL; what is wrong is reported. */
LessonPlot *lesson_plot_load (LessonLoader *loader, xmlNode *element);
void lesson_plot_free (LessonPlot *plot);

#endif
