/* Figures over plain data, which no machine made. */
#ifndef TEST_PLAIN_H
#define TEST_PLAIN_H

#include "figures/plot.h"

/* Faults of three policies against frames, with a note; a curve over sizes;
 * bars and a line. */
typedef enum { PLAIN_POLICIES, PLAIN_SIZES, PLAIN_BARS, PLAINS } PlainKind;

/* The plot itself; it lives for ever. */
const ScenePlot *plain_plot (PlainKind kind);
const char *plain_name (PlainKind kind);

/* A panel with it, that wide and as high as it wants. */
SceneStill *plain_still (PlainKind kind, const SceneMetrics *metrics,
                         double width);

#endif
