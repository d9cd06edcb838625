/* What the walker of a processor remembers of upper levels. */
#include "figures/tlb_upper.h"

#include <glib/gi18n-lib.h>

#include "figures/parts.h"
#include "figures/tlb_entry.h"
#include "figures/window.h"
#include "mmu/psc.h"

typedef enum { LEVEL, PREFIX, TABLE, SPACE, COLUMNS } Column;

static SceneId
id_of (guint part, guint64 number)
{
  return SCENE_ID (SCENE_FIGURE_TLBS, part, number);
}

static SceneNumber
prefix_number (const SceneContext *c, guint level, guint64 prefix)
{
  return scene_number_page (c->geometry, prefix, c->geometry->level[level].low);
}

static double
column (const SceneBuild *b, const char *heading, const char *widest)
{
  return MAX (scene_width (b, SCENE_TEXT_SMALL, heading),
              scene_width (b, SCENE_TEXT_MONO_SMALL, widest));
}

static void
widths_of (const SceneBuild *b, double widths[COLUMNS])
{
  const SceneContext *c = b->context;

  widths[LEVEL] = column (b, _ ("entry"),
                          scene_short_table (c->geometry, c->geometry->levels));
  widths[PREFIX] = column (b, _ ("address bits"),
                           scene_widest_page (c, c->geometry->level[2].low).s);
  widths[TABLE]
      = column (b, _ ("next table"), scene_number_frame (c->geometry, 0).s);
  widths[SPACE] = c->state->config.asids ? column (b, scene_asid_title (c),
                                                   scene_asid_number (c, 88).s)
                                         : 0;
}

static double
gap (const SceneBuild *b)
{
  return scene_em (b, 0.55);
}

static double
row_width (const SceneBuild *b, const double widths[COLUMNS])
{
  double width = -gap (b);

  for (guint i = 0; i < COLUMNS; i++)
    width += widths[i] > 0 ? widths[i] + gap (b) : 0;
  return width;
}

static void
cut_cells (const SceneBuild *b, SceneRect rect, SceneRect cells[COLUMNS])
{
  double widths[COLUMNS];

  widths_of (b, widths);
  rect = scene_inset (rect, scene_em (b, 0.3), 0);
  if (rect.width < row_width (b, widths))
    widths[SPACE] = 0;
  double part = MIN (1, rect.width / row_width (b, widths));
  for (guint i = 0; i < COLUMNS; i++)
    cells[i] = scene_cut_left (&rect, part * widths[i], part * gap (b));
}

/* Entries of a processor lie level by level: of the first, level 2. */
static guint
level_of (guint entry)
{
  return entry / VM_PSC_WAYS + 2;
}

static gboolean
is_now (const SceneContext *c, guint cpu, guint level, guint64 prefix)
{
  return (scene_context_is (c, VM_STEP_PSC_HIT)
          || scene_context_is (c, VM_STEP_PSC_FILL))
         && c->step->cpu == cpu && c->step->values[VM_V_PSC_LEVEL] == level
         && c->step->values[VM_V_PSC_PREFIX] == prefix;
}

static void
add_cell (SceneBuild *b, SceneId id, SceneRect cell, const char *text,
          SceneRole role, SceneEmphasis emphasis)
{
  SceneItem *item = scene_add_text (
      b, id, SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_START,
      scene_middle (cell, scene_line (b, SCENE_TEXT_MONO_SMALL)), text);

  item->role = role;
  item->emphasis = emphasis;
}

static void
add_row (SceneBuild *b, guint cpu, guint i, SceneRect rect)
{
  const SceneContext *c = b->context;
  guint level = level_of (i);
  const struct vm_psc_entry *entry
      = &vm_psc_of (c->state, cpu, level)[i % VM_PSC_WAYS];
  guint64 index = (guint64) (entry - c->state->psc);
  gboolean now = entry->valid && is_now (c, cpu, level, entry->prefix);
  SceneRole role = entry->valid ? scene_level_role (level) : SCENE_ROLE_NEUTRAL;
  SceneEmphasis emphasis = now ? SCENE_ACTIVE : SCENE_NORMAL;
  const char *table = scene_short_table (c->geometry, level);
  const char *prefix = scene_keep (b, prefix_number (c, level, entry->prefix));
  const char *frame
      = scene_keep (b, scene_number_frame (c->geometry, entry->table));
  SceneRect cells[COLUMNS];
  SceneItem *box = scene_add_box (b, id_of (SCENE_TLBS_UPPER, index), rect,
                                  now ? role : SCENE_ROLE_NEUTRAL, emphasis);

  scene_item_shows (b, box, entry, sizeof *entry);
  cut_cells (b, rect, cells);
  if (!entry->valid) {
    box->name
        = scene_still_printf (b->still, _ ("%s entry: nothing known"), table);
    add_cell (b, id_of (SCENE_TLBS_PREFIX, index), cells[PREFIX], "—", role,
              SCENE_FAINT);
    return;
  }
  box->name = scene_still_printf (
      b->still, _ ("%s entry: addresses that begin with %s go on in frame %s"),
      table, prefix, frame);
  scene_item_means (box, SCENE_MEANS_FRAME, entry->table);
  add_cell (b, id_of (SCENE_TLBS_LEVEL, index), cells[LEVEL], table, role,
            MAX (emphasis, SCENE_STRONG));
  add_cell (b, id_of (SCENE_TLBS_PREFIX, index), cells[PREFIX], prefix,
            SCENE_ROLE_NEUTRAL, emphasis);
  add_cell (b, id_of (SCENE_TLBS_TABLE, index), cells[TABLE], frame,
            SCENE_ROLE_NEUTRAL, emphasis);
  if (cells[SPACE].width > 0)
    add_cell (b, id_of (SCENE_TLBS_UPPER_SPACE, index), cells[SPACE],
              scene_keep (b, scene_asid_number (c, entry->asid)),
              SCENE_ROLE_NEUTRAL, emphasis);
}

