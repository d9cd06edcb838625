/* What processors ran, and whose memory they had loaded, switch by switch. */
#ifndef SCENE_RUNNING_PAST_H
#define SCENE_RUNNING_PAST_H

#include "context.h"

typedef struct {
  guint32 task;      /* index of a process, or VM_NONE: idle */
  guint32 mm;        /* whose address space is loaded; VM_NONE: none but the
                        kernel's own */
  gboolean borrowed; /* by a kernel thread */
} SceneRunning;

/* A step after which some processor runs something else or has something else
 * loaded, or by which one is interrupted, or spared that. */
typedef struct {
  guint64 number; /* of the step */
  const struct vm_step *step;
  guint from, to;  /* an interrupt's way; both VM_MAX_CPUS: none */
  gboolean spared; /* the step's processor, being lazy */
  SceneRunning after[VM_MAX_CPUS];
} SceneRunningMoment;

/* What is known of moments before the first one. */
typedef struct {
  guint count;   /* that there were */
  gboolean lost; /* more of them, further back than the tape knows, or than is
                    looked */
} SceneRunningEarlier;

/* The latest moments up to the cursor, of SceneRunningMoment, the first one
 * first; so many at most. Free with g_array_unref. */
#define SCENE_MOST_RUNNING 64
GArray *scene_running_past (const SceneContext *context,
                            SceneRunningEarlier *earlier);

gboolean scene_running_same_task (const SceneRunning *one,
                                  const SceneRunning *other);
gboolean scene_running_same_memory (const SceneRunning *one,
                                    const SceneRunning *other);

#endif
