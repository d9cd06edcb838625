/* The regions below their tree: as a list, and as a maple tree computed from
 * it. */
#include <glib/gi18n-lib.h>

#include "figures/region_words.h"
#include "figures/maple.h"
#include "figures/vma_chart.h"

static double
heading_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_SMALL);
}

static double
cell_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO_SMALL)
         + scene_line (b, SCENE_TEXT_SMALL) + scene_em (b, 0.2);
}

static double
slot_height (const SceneBuild *b)
{
  return scene_em (b, 0.7);
}

static double
gap (const SceneBuild *b)
{
  return scene_em (b, 0.3);
}

static void
add_heading (SceneBuild *b, guint which, SceneRect rect, const char *text)
{
  scene_add_text (b, SCENE_ID (SCENE_FIGURE_REGIONS, SCENE_VMA_HEADING, which),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_START, rect, text);
}

static SceneRect
cell_of (const SceneVmaColumns *columns, guint i, SceneRect row)
{
  return (SceneRect){columns->left + i * columns->slot - columns->width / 2,
                     row.y, columns->width, row.height};
}

/* What it allows; below it what it is called, or, where that has no room, how
 * large it is. */
static void
add_cell (SceneBuild *b, const SceneVma *vma, SceneRect rect)
{
  SceneEmphasis emphasis = vma->now ? SCENE_ACTIVE : SCENE_NORMAL;
  SceneItem *item = scene_add_box (
      b, SCENE_ID (SCENE_FIGURE_REGIONS, SCENE_VMA_CELL, vma->region), rect,
      vma->now || vma->found ? SCENE_ROLE_ACCENT : SCENE_ROLE_NEUTRAL,
      vma->found ? MAX (emphasis, SCENE_STRONG) : emphasis);
  const char *size
      = scene_keep (b, scene_number_size (vma->r->end - vma->r->start));
  const char *flags = scene_region_flags (vma->r->flags);
  const char *label = scene_region_label (b->context, vma->r);
  gboolean fits = scene_width (b, SCENE_TEXT_SMALL, label)
                  <= rect.width - scene_em (b, 0.4);

  item->name = scene_still_printf (b->still, "%s, %s, %s", label, flags, size);
  scene_item_shows (b, item, vma->r, sizeof *vma->r);
  rect = scene_middle (rect, cell_height (b) - scene_em (b, 0.2));
  scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_REGIONS, SCENE_VMA_CELL_UPPER, vma->region),
      SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_CENTER,
      scene_cut_top (&rect, scene_line (b, SCENE_TEXT_MONO_SMALL), 0), flags);
  scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_REGIONS, SCENE_VMA_CELL_LOWER, vma->region),
      SCENE_TEXT_SMALL, SCENE_ALIGN_CENTER,
      scene_cut_top (&rect, scene_line (b, SCENE_TEXT_SMALL), 0),
      fits ? label : size);
}

/* To the next one: dotted where addresses between them are free. */
static void
add_link (SceneBuild *b, const SceneVmas *vmas, guint i, SceneRect from,
          SceneRect to)
{
  const SceneVma *vma = scene_vma_at (vmas, i);
  gboolean apart = vma->r->end != scene_vma_at (vmas, i + 1)->r->start;
  double y = from.y + from.height / 2;
  SceneItem *item = scene_still_add (
      b->still, SCENE_ID (SCENE_FIGURE_REGIONS, SCENE_VMA_LINK, vma->region),
      b->parent, SCENE_LINE, (SceneRect){0});

  item->emphasis = SCENE_STRONG;
  item->stroke = apart ? SCENE_STROKE_DOTTED : SCENE_STROKE_SOLID;
  scene_still_add_point (b->still, item, from.x + from.width, y);
  scene_still_add_point (b->still, item, to.x, y);
}

static void
add_list (SceneBuild *b, const SceneVmas *vmas, const SceneVmaColumns *columns,
          SceneRect row)
{
  for (guint i = 0; i < vmas->list->len; i++) {
    SceneRect cell = cell_of (columns, i, row);
    if (i + 1 < vmas->list->len)
      add_link (b, vmas, i, cell, cell_of (columns, i + 1, row));
    add_cell (b, scene_vma_at (vmas, i), cell);
  }
}

/* A region's slot stands below its cell; a gap's, between two. */
static SceneRect
slot_rect (const SceneBuild *b, const SceneVmaColumns *columns,
           const GArray *slots, guint i, SceneRect row)
{
  const SceneMapleSlot *slot = &g_array_index (slots, SceneMapleSlot, i);
  double between = columns->slot - columns->width;
  double narrow = between * 0.5;
  guint before = 0;

  if (slot->vma != SCENE_VMAS_NONE)
    return cell_of (columns, slot->vma, row);
  for (guint j = 0; j < i; j++)
    before += g_array_index (slots, SceneMapleSlot, j).vma != SCENE_VMAS_NONE;
  double middle = columns->left + (before - 0.5) * columns->slot;
  if (before == 0 || i + 1 == slots->len)
    middle += (before == 0 ? 1 : -1) * (between / 2 - narrow / 2 - between / 8);
  return (SceneRect){middle - narrow / 2, row.y, narrow, row.height};
}

