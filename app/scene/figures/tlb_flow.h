/* The way of a translation through the TLBs, stage by stage.
 *
 *   [Data TLB: miss] -> [Second level: miss] -> [walk: 4 reads] -> [filled]
 */
#ifndef SCENE_TLB_FLOW_H
#define SCENE_TLB_FLOW_H

#include "figures/tlb_unit.h"

/* Height in a width: stages that have no room stand on further lines. */
double scene_tlb_flow_height (const SceneBuild *build, double width);
double scene_tlb_flow_width (const SceneBuild *build); /* all in one line */
double scene_tlb_flow_least (const SceneBuild *build); /* the widest stage */

/* Adds the stages for a processor, quiet where the operation is another's. */
void scene_add_tlb_flow (SceneBuild *build, guint cpu, SceneRect rect);

/* The stage in which the tables are walked. */
SceneId scene_id_tlb_walk (guint cpu);

#endif
