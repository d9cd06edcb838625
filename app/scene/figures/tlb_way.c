/* One way of a set of the TLB, as a row of its table. */
#include "figures/tlb_way.h"

#include <glib/gi18n-lib.h>

#include "figures/parts.h"
#include "mmu/pte.h"
#include "mmu/tlb.h"
#include "tape/memory.h"

static const char *
page_text (const SceneBuild *b, guint64 page, guint shift)
{
  return scene_keep (b, scene_number_page (b->context->geometry, page, shift));
}

static SceneTlbColumns
columns_of (const SceneBuild *b, SceneTextStyle style)
{
  const SceneContext *c = b->context;
  SceneTlbColumns columns = {.gap = scene_em (b, 0.5), .style = style};

  columns.page
      = MAX (scene_number_width (
                 b, style, scene_widest_page (c, c->geometry->page_shift)),
             scene_width (b, SCENE_TEXT_SMALL, _ ("page")));
  columns.frame
      = MAX (scene_number_width (
                 b, style, scene_number_frame (c->geometry, c->last_frame)),
             scene_width (b, SCENE_TEXT_SMALL, _ ("frame")));
  columns.age = MAX (scene_width (b, style, "15"),
                     scene_width (b, SCENE_TEXT_SMALL, _ ("age")));
  if (c->most.sets > 1)
    columns.set = MAX (scene_width (b, style, "127"),
                       scene_width (b, SCENE_TEXT_SMALL, _ ("set")));
  return columns;
}

/* Splits a row into its cells; what is left over goes between them: the last
 * is free room before the age. */
static void
cut_cells (const SceneTlbColumns *columns, SceneRect row, SceneRect cells[5])
{
  double spare = MAX (0, row.width - scene_tlb_columns_width (columns)) / 2;

  cells[0] = columns->set > 0
                 ? scene_cut_left (&row, columns->set, columns->gap)
                 : (SceneRect){0};
  cells[1] = scene_cut_left (&row, columns->page, columns->gap + spare);
  cells[2] = scene_cut_left (&row, columns->frame, columns->gap);
  cells[3] = scene_cut_right (&row, columns->age, columns->gap);
  cells[4] = row;
}

static gboolean
is_comparing (const SceneContext *c, guint set, guint way)
{
  return scene_context_is (c, VM_STEP_TLB_COMPARE)
         && c->step->unit != VM_TLB_SECOND
         && c->step->values[VM_V_TLB_SET] == set
         && c->step->values[VM_V_COMPARE_WAY] == way;
}

static gboolean
is_used (const SceneContext *c, guint set, guint way)
{
  return (c->tlb == SCENE_TLB_HIT || c->tlb_filled) && c->tlb_set == set
         && c->tlb_way == way;
}

static gboolean
is_dropped (const SceneContext *c, guint set, guint way)
{
  return scene_context_is (c, VM_STEP_TLB_DROP)
         && c->step->unit != VM_TLB_SECOND
         && c->step->values[VM_V_TLB_SET] == set
         && c->step->values[VM_V_TLB_WAY] == way;
}

/* The tables have changed since, and no flush came. */
static gboolean
is_stale (const SceneContext *c, guint set, guint way)
{
  const struct vm_tlb_entry *entry
      = &c->state->tlb[vm_tlb_first_way (&c->own, set) + way];

  return entry->valid && entry->stale;
}

static SceneRole
way_role (const SceneContext *c, guint set, guint way)
{
  if (is_comparing (c, set, way))
    return c->step->values[VM_V_COMPARE_MATCH] == VM_COMPARED_MATCH
               ? SCENE_ROLE_HIT
               : SCENE_ROLE_MISS;
  if (is_dropped (c, set, way))
    return SCENE_ROLE_MISS;
  if (is_stale (c, set, way))
    return SCENE_ROLE_FAULT;
  if (is_used (c, set, way))
    return c->tlb == SCENE_TLB_HIT ? SCENE_ROLE_HIT : SCENE_ROLE_ACCENT;
  return SCENE_ROLE_NEUTRAL;
}

