/* A plot: lines and bars over two axes, from plain numbers.
 *
 *   faults
 *   12 +--o---o                        each series has its own colour, stroke
 *      |   `.   `-.   .-o.             and point mark, and a label at its end
 *    8 +     s.    `o'    `.
 *      |       `s---.        `o  FIFO
 *    4 +             `s-------s  LRU
 *      |
 *    0 +--+---+---+---+---+---+-
 *         1   2   3   4   5   6
 *                     frames
 *
 * It knows no machine, so that anything that can be counted can be shown. */
#ifndef SCENE_PLOT_H
#define SCENE_PLOT_H

#include "figures/figure.h"
#include "figures/ticks.h"

typedef struct {
  guint64 number;         /* in the id: the same datum keeps it; below 2^32 */
  double x, y;            /* finite */
  const char *name;       /* for the screen reader; NULL: made from the axes */
  SceneEmphasis emphasis; /* at least SCENE_NORMAL is shown */
} ScenePlotPoint;

typedef struct {
  const char *label; /* translated */
  SceneRole role;
  SceneStroke stroke; /* of a line; its point marks follow from its position
                         in the list */
  gboolean bars;      /* bars from 0, with their values, and no line */
  const ScenePlotPoint *points; /* ascending in x */
  guint count;                  /* may be 0 */
} ScenePlotSeries;

/* A point worth a remark: "Belady's anomaly". */
typedef struct {
  guint series, point;
  const char *title, *text; /* translated; text may be NULL */
} ScenePlotNote;

typedef struct {
  SceneAxis x, y;
  const ScenePlotSeries *series;
  guint count;
  const ScenePlotNote *note; /* NULL: none */
  gboolean notes;            /* one may come: its room is kept */
  const char *summary;       /* what it shows, in a sentence */
} ScenePlot;

/* Widths: the least in which it can be read, and one that is comfortable. They
 * depend on axes, labels and `notes` alone, so that nothing jumps while points
 * come. */
double scene_plot_least (const SceneBuild *build, const ScenePlot *plot);
double scene_plot_width (const SceneBuild *build, const ScenePlot *plot);

/* Heights in a width: the least, and one from which it gains no more. */
double scene_plot_height (const SceneBuild *build, const ScenePlot *plot,
                          double width);
double scene_plot_most (const SceneBuild *build, const ScenePlot *plot,
                        double width);

/* How many bars of one series a width has room for, with values on them. */
guint scene_plot_bars (const SceneBuild *build, const ScenePlot *plot,
                       double width);

/* Adds the plot below build->parent; build->context is not looked at. Ids are
 * of the figure, with parts from SCENE_PART on; the point of a series has
 * SCENE_PLOT_POINT and the number series << 32 | point. */
void scene_add_plot (SceneBuild *build, SceneFigureId figure,
                     const ScenePlot *plot, SceneRect rect);

#endif
