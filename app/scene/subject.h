/* What a sentence may know: the step, and what never changes about the
 * machine. Not the state at the cursor: a sentence about a step is the same
 * wherever the cursor stands. */
#ifndef SCENE_SUBJECT_H
#define SCENE_SUBJECT_H

#include <glib.h>

#include "machine/machine.h"

typedef struct {
  const struct vm_machine *machine;
  const struct vm_geometry *geometry; /* NULL: the list has no machine */
  guint sets, ways;                   /* of the TLB that the step is about */
  guint cpus, levels;                 /* processors; of TLBs in each */
  gboolean split;                     /* the first level of them */
  gboolean asids;                     /* TLB entries are tagged */
  gboolean nx;
  enum vm_way way; /* how the machine translates at first */
  const struct vm_step *step;
  const guint64 *v; /* the step's values */
} SceneSubject;

/* Everything is read from the list of operations, which is the same at every
 * cursor. */
SceneSubject scene_subject_of (const struct vm_machine *machine,
                               const struct vm_step *step);

/* True if the step is one of a walk that the IOMMU does. */
gboolean scene_subject_of_iommu (const SceneSubject *subject);

/* The name of a process by its index; "?" if there is none. */
const char *scene_subject_process (const SceneSubject *subject, guint64 index);

/* An entry that a step is about, decoded; all 0 without a geometry. */
struct vm_pte scene_subject_entry (const SceneSubject *subject);

#endif
