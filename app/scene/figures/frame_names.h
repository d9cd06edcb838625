/* From a frame back to the entries that name it (the reverse map).
 *
 *   frame -> its anon_vma or its file -> the regions that may map it
 *         -> the address in each -> the entry there: it names the frame, or
 *            another one by now, or none yet
 *
 * So the kernel does it (mm/rmap.h). A frame of which no list leads anywhere,
 * such as that of zeros, is found only by reading all tables. */
#ifndef SCENE_FRAME_NAMES_H
#define SCENE_FRAME_NAMES_H

#include "context.h"
#include "mm/region.h"

typedef struct {
  guint32 process;
  guint64 va;                     /* of the page */
  const struct vm_region *region; /* that holds it; or NULL */
  gboolean present, writable;     /* the entry */
  gboolean names;                 /* the frame in question, not another */
  guint64 frame;                  /* that it names */
  guint64 entry_pa;
} SceneFrameName;

/* Whoever names, or might name, a managed frame: of SceneFrameName, in order of
 * processes and addresses. *listed: a list led there.
 * Free with g_array_unref. */
GArray *scene_frame_names (const SceneContext *context, guint64 frame,
                           gboolean *listed);

#endif
