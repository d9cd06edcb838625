/* The regions of an address space as figures show them: in order of their
 * addresses, with their places in the red-black tree, and what the last look-up
 * came to. */
#ifndef SCENE_VMAS_H
#define SCENE_VMAS_H

#include "context.h"
#include "mm/region.h"

typedef struct {
  guint32 region;
  const struct vm_region *r;
  guint depth;     /* in the tree; the root has 0 */
  guint parent;    /* position in the list, or SCENE_VMAS_NONE */
  gboolean looked; /* by the last look-up: */
  enum vm_look look;
  gboolean found; /* it is what that came to */
  gboolean now;   /* the step of the cursor is about it */
} SceneVma;

#define SCENE_VMAS_NONE G_MAXUINT

typedef struct {
  guint32 process; /* VM_NONE: there is none */
  const struct vm_mm *mm;
  GArray *list;     /* of SceneVma */
  gboolean looking; /* there is a look-up, of this address: */
  guint64 va;
  guint at; /* position that it looked at last, or found; NONE: nowhere */
} SceneVmas;

/* The process whose address space the operation is about; where it is about
 * none, the first that has one. VM_NONE: nobody has regions. */
guint32 scene_vmas_process (const SceneContext *context);

/* To be cleared. */
SceneVmas scene_vmas_read (const SceneContext *context);
void scene_vmas_clear (SceneVmas *vmas);

const SceneVma *scene_vma_at (const SceneVmas *vmas, guint i);

/* The most regions that any address space has at any step: the steps on the
 * tape know it, wherever the cursor stands. */
guint scene_vmas_most (const SceneContext *context);

/* Levels that a red-black tree of so many nodes may have. */
guint scene_vmas_levels (guint count);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SceneVmas, scene_vmas_clear)

#endif