static SceneEmphasis
way_emphasis (const SceneContext *c, guint set, guint way)
{
  gboolean now = scene_context_is (c, VM_STEP_TLB_HIT)
                 || scene_context_is (c, VM_STEP_TLB_FILL)
                 || scene_context_is (c, VM_STEP_TLB_PROMOTE);

  if (is_comparing (c, set, way) || is_dropped (c, set, way)
      || (is_used (c, set, way) && now)
      || (is_stale (c, set, way) && scene_context_is (c, VM_STEP_OWE)))
    return SCENE_ACTIVE;
  if (is_used (c, set, way) || is_stale (c, set, way))
    return SCENE_STRONG;
  return scene_context_is (c, VM_STEP_TLB_PROBE) && c->tlb_set == set
             ? SCENE_STRONG
             : SCENE_NORMAL;
}

/* look: whose style, role and emphasis the text takes. */
static SceneItem *
add_cell (SceneBuild *b, guint part, guint64 number, SceneRect cell,
          const char *text, const SceneItem *look)
{
  SceneItem *item
      = scene_add_text (b, SCENE_ID (SCENE_FIGURE_TLB, part, number),
                        look->style, SCENE_ALIGN_START,
                        scene_middle (cell, scene_line (b, look->style)), text);

  item->role = look->role;
  item->emphasis = look->emphasis;
  return item;
}

static const char *
way_name (const SceneBuild *b, guint set, guint way,
          const struct vm_tlb_entry *entry)
{
  if (!entry->valid)
    return scene_still_printf (b->still, _ ("TLB set %u, way %u: empty"), set,
                               way);
  if (entry->stale)
    return scene_still_printf (
        b->still,
        _ ("TLB set %u, way %u: page %s in frame %s, out of date; a flush is "
           "owed"),
        set, way, page_text (b, entry->page, entry->shift),
        scene_keep (b,
                    scene_number_frame (b->context->geometry, entry->frame)));
  return scene_still_printf (
      b->still, _ ("TLB set %u, way %u: page %s in frame %s, age %u"), set, way,
      page_text (b, entry->page, entry->shift),
      scene_keep (b, scene_number_frame (b->context->geometry, entry->frame)),
      vm_tlb_age (b->context->state,
                  vm_tlb_first_way (&b->context->own, set) + way)
          + 1);
}

/* The numbers of an entry, each of which is somewhere else, too. */
static void
add_numbers (SceneBuild *b, guint64 number, const struct vm_tlb_entry *entry,
             const SceneRect cells[5], const SceneItem *look)
{
  const char *page = page_text (b, entry->page, entry->shift);
  const char *frame
      = scene_keep (b, scene_number_frame (b->context->geometry, entry->frame));

  scene_item_means_page (
      add_cell (b, SCENE_TLB_PAGE, number, cells[1], page, look), entry->page,
      entry->shift);
  scene_item_means (
      add_cell (b, SCENE_TLB_FRAME, number, cells[2], frame, look),
      SCENE_MEANS_FRAME, entry->frame);
}

/* What the entry that it was made from says by now. */
static void
add_memory (SceneBuild *b, guint64 number, const struct vm_tlb_entry *entry,
            SceneRect room)
{
  const SceneContext *c = b->context;
  guint64 raw = vm_memory_read (c->state, vm_paddr_of (entry->entry),
                                c->geometry->entry_bytes);
  struct vm_pte pte
      = vm_pte_decode (c->geometry, entry->level, raw, c->state->config.nx);
  const char *frame
      = scene_keep (b, scene_number_frame (c->geometry, pte.frame));
  const char *text
      = pte.present
            /* Translators: a frame. */
            ? scene_still_printf (b->still, _ ("memory: %s"), frame)
            : _ ("memory: none");
  SceneTextStyle style = SCENE_TEXT_SMALL;

  if (scene_width (b, style, text) > room.width)
    return;
  SceneItem *item = scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_TLB, SCENE_TLB_MEMORY, number), style,
      SCENE_ALIGN_START, scene_middle (room, scene_line (b, style)), text);
  item->role = SCENE_ROLE_FAULT;
  item->emphasis = SCENE_STRONG;
  if (pte.present)
    scene_item_means (item, SCENE_MEANS_FRAME, pte.frame);
}

