/* One way of a set of the TLB, as a row of its table. */
#ifndef SCENE_TLB_WAY_H
#define SCENE_TLB_WAY_H

#include "figures/figure.h"

typedef struct {
  double set, page, frame, age; /* widths; set is 0 with one set only */
  double gap;
  SceneTextStyle style; /* of the numbers */
} SceneTlbColumns;

/* Columns for rows of that width: in smaller type where they must, and narrower
 * still with shortened numbers. 0: as wide as they like. */
SceneTlbColumns scene_tlb_columns (const SceneBuild *build, double width);
double scene_tlb_columns_width (const SceneTlbColumns *columns);

/* Add the names of the columns, and the row of the index-th entry of the
 * state's TLB, below build->parent. The number of its set stands in the first
 * row of it; first: this is the first row that is shown. What is out of date
 * says what memory holds instead. */
void scene_add_tlb_headings (SceneBuild *build, const SceneTlbColumns *columns,
                             SceneRect rect);
void scene_add_tlb_way (SceneBuild *build, const SceneTlbColumns *columns,
                        guint index, gboolean first, SceneRect rect);

#endif
