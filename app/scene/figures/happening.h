/* What an operation does to pages and their frames: which page it is about,
 * what is shared, copied, given back. */
#ifndef SCENE_HAPPENING_H
#define SCENE_HAPPENING_H

#include "context.h"

typedef struct {
  gboolean page;   /* it is about a page: that of an access, of a mapping, or
                      whose entry fork shares */
  gboolean region; /* it is about a region, and none of its pages: one that fork
                      doubles, that execve maps, where a program begins */
  gboolean mapping;       /* this very step makes, names or finds the region */
  guint64 va;             /* an address in it */
  guint32 process, other; /* whose page; fork: the child, else VM_NONE */
  gboolean sharing;       /* this very step says that both get it */
  gboolean copied;        /* a frame was copied */
  gboolean copying;       /* by this very step */
  guint64 copy_from, copy_to;
  gboolean taken; /* a frame was taken that no entry names yet, or whose fault
                     is not answered yet */
  guint64 taken_frame;
  gboolean known; /* it is about a frame so far: the latest one */
  guint64 frame;
  gboolean freed; /* by this very step */
  guint64 freed_frame;
} SceneHappening;

/* Reads it from the steps of the operation up to the cursor. */
void scene_happening_read (SceneHappening *happening,
                           const SceneContext *context);

#endif
