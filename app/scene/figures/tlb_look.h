/* How a way of a TLB looks, and what is said about it. */
#ifndef SCENE_TLB_LOOK_H
#define SCENE_TLB_LOOK_H

#include "figures/tlb_entry.h"

/* What a row is made from. */
typedef struct {
  const SceneTlbUnit *unit;
  const SceneTlbRow *row;
  const struct vm_tlb_entry *entry;
  guint index, set, way; /* index: in the state */
} SceneTlbWay;

SceneRole scene_tlb_way_role (const SceneContext *c, const SceneTlbWay *w);
SceneEmphasis scene_tlb_way_emphasis (const SceneContext *c,
                                      const SceneTlbWay *w);

/* Its page's number, and a sentence; kept by the still. */
const char *scene_tlb_way_page (const SceneBuild *b,
                                const struct vm_tlb_entry *entry);
const char *scene_tlb_way_name (const SceneBuild *b, const SceneTlbWay *w);

#endif
