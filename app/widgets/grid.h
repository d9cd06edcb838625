/* Tables in the prose. */
#ifndef PW_GRID_H
#define PW_GRID_H

#include "plot-data.h"
#include "reading.h"

/* A lesson's table, under its caption. What is wider than the prose scrolls
 * sideways. */
GtkWidget *pw_grid_new (const PwReading *reading, const LessonTable *table);

/* The numbers of a figure as a table, without a caption. */
GtkWidget *pw_grid_new_of_plot (const LessonPlot *plot,
                                const LessonPlotData *data);

#endif