static void
add_no_numbers (SceneBuild *b, guint64 number, const SceneRect cells[5],
                const SceneItem *look)
{
  add_cell (b, SCENE_TLB_PAGE, number, cells[1], "—", look);
  add_cell (b, SCENE_TLB_FRAME, number, cells[2], "—", look);
}

SceneTlbColumns
scene_tlb_columns (const SceneBuild *build, double width)
{
  SceneTlbColumns columns = columns_of (build, SCENE_TEXT_MONO);

  if (width > 0 && scene_tlb_columns_width (&columns) > width)
    columns = columns_of (build, SCENE_TEXT_MONO_SMALL);
  double part = width > 0 ? MIN (1, width / scene_tlb_columns_width (&columns))
                          : 1;
  columns.set *= part;
  columns.page *= part;
  columns.frame *= part;
  columns.age *= part;
  columns.gap *= part;
  return columns;
}

double
scene_tlb_columns_width (const SceneTlbColumns *columns)
{
  double width = columns->page + columns->frame + columns->age
                 + 2 * columns->gap;

  return columns->set > 0 ? width + columns->set + columns->gap : width;
}

void
scene_add_tlb_headings (SceneBuild *build, const SceneTlbColumns *columns,
                        SceneRect rect)
{
  const char *const names[] = {_ ("set"), _ ("page"), _ ("frame"), _ ("age")};
  SceneRect cells[5];

  cut_cells (columns, scene_inset (rect, scene_em (build, 0.4), 0), cells);
  for (guint i = columns->set > 0 ? 0 : 1; i < 4; i++)
    scene_add_text (build, SCENE_ID (SCENE_FIGURE_TLB, SCENE_TLB_HEADING, i),
                    SCENE_TEXT_SMALL, SCENE_ALIGN_START, cells[i], names[i])
        ->emphasis
        = SCENE_FAINT;
}

void
scene_add_tlb_way (SceneBuild *build, const SceneTlbColumns *columns,
                   guint index, gboolean first, SceneRect rect)
{
  const SceneContext *c = build->context;
  guint ways = c->own.ways;
  guint set = index / ways, way = index % ways;
  guint64 number = (guint64) set << 16 | way;
  const struct vm_tlb_entry *entry = &c->state->tlb[c->own.first + index];
  SceneRect cells[5];
  SceneItem *box = scene_add_box (build, scene_id_tlb_way (set, way), rect,
                                  way_role (c, set, way),
                                  way_emphasis (c, set, way));
  SceneItem look = *box;
  look.style = columns->style;

  box->name = way_name (build, set, way, entry);
  scene_item_shows (build, box, entry, sizeof *entry);
  if (entry->valid)
    scene_item_means (box, SCENE_MEANS_FRAME, entry->frame);
  else
    look.emphasis = MIN (look.emphasis, SCENE_FAINT);

  cut_cells (columns, scene_inset (rect, scene_em (build, 0.4), 0), cells);
  if (columns->set > 0 && (first || way == 0))
    add_cell (build, SCENE_TLB_SET, number, cells[0],
              scene_still_printf (build->still, "%u", set), &look);
  if (!entry->valid) {
    add_no_numbers (build, number, cells, &look);
    return;
  }
  add_numbers (build, number, entry, cells, &look);
  if (entry->stale)
    add_memory (build, number, entry, cells[4]);
  add_cell (
      build, SCENE_TLB_AGE, number, cells[3],
      scene_still_printf (build->still, "%u",
                          vm_tlb_age (c->state, c->own.first + index) + 1),
      &look);
}
