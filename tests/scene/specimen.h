/* A still with every kind of item in every role and emphasis. */
#ifndef SPECIMEN_H
#define SPECIMEN_H

#include "scene.h"

/* Laid out with metrics. Free with scene_still_free. */
SceneStill *specimen_new (const SceneMetrics *metrics);

#endif
