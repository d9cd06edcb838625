/* A row of a page table: index, frame, flags. */
#ifndef SCENE_TABLE_ROW_H
#define SCENE_TABLE_ROW_H

#include "figures/figure.h"
#include "figures/rows.h"

/* "Page directory", "Level-1 table": what the table of a level is called,
 * translated. */
const char *scene_table_title (const struct vm_geometry *geometry, guint level);

double scene_table_row_height (const SceneBuild *build);

/* Width of a row without flags, and with them as chips. */
double scene_table_row_width (const SceneBuild *build, gboolean flags);

/* Adds the items of a row. Flags are chips, or letters, or left out, as there
 * is room. The row that the walk uses is a box. */
void scene_add_table_row (SceneBuild *build, const SceneTable *table,
                          guint index, SceneRect rect);

#endif
