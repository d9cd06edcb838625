/* A row of a TLB's panel: what one way of one set holds. */
#include "figures/tlb_entry.h"

#include <glib/gi18n-lib.h>

#include "figures/parts.h"
#include "figures/tlb_look.h"
#include "mmu/cpu.h"

typedef enum { SET, PAGE, FRAME, SPACE, AGE, COLUMNS } Column;

static SceneId
id_of (guint part, guint64 number)
{
  return SCENE_ID (SCENE_FIGURE_TLBS, part, number);
}

/* Cuts a row into the cells of its columns, and the two marks. */
static void
cut_cells (const SceneTlbShape *shape, SceneRect rect, SceneRect cells[COLUMNS],
           SceneRect *mark, SceneRect *next)
{
  double least = scene_tlb_row_width (shape);
  double spare = MAX (0, rect.width - least) / 2;
  double part = MIN (1, rect.width / least), gap = part * shape->gap;

  *mark = scene_cut_left (&rect, part * shape->mark, 0);
  *next = scene_cut_right (&rect, part * shape->next, 0);
  cells[SET] = (SceneRect){0};
  if (shape->set > 0)
    cells[SET] = scene_cut_left (&rect, part * shape->set, gap);
  cells[PAGE] = scene_cut_left (&rect, part * shape->page, gap + spare);
  cells[FRAME] = scene_cut_left (&rect, part * shape->frame, gap);
  cells[AGE]
      = scene_cut_right (&rect, part * shape->age, shape->age > 0 ? gap : 0);
  cells[SPACE] = scene_cut_right (&rect, part * shape->space, 0);
}

static SceneItem *
add_cell (SceneBuild *b, SceneId id, SceneRect cell, const char *text,
          const SceneItem *look)
{
  SceneItem *item = scene_add_text (
      b, id, SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_START,
      scene_middle (cell, scene_line (b, SCENE_TEXT_MONO_SMALL)), text);

  item->role = look->role;
  item->emphasis = look->emphasis;
  return item;
}

/* Whose number tags an entry: the process has its colour everywhere. */
static SceneRole
space_role (const SceneContext *c, const struct vm_tlb_entry *entry)
{
  for (guint32 i = 0; i < c->state->process_count; i++)
    if (vm_asid_of (c->state, i) == (entry->asid & ~VM_ASID_USER))
      return scene_process_role (i);
  return SCENE_ROLE_NEUTRAL;
}

static void
add_space (SceneBuild *b, const SceneTlbWay *w, SceneRect cell,
           const SceneItem *look)
{
  const SceneContext *c = b->context;
  SceneItem tinted = *look;
  const char *text = NULL;

  if (w->entry->global)
    text = "G";
  else if (c->state->config.asids)
    text = scene_keep (b, scene_asid_number (c, w->entry->asid));
  if (text == NULL)
    return;
  if (look->role == SCENE_ROLE_NEUTRAL)
    tinted.role = w->entry->global ? SCENE_ROLE_KERNEL
                                   : space_role (c, w->entry);
  add_cell (b, id_of (SCENE_TLBS_SPACE, w->index), cell, text, &tinted);
}

static void
add_numbers (SceneBuild *b, const SceneTlbWay *w,
             const SceneRect cells[COLUMNS], const SceneItem *look)
{
  const struct vm_tlb_entry *e = w->entry;

  scene_item_means_page (add_cell (b, id_of (SCENE_TLBS_PAGE, w->index),
                                   cells[PAGE], scene_tlb_way_page (b, e),
                                   look),
                         e->page, e->shift);
  scene_item_means (
      add_cell (
          b, id_of (SCENE_TLBS_FRAME, w->index), cells[FRAME],
          scene_keep (b, scene_number_frame (b->context->geometry, e->frame)),
          look),
      SCENE_MEANS_FRAME, e->frame);
  add_space (b, w, cells[SPACE], look);
  if (cells[AGE].width > 0 && e->valid)
    add_cell (b, id_of (SCENE_TLBS_AGE, w->index), cells[AGE],
              scene_still_printf (b->still, "%u",
                                  vm_tlb_age (b->context->state, w->index) + 1),
              look);
}

