/* Which rows of a page table to show where not all fit. */
#ifndef SCENE_ROWS_H
#define SCENE_ROWS_H

#include "context.h"

#define SCENE_MAX_ROWS 32
#define SCENE_ROW_DOTS G_MAXUINT /* rows are left out here */

/* A table in simulated memory; or, of PAE's top table, the registers that its
 * entries were loaded into. */
typedef struct {
  const SceneContext *context;
  guint level;
  guint64 frame;
  gboolean registers;
} SceneTable;

guint64 scene_table_entry_pa (const SceneTable *table, guint index);
struct vm_pte scene_table_entry (const SceneTable *table, guint index);

/* Fills rows (indices and SCENE_ROW_DOTS) for `slots` lines, at most
 * SCENE_MAX_ROWS: the focus with its neighbours, then entries present
 * elsewhere, the last first, and what room is left goes to more neighbours.
 * Without a focus (SCENE_ROW_DOTS) only entries present. Returns how many
 * lines it uses. */
guint scene_rows_choose (const SceneTable *table, guint focus, guint slots,
                         guint rows[SCENE_MAX_ROWS]);

#endif
