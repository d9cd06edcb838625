/* What must hold of every still: nothing overlaps, nothing is cut, connectors
 * keep to the gutters, ids are unique. */
#ifndef TEST_CHECK_H
#define TEST_CHECK_H

#include "scene.h"

/* Fails the test and says what is wrong with which item; `where` says of which
 * still. With the still of the step before (or NULL) also that nothing jumps:
 * panels stand where they stood, and a connector keeps its way. */
void check_still (const SceneStill *still, const SceneMetrics *metrics,
                  const char *where, const SceneStill *before);

#endif
