/* A lesson's computed figure as a plot of the scene: lines over two axes. */
#ifndef SCENE_LESSON_PLOT_H
#define SCENE_LESSON_PLOT_H

#include "figures/plot.h"
#include "plot-data.h"

typedef struct _SceneLessonPlot SceneLessonPlot;

/* The lines of these numbers; of `plot` the units and scales of the axes are
 * looked at. All is copied. Free with scene_lesson_plot_free. */
SceneLessonPlot *scene_lesson_plot_new (const LessonPlot *plot,
                                        const LessonPlotData *data,
                                        const char *x_title,
                                        const char *y_title, const char *alt);
void scene_lesson_plot_free (SceneLessonPlot *own);

/* For measuring and drawing it. Owned by it. */
const ScenePlot *scene_lesson_plot_get (const SceneLessonPlot *own);

/* Drawn in a width, as high as it likes to be. Free with scene_still_free. */
SceneStill *scene_lesson_plot_still (const SceneLessonPlot *own,
                                     const SceneMetrics *metrics, double width);

/* The colour of a series, below LESSON_MAX_SERIES. */
SceneRole scene_lesson_plot_role (guint series);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SceneLessonPlot, scene_lesson_plot_free)

#endif