/* The entry in a place: level by level from the root down, and those that hold
 * something first, as long as nobody scrolls. */
static guint
entry_at (const SceneContext *c, guint cpu, guint position, gboolean scrolled)
{
  guint count = scene_tlb_upper_count (c), empty[VM_PSC_LEVELS * VM_PSC_WAYS];
  guint used = 0, free = 0;

  for (guint i = 0; i < count; i++) {
    guint level = c->geometry->levels - i / VM_PSC_WAYS, way = i % VM_PSC_WAYS;
    guint entry = (level - 2) * VM_PSC_WAYS + way;
    gboolean valid = vm_psc_of (c->state, cpu, level)[way].valid;
    if (scrolled ? i == position : valid && used == position)
      return entry;
    used += valid;
    if (!valid)
      empty[free++] = entry;
  }
  return empty[position - used];
}

static void
add_headings (SceneBuild *b, guint64 number, SceneRect rect)
{
  const char *const names[COLUMNS] = {
      _ ("entry"), _ ("address bits"), _ ("next table"),
      b->context->state->config.asids ? scene_asid_title (b->context) : NULL};
  SceneRect cells[COLUMNS];

  cut_cells (b, rect, cells);
  for (guint i = 0; i < COLUMNS; i++)
    if (names[i] != NULL && cells[i].width > 0)
      scene_add_text (b, id_of (SCENE_TLBS_COLUMN, number << 8 | i),
                      SCENE_TEXT_SMALL, SCENE_ALIGN_START, cells[i], names[i])
          ->emphasis
          = SCENE_FAINT;
}

guint
scene_tlb_upper_count (const SceneContext *context)
{
  return (context->geometry->levels - 1) * VM_PSC_WAYS;
}

double
scene_tlb_upper_width (const SceneBuild *build, gboolean all)
{
  double widths[COLUMNS];

  widths_of (build, widths);
  if (!all)
    widths[SPACE] = 0;
  return row_width (build, widths) + scene_em (build, 0.6)
         + 2 * scene_padding (build);
}

void
scene_add_tlb_upper (SceneBuild *build, guint cpu, guint rows, SceneRect rect)
{
  const SceneContext *c = build->context;
  guint64 number = 0x10000 + cpu;
  guint count = scene_tlb_upper_count (c), used = 0;
  gboolean scrolled = FALSE;
  SceneRect rest = scene_add_panel (build, SCENE_FIGURE_TLBS, number, rect,
                                    _ ("Paging-structure cache"), NULL);
  SceneRect foot = scene_cut_bottom (
      &rest, scene_line (build, SCENE_TEXT_SMALL), scene_em (build, 0.25));

  add_headings (build, number,
                scene_cut_top (&rest, scene_line (build, SCENE_TEXT_SMALL),
                               scene_em (build, 0.15)));
  guint64 first
      = scene_add_window (build, rest, count, MIN (rows, count), 0, &scrolled);
  for (guint i = 0; i < MIN (rows, count); i++)
    add_row (build, cpu, entry_at (c, cpu, (guint) first + i, scrolled),
             scene_cut_top (&rest, scene_tlb_row_height (build),
                            scene_em (build, 0.15)));
  for (guint i = 0; i < count; i++)
    used += vm_psc_of (c->state, cpu, level_of (i))[i % VM_PSC_WAYS].valid;
  scene_add_text (
      build, id_of (SCENE_TLBS_USED, number), SCENE_TEXT_SMALL,
      SCENE_ALIGN_START, foot,
      scene_still_printf (build->still, _ ("used %u of %u"), used, count));
}
