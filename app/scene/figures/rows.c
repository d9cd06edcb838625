/* Which rows of a page table to show where not all fit. */
#include "figures/rows.h"

#include "tape/memory.h"

static guint
entries_of (const SceneTable *table)
{
  return vm_geometry_entries (table->context->geometry, table->level);
}

/* The last entry present behind a row; if there is none, the table's last. */
static guint
last_behind (const SceneTable *table, guint row)
{
  guint last = entries_of (table) - 1;

  for (guint i = last; i > row; i--)
    if (scene_table_entry (table, i).present)
      return i;
  return last;
}

/* The first entry present before a row; if there is none, entry 0. */
static guint
first_before (const SceneTable *table, guint row)
{
  for (guint i = 0; i < row; i++)
    if (scene_table_entry (table, i).present)
      return i;
  return 0;
}

static guint
put_run (guint rows[SCENE_MAX_ROWS], guint count, guint first, guint length)
{
  for (guint i = 0; i < length; i++)
    rows[count++] = first + i;
  return count;
}

guint64
scene_table_entry_pa (const SceneTable *table, guint index)
{
  return (table->frame << VM_PAGE_SHIFT)
         + (guint64) index * table->context->geometry->entry_bytes;
}

struct vm_pte
scene_table_entry (const SceneTable *table, guint index)
{
  const SceneContext *c = table->context;
  guint64 raw = vm_memory_read (
      c->state, vm_paddr_of (scene_table_entry_pa (table, index)),
      c->geometry->entry_bytes);

  return vm_pte_decode (c->geometry, table->level, raw, c->state->config.nx);
}

guint
scene_rows_around (const SceneTable *table, guint focus, guint slots,
                   guint rows[SCENE_MAX_ROWS])
{
  guint last = entries_of (table) - 1;
  guint window = slots < 5 ? slots : slots - 2;
  guint first = focus - MIN (focus, (window - 1) / 2);
  guint count = 0;

  first = MIN (first, last + 1 - window);
  guint end = first + window - 1;
  if (window == slots)
    return put_run (rows, 0, first, window);

  if (end < last) {
    count = put_run (rows, 0, first, window);
    rows[count++] = SCENE_ROW_DOTS;
    rows[count++] = last_behind (table, end);
    return count;
  }
  rows[count++] = first_before (table, first);
  rows[count++] = SCENE_ROW_DOTS;
  return put_run (rows, count, first, window);
}

guint
scene_rows_present (const SceneTable *table, guint slots,
                    guint rows[SCENE_MAX_ROWS])
{
  guint count = 0, entries = entries_of (table);
  guint before = SCENE_ROW_DOTS; /* the row shown last */

  for (guint i = 0; i < entries; i++) {
    if (!scene_table_entry (table, i).present)
      continue;
    gboolean gap = before != SCENE_ROW_DOTS && i > before + 1;
    if (count + (gap ? 2u : 1u) > slots)
      return count;
    if (gap)
      rows[count++] = SCENE_ROW_DOTS;
    rows[count++] = before = i;
  }
  return count;
}
