/* A cost meter: one cell for each thing that was paid for, and the sum. */
#ifndef SCENE_METER_H
#define SCENE_METER_H

#include "figures/figure.h"

typedef struct {
  guint64 number;   /* in the id */
  const char *text; /* in the cell, short */
  const char *name; /* for the screen reader */
  SceneRole role;
  SceneEmphasis emphasis;
  guint64 pa;  /* bytes of simulated memory that it stands for */
  guint width; /* 0: none */
} SceneMeterCell;

/* What never changes while stepping, so that nothing jumps. */
typedef struct {
  guint slots;       /* most cells; one of them may be the end instead */
  const char *cells; /* the widest text of a cell */
  const char *end;   /* the widest reason to end early; NULL: none */
  double words;      /* width of the widest sentence */
} SceneMeterShape;

typedef struct {
  const SceneMeterCell *cells;
  guint count;
  const char *end; /* why it went no further; NULL: it did not end early */
  gboolean end_now;
  const char *total;   /* NULL: nothing to add up yet */
  const char *compare; /* what it could have cost; may be NULL */
} SceneMeter;

/* Widths: of a single cell or sentence, and with all in one row. */
double scene_meter_least (const SceneBuild *build,
                          const SceneMeterShape *shape);
double scene_meter_width (const SceneBuild *build,
                          const SceneMeterShape *shape);
double scene_meter_height (const SceneBuild *build,
                           const SceneMeterShape *shape, double width);

/* Adds the meter below build->parent. Ids are of the figure, with parts from
 * SCENE_PART on. */
void scene_add_meter (SceneBuild *build, SceneFigureId figure,
                      const SceneMeterShape *shape, const SceneMeter *meter,
                      SceneRect rect);

#endif
