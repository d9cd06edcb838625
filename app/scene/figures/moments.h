/* What the processors do in an operation, moment by moment: the steps that are
 * worth a place in their lanes, and who waits or is interrupted meanwhile. */
#ifndef SCENE_MOMENTS_H
#define SCENE_MOMENTS_H

#include "figures/turns.h"

typedef enum {
  SCENE_CPU_IDLE,
  SCENE_CPU_RUNS,
  SCENE_CPU_WAITS,      /* for answers */
  SCENE_CPU_INTERRUPTED /* and dropping what it must */
} SceneCpuState;

typedef struct {
  guint64 number; /* of the step */
  const struct vm_step *step;
  SceneTurn turn;
  char text[48];
  SceneCpuState before[VM_MAX_CPUS], after[VM_MAX_CPUS];
  guint awaited; /* answers, after it */
} SceneMoment;

/* What the operation has cost up to the cursor. */
typedef struct {
  guint interrupts, dropped, awaited;
} SceneMomentCosts;

/* The moments of the operation up to the cursor, of SceneMoment; free with
 * g_array_unref. Sets *costs. */
GArray *scene_moments (const SceneContext *context, SceneMomentCosts *costs);

/* Width of the widest text of a moment. */
double scene_moment_width (const SceneContext *context,
                           const SceneMetrics *metrics);

SceneRole scene_moment_role (const SceneMoment *m);

/* What a processor does, in words and as a colour. Free with g_free. */
char *scene_cpu_state_text (SceneCpuState state, guint awaited);
SceneRole scene_cpu_state_role (SceneCpuState state);

#endif
