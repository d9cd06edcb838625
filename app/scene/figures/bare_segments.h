/* What lies where in bare memory: pieces that do not overlap, lowest first. */
#ifndef SCENE_BARE_SEGMENTS_H
#define SCENE_BARE_SEGMENTS_H

#include "figures/figure.h"

/* Bytes [first, end) that all belong to the same. */
typedef struct {
  guint64 first, end;
  enum vm_frame_role role; /* of the frames, where no program lies */
  guint32 owner;           /* index of the process whose program it is, or whose
                              page; VM_NONE: nobody's */
  guint32 other;           /* a second program that has the same bytes, or
                              VM_NONE */
  gboolean program;        /* of the owner; otherwise single frames */
  guint part;              /* which piece of that program: 0, 1 ... */
} SceneBareSegment;

/* All pieces that are in use, of type SceneBareSegment; to be freed with
 * g_array_unref. What is left out is free. */
GArray *scene_bare_segments (const struct vm_state *state);

#endif
