/* One TLB of one processor, and what the operation has made of it so far. */
#ifndef SCENE_TLB_UNIT_H
#define SCENE_TLB_UNIT_H

#include "figures/figure.h"
#include "numbers.h"

typedef struct {
  guint cpu;
  enum vm_tlb_unit unit;
  struct vm_tlb tlb;
  SceneTlbOutcome outcome;
  guint set;       /* once probed, or filled */
  guint way;       /* hit or filled; VM_NONE: neither */
  guint64 page;    /* looked for, or filled */
  guint shift;     /* of its size */
  gboolean filled; /* by a walk, or from the second level */
} SceneTlbUnit;

/* Sets what a TLB is and what was asked of it. False if the machine has no such
 * TLB. */
gboolean scene_tlb_unit_read (SceneTlbUnit *unit, const SceneContext *context,
                              guint cpu, enum vm_tlb_unit kind);

/* True if the step that led to the cursor happened in this TLB. */
gboolean scene_tlb_unit_is_now (const SceneTlbUnit *unit,
                                const SceneContext *context);

/* "Data TLB"; and the same with its processor where there are several. */
const char *scene_tlb_unit_title (const SceneContext *context,
                                  enum vm_tlb_unit kind);
const char *scene_tlb_unit_name (const SceneBuild *build,
                                 const SceneTlbUnit *unit);

/* "LRU": how the TLBs choose whom to throw out. */
const char *scene_tlb_policy (const SceneContext *context);

/* What entries are tagged with, "PCID" or "ASID", and the number as it is
 * written: with KPTI in hex, for its uppermost bit tells the root. */
const char *scene_asid_title (const SceneContext *context);
SceneNumber scene_asid_number (const SceneContext *context, guint asid);

/* For each entry of all TLBs, by its index in the state, TRUE if this operation
 * dropped it and nothing has taken its place. Free with g_free. */
guint8 *scene_tlb_dropped (const SceneContext *context);

#endif
