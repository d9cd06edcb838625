/* Where everything of a plot stands: its area, its scales, its labels. */
#ifndef SCENE_PLOT_FRAME_H
#define SCENE_PLOT_FRAME_H

#include "figures/kit.h"
#include "figures/plot.h"

/* The parts of a plot's ids. */
enum {
  SCENE_PLOT_AREA = SCENE_PART,
  SCENE_PLOT_TITLE, /* number: 0 x, 1 y */
  SCENE_PLOT_GRID,  /* number: tick */
  SCENE_PLOT_AXIS,  /* number: 0 x, 1 y */
  SCENE_PLOT_TICK,  /* number: axis << 32 | tick */
  SCENE_PLOT_LINE,  /* number: series */
  SCENE_PLOT_POINT, /* number: series << 32 | point, as below */
  SCENE_PLOT_VALUE,
  SCENE_PLOT_LABEL, /* number: series */
  SCENE_PLOT_KEY,   /* number: series, then its glyph */
  SCENE_PLOT_NOTE   /* number: box, title, text, leader */
};

typedef struct {
  const ScenePlot *plot;
  SceneFigureId figure;
  SceneRect area;   /* between the axes */
  SceneRect labels; /* beside the area, or above it */
  SceneRect note, title_x, title_y;
  gboolean beside;
  SceneTicks x, y;
  double low_y, high_y; /* of the area: the outermost ticks */
  double inset;         /* of the outermost x from the area's sides */
} ScenePlotFrame;

void scene_plot_frame (ScenePlotFrame *frame, const SceneBuild *build,
                       SceneFigureId figure, const ScenePlot *plot,
                       SceneRect rect);

/* A value's place on the stage. */
double scene_plot_at_x (const ScenePlotFrame *frame, double x);
double scene_plot_at_y (const ScenePlotFrame *frame, double y);

/* Sizes: a point mark's side, a bar's width, a series' label with its key. */
double scene_plot_mark (const SceneBuild *build);
double scene_plot_bar (const ScenePlotFrame *frame, const SceneBuild *build);
double scene_plot_key (const SceneBuild *build);
double scene_plot_label (const SceneBuild *build, const ScenePlot *plot);

/* Width of the widest value of the y axis. */
double scene_plot_value (const SceneBuild *build, const ScenePlot *plot);

/* A value as names and bars write it. To be freed with g_free. */
char *scene_plot_text (const SceneAxis *axis, double value);

/* How many series are bars: they share the room of one x. */
guint scene_plot_bar_series (const ScenePlot *plot);

/* Bars and lines, their values and point marks; the note. */
void scene_plot_add_series (SceneBuild *build, const ScenePlotFrame *frame);
void scene_plot_add_note (SceneBuild *build, const ScenePlotFrame *frame);

/* The glyph of a series' points: "ring", "square" ... */
const char *scene_plot_glyph (guint series);

#endif