/* What is particular about an entry, as a glyph. */
static void
add_marks (SceneBuild *b, const SceneTlbWay *w, SceneRect mark, SceneRect next)
{
  double side = scene_em (b, 0.6);

  if (w->entry->valid && w->entry->stale)
    add_cell (b, id_of (SCENE_TLBS_MARK, w->index), mark, "!",
              &(SceneItem){.role = SCENE_ROLE_FAULT, .emphasis = SCENE_ACTIVE});
  else if (w->row->dropped && !w->entry->valid) {
    mark.width = side;
    SceneItem *item
        = scene_still_add (b->still, id_of (SCENE_TLBS_MARK, w->index),
                           b->parent, SCENE_MARKER, scene_middle (mark, side));
    item->text = "cross";
    item->role = SCENE_ROLE_MISS;
    item->emphasis = SCENE_STRONG;
  }
  if (!w->row->next || next.width <= 0)
    return;
  next.x += next.width - side;
  next.width = side;
  SceneItem *item
      = scene_still_add (b->still, id_of (SCENE_TLBS_NEXT, w->index), b->parent,
                         SCENE_MARKER, scene_middle (next, side));
  item->text = "dot";
  item->role = SCENE_ROLE_MISS;
  item->name = scene_still_printf (b->still, _ ("Way %u goes next"), w->way);
}

double
scene_tlb_row_height (const SceneBuild *build)
{
  return scene_line (build, SCENE_TEXT_MONO_SMALL) + scene_em (build, 0.3);
}

double
scene_tlb_row_width (const SceneTlbShape *shape)
{
  return shape->mark + shape->page + shape->gap + shape->frame + shape->gap
         + shape->space + shape->next
         + (shape->age > 0 ? shape->age + shape->gap : 0)
         + (shape->set > 0 ? shape->set + shape->gap : 0);
}

void
scene_add_tlb_row (SceneBuild *build, const SceneTlbShape *shape,
                   const SceneTlbUnit *unit, const SceneTlbRow *row,
                   SceneRect rect)
{
  guint ways = unit->tlb.ways;
  SceneTlbWay w
      = {.unit = unit,
         .row = row,
         .entry = &build->context->state->tlb[unit->tlb.first + row->entry],
         .index = unit->tlb.first + row->entry,
         .set = row->entry / ways,
         .way = row->entry % ways};
  SceneRect cells[COLUMNS], mark, next;
  SceneItem *box = scene_add_box (build, scene_id_tlb_entry (w.index), rect,
                                  scene_tlb_way_role (build->context, &w),
                                  scene_tlb_way_emphasis (build->context, &w));
  SceneItem look = *box;

  box->name = scene_tlb_way_name (build, &w);
  scene_item_shows (build, box, w.entry, sizeof *w.entry);
  if (w.entry->valid)
    scene_item_means (box, SCENE_MEANS_FRAME, w.entry->frame);
  else
    look.emphasis = MIN (look.emphasis, SCENE_FAINT);
  cut_cells (shape, scene_inset (rect, scene_em (build, 0.3), 0), cells, &mark,
             &next);
  if (shape->set > 0 && row->first)
    add_cell (build, id_of (SCENE_TLBS_SET, w.index), cells[SET],
              scene_still_printf (build->still, "%u", w.set), &look);
  add_marks (build, &w, mark, next);
  if (w.entry->valid || row->dropped)
    add_numbers (build, &w, cells, &look);
  else
    add_cell (build, id_of (SCENE_TLBS_PAGE, w.index), cells[PAGE], "—", &look);
}

void
scene_add_tlb_columns (SceneBuild *build, const SceneTlbShape *shape,
                       const SceneTlbUnit *unit, SceneRect rect)
{
  const char *const names[COLUMNS]
      = {shape->set > 0 ? _ ("set") : NULL, _ ("page"), _ ("frame"),
         build->context->state->config.asids ? scene_asid_title (build->context)
                                             : NULL,
         shape->age > 0 ? _ ("age") : NULL};
  SceneRect cells[COLUMNS], mark, next;

  cut_cells (shape, scene_inset (rect, scene_em (build, 0.3), 0), cells, &mark,
             &next);
  for (guint i = 0; i < COLUMNS; i++)
    if (names[i] != NULL)
      scene_add_text (
          build, id_of (SCENE_TLBS_COLUMN, (guint64) unit->tlb.first << 8 | i),
          SCENE_TEXT_SMALL, SCENE_ALIGN_START, cells[i], names[i])
          ->emphasis
          = SCENE_FAINT;
}
