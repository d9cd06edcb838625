/* The numbers of a computed figure, as plain data to be drawn. */
#ifndef LESSON_PLOT_DATA_H
#define LESSON_PLOT_DATA_H

#include "run.h"

typedef struct {
  guint points, series;
  char **labels; /* of the points on the first axis */
  double *x;     /* their places; with categories 0, 1, 2 … */
  char **names;  /* of the series */
  double *y;     /* of series s at point p: [s * points + p] */
  char **texts;  /* the same, as it is to be read: "4 KiB" */
} LessonPlotData;

/* Computes the figure's values on the machine as it is where the figure stands
 * in the lesson. NULL if a value has no answer; then each is a problem, unless
 * problems is NULL. Leaves the cursor alone. Free with lesson_plot_data_free.
 */
LessonPlotData *lesson_plot_compute (LessonPlay *play, const LessonPlot *plot,
                                     LessonProblems *problems);
void lesson_plot_data_free (LessonPlotData *data);

/* A value as its unit is written: "4096", "0x1000", "4 KiB", "12.5 %"; to be
 * freed. */
char *lesson_unit_text (LessonUnit unit, double value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LessonPlotData, lesson_plot_data_free)

#endif
