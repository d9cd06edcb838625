/* Lines over two axes, in the prose. */
#ifndef PW_PLOT_VIEW_H
#define PW_PLOT_VIEW_H

#include "plot-data.h"
#include "reading.h"

#define PW_TYPE_PLOT_VIEW (pw_plot_view_get_type ())
G_DECLARE_FINAL_TYPE (PwPlotView, pw_plot_view, PW, PLOT_VIEW, GtkWidget)

/* A picture of a figure's numbers, as high as its width asks for; `alt` says
 * to those who cannot see it what it shows. The figure and the reading must
 * outlive it; the numbers are copied. */
GtkWidget *pw_plot_view_new (const PwReading *reading, const LessonPlot *plot,
                             const LessonPlotData *data, const char *alt);

/* The same of lines over sizes that double, which no lesson describes. At most
 * LESSON_MAX_SERIES of them. */
GtkWidget *pw_plot_view_new_sizes (const PwReading *reading,
                                   const char *x_title, const char *y_title,
                                   const LessonPlotData *data, const char *alt);

#endif
