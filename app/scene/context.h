/* What the latest operation has come to so far: what all figures ask.
 *
 * Read from the steps of the operation that the cursor stands in, up to the
 * cursor, and from nothing else; so every figure tells the same story. */
#ifndef SCENE_CONTEXT_H
#define SCENE_CONTEXT_H

#include <glib.h>

#include "machine/machine.h"

/* One level of the walk, once its entry was read. */
typedef struct {
  gboolean read; /* the entry was read at or before the cursor */
  gboolean now;  /* by the very step that led to the cursor */
  guint index;
  guint64 table; /* frame of the table */
  guint64 entry_pa, raw;
  struct vm_pte pte; /* raw, decoded */
} SceneWalkLevel;

typedef enum {
  SCENE_TLB_UNKNOWN,
  SCENE_TLB_PROBING,
  SCENE_TLB_HIT,
  SCENE_TLB_MISS
} SceneTlbOutcome;

typedef struct {
  const struct vm_machine *machine;
  const struct vm_state *state;
  const struct vm_geometry *geometry; /* NULL: no machine yet */
  const struct vm_step *step;         /* that led to the cursor; NULL at 0 */
  guint64 cursor;
  guint32 process; /* index of the running process, or VM_NONE */

  gboolean access; /* the operation is an access; the rest is about it */
  guint64 va;
  enum vm_access_kind kind;
  enum vm_mode mode;
  SceneTlbOutcome tlb;
  guint tlb_set, tlb_way; /* set while probing; way: hit or filled */
  gboolean walking;       /* CR3 was read */
  SceneWalkLevel level[VM_MAX_LEVELS + 1];
  gboolean checked; /* the permission step has happened */
  enum vm_verdict verdict;
  gboolean composed; /* the physical address is known */
  guint64 pa, frame, offset;
  guint page_shift;
  gboolean data_done, faulted;
  struct vm_fault fault;
} SceneContext;

/* Reads the context at the machine's cursor. */
void scene_context_read (SceneContext *context,
                         const struct vm_machine *machine);

#endif
