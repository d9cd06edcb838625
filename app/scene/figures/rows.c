/* Which rows of a page table to show where not all fit. */
#include "figures/rows.h"

#include "tape/memory.h"

static guint
entries_of (const SceneTable *table)
{
  return vm_geometry_entries (table->context->geometry, table->level);
}

/* Rows in ascending order, and how many lines they take with the dots
 * between those that are no neighbours. */
typedef struct {
  guint rows[SCENE_MAX_ROWS], count, slots;
} Choice;

static guint
lines_of (const Choice *choice)
{
  guint lines = choice->count;

  for (guint i = 1; i < choice->count; i++)
    lines += choice->rows[i] > choice->rows[i - 1] + 1;
  return lines;
}

/* Adds a row, unless that takes more lines than there are. */
static gboolean
add (Choice *choice, guint row)
{
  Choice more = *choice;
  guint at = more.count;

  for (guint i = 0; i < more.count; i++)
    if (more.rows[i] == row)
      return TRUE;
  if (more.count == SCENE_MAX_ROWS)
    return FALSE;
  for (; at > 0 && more.rows[at - 1] > row; at--)
    more.rows[at] = more.rows[at - 1];
  more.rows[at] = row;
  more.count++;
  if (lines_of (&more) > choice->slots)
    return FALSE;
  *choice = more;
  return TRUE;
}

/* Neighbours of the focus up to a distance, near ones first. */
static void
add_neighbours (Choice *choice, guint focus, guint distance, guint last)
{
  for (guint d = 1; d <= distance; d++) {
    if (focus >= d && !add (choice, focus - d))
      return;
    if (focus + d <= last && !add (choice, focus + d))
      return;
  }
}

static void
add_present_from_end (Choice *choice, const SceneTable *table)
{
  for (guint i = entries_of (table); i-- > 0;)
    if (scene_table_entry (table, i).present && !add (choice, i))
      return;
}

static void
add_present (Choice *choice, const SceneTable *table)
{
  guint entries = entries_of (table);

  for (guint i = 0; i < entries; i++)
    if (scene_table_entry (table, i).present && !add (choice, i))
      return;
}

guint64
scene_table_entry_pa (const SceneTable *table, guint index)
{
  return vm_geometry_entry (table->context->geometry,
                            vm_frame_of (table->frame), index)
      .v;
}

struct vm_pte
scene_table_entry (const SceneTable *table, guint index)
{
  const SceneContext *c = table->context;
  guint64 raw
      = table->registers
            ? c->state->cpus[0].pdpte[index]
            : vm_memory_read (c->state,
                              vm_paddr_of (scene_table_entry_pa (table, index)),
                              c->geometry->entry_bytes);

  return vm_pte_decode (c->geometry, table->level, raw, c->state->config.nx);
}

guint
scene_rows_choose (const SceneTable *table, guint focus, guint slots,
                   guint rows[SCENE_MAX_ROWS])
{
  Choice choice = {.slots = MIN (slots, SCENE_MAX_ROWS)};
  guint last = entries_of (table) - 1, count = 0;

  if (focus == SCENE_ROW_DOTS) {
    add_present (&choice, table);
    if (choice.count == 0) { /* a new table: zeros from its first entry on */
      add (&choice, 0);
      add_neighbours (&choice, 0, slots, last);
    }
  } else {
    add (&choice, focus);
    add_neighbours (&choice, focus, slots < 7 ? 1 : 2, last);
    add_present_from_end (&choice, table);
    add (&choice, last);
    add_neighbours (&choice, focus, slots, last);
  }
  for (guint i = 0; i < choice.count; i++) {
    if (i > 0 && choice.rows[i] > choice.rows[i - 1] + 1)
      rows[count++] = SCENE_ROW_DOTS;
    rows[count++] = choice.rows[i];
  }
  return count;
}