static void
add_slot (SceneBuild *b, const SceneVmas *vmas, const SceneMapleSlot *slot,
          guint i, SceneRect rect)
{
  const struct vm_geometry *g = b->context->geometry;
  gboolean gap = slot->vma == SCENE_VMAS_NONE;
  SceneItem *item
      = scene_add_box (b, SCENE_ID (SCENE_FIGURE_REGIONS, SCENE_VMA_SLOT, i),
                       rect, gap ? SCENE_ROLE_FREE : SCENE_ROLE_TABLE,
                       gap ? SCENE_FAINT : SCENE_NORMAL);
  const char *what
      = gap ? _ ("free")
            : scene_region_flags (scene_vma_at (vmas, slot->vma)->r->flags);

  if (!gap
      && (scene_vma_at (vmas, slot->vma)->now
          || scene_vma_at (vmas, slot->vma)->found)) {
    item->role = SCENE_ROLE_ACCENT;
    item->emphasis = SCENE_STRONG;
  }
  /* Translators: a slot of a node of the maple tree; its last address; what
   * lies there. */
  item->name = scene_still_printf (b->still, _ ("Slot with pivot %s: %s"),
                                   scene_number_virtual (g, slot->last).s,
                                   what);
  if (!gap)
    scene_item_shows (b, item, scene_vma_at (vmas, slot->vma)->r,
                      sizeof *scene_vma_at (vmas, slot->vma)->r);
}

/* The border of a leaf, and what it uses of its slots. */
static void
add_leaf (SceneBuild *b, const GArray *slots, guint leaf, SceneRect first,
          SceneRect last, SceneRect text)
{
  const struct vm_geometry *g = b->context->geometry;
  const char *words = scene_still_printf (b->still, _ ("leaf: %u of %u slots"),
                                          scene_maple_used (slots, leaf),
                                          scene_maple_leaf_size (g));
  SceneItem *item = scene_still_add (
      b->still, SCENE_ID (SCENE_FIGURE_REGIONS, SCENE_VMA_LEAF, leaf),
      b->parent, SCENE_LINE, (SceneRect){0});
  double top = text.y - gap (b) * 0.8, bottom = text.y;

  item->role = SCENE_ROLE_TABLE;
  item->emphasis = SCENE_STRONG;
  scene_still_add_point (b->still, item, first.x, top);
  scene_still_add_point (b->still, item, first.x, bottom);
  scene_still_add_point (b->still, item, last.x + last.width, bottom);
  scene_still_add_point (b->still, item, last.x + last.width, top);
  text.x = first.x;
  text.width = last.x + last.width - first.x;
  text.y += gap (b) / 2;
  if (scene_width (b, SCENE_TEXT_SMALL, words) <= text.width)
    scene_add_text (b,
                    SCENE_ID (SCENE_FIGURE_REGIONS, SCENE_VMA_LEAF_TEXT, leaf),
                    SCENE_TEXT_SMALL, SCENE_ALIGN_CENTER, text, words);
}

static void
add_maple (SceneBuild *b, const SceneVmas *vmas, const SceneVmaColumns *columns,
           SceneRect row, SceneRect text)
{
  g_autoptr (GArray) slots
      = scene_maple_slots (vmas, scene_maple_leaf_size (b->context->geometry));
  SceneRect first = {0};

  for (guint i = 0; i < slots->len; i++) {
    const SceneMapleSlot *slot = &g_array_index (slots, SceneMapleSlot, i);
    SceneRect rect = slot_rect (b, columns, slots, i, row);
    gboolean begins = i == 0 || slot[-1].leaf != slot->leaf;
    gboolean ends = i + 1 == slots->len || slot[1].leaf != slot->leaf;
    if (begins)
      first = rect;
    add_slot (b, vmas, slot, i, rect);
    if (ends)
      add_leaf (b, slots, slot->leaf, first, rect, text);
  }
}

const char *
scene_vma_maple_text (const SceneBuild *build, const SceneVmas *vmas)
{
  guint size = scene_maple_leaf_size (build->context->geometry);
  g_autoptr (GArray) slots = scene_maple_slots (vmas, size);
  guint leaves = scene_maple_leaves (slots);

  if (leaves == 0)
    return _ ("Maple tree, computed from this one");
  return scene_still_printf (
      build->still,
      ngettext ("Maple tree, computed from this one: %u leaf, %u slots",
                "Maple tree, computed from this one: a root with %u "
                "leaves, %u slots",
                leaves),
      leaves, slots->len);
}

double
scene_vma_strips_height (const SceneBuild *build)
{
  return 2 * (heading_height (build) + gap (build)) + cell_height (build)
         + 2 * gap (build) + slot_height (build) + gap (build)
         + 1.5 * scene_line (build, SCENE_TEXT_SMALL);
}

void
scene_add_vma_strips (SceneBuild *build, const SceneVmas *vmas,
                      const SceneVmaColumns *columns, SceneRect rect)
{
  add_heading (build, 0,
               scene_cut_top (&rect, heading_height (build), gap (build)),
               _ ("List, in the order of addresses"));
  add_list (build, vmas, columns,
            scene_cut_top (&rect, cell_height (build), 2 * gap (build)));
  add_heading (build, 1,
               scene_cut_top (&rect, heading_height (build), gap (build)),
               scene_vma_maple_text (build, vmas));
  SceneRect row = scene_cut_top (&rect, slot_height (build), gap (build));
  rect.height = scene_line (build, SCENE_TEXT_SMALL);
  add_maple (build, vmas, columns, row, rect);
}
