/* What a translation has come to at one stage of its way. */
#ifndef SCENE_TLB_STAGE_H
#define SCENE_TLB_STAGE_H

#include "figures/figure.h"

typedef enum {
  SCENE_TLB_FIRST,
  SCENE_TLB_SECOND,
  SCENE_TLB_WALK,
  SCENE_TLB_FILL,
  SCENE_TLB_STAGES
} SceneTlbStage;

typedef struct {
  const char *text;
  SceneRole role;
  SceneEmphasis emphasis;
} SceneTlbStageLook;

/* True if the machine has such a stage. */
gboolean scene_tlb_stage_there (const SceneContext *c, SceneTlbStage stage);

/* Width of the widest text of a stage, with room for a glyph. */
double scene_tlb_stage_width (const SceneBuild *b, SceneTlbStage stage);

/* What a stage says; own: the access is made by this processor. */
SceneTlbStageLook scene_tlb_stage_look (const SceneContext *c, guint cpu,
                                        SceneTlbStage stage, gboolean own);

#endif
