/* What stands above and below the TLBs of the processors: whose they are, what
 * a translation has come to, and what the glyphs say. */
#ifndef SCENE_TLB_HEAD_H
#define SCENE_TLB_HEAD_H

#include "figures/figure.h"

/* "Processor 0 [A] PCID 1", and the stages of its translation, beside that or
 * below. */
double scene_tlb_head_height (const SceneBuild *build, double width);
double scene_tlb_head_least (const SceneBuild *build);
void scene_add_tlb_head (SceneBuild *build, guint cpu, SceneRect rect);

/* The chip of the process that runs on a processor. */
SceneId scene_id_tlb_process (guint cpu);

double scene_tlb_legend_height (const SceneBuild *build, double width);
void scene_add_tlb_legend (SceneBuild *build, SceneRect rect);

#endif
