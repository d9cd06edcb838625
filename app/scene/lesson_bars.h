/* A lesson's computed figure as bars that lie below each other. */
#ifndef SCENE_LESSON_BARS_H
#define SCENE_LESSON_BARS_H

#include "plot-data.h"
#include "scene.h"

/* How far a value reaches, from 0 to 1: between nothing and the greatest. Where
 * the axis is logarithmic each power is as far from the next, and the least is
 * still seen. */
double scene_lesson_bar_part (const LessonPlot *plot,
                              const LessonPlotData *data, double value);

/* "bytes (logarithmic)": what the bars count; to be freed. */
char *scene_lesson_bars_title (const LessonPlot *plot);

/* Drawn in a width, as high as it has to be: the name of each point, and below
 * it a bar with its number for each series. Free with scene_still_free. */
SceneStill *scene_lesson_bars_still (const LessonPlot *plot,
                                     const LessonPlotData *data,
                                     const SceneMetrics *metrics, double width);

#endif
