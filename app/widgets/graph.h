/* Computed figures in the prose. */
#ifndef PW_GRAPH_H
#define PW_GRAPH_H

#include "reading.h"

/* A figure under its title: a table, bars, or lines with their numbers folded
 * below them. Its numbers are computed now. */
GtkWidget *pw_graph_new (const PwReading *reading, const LessonPlot *plot);

#endif
