/* One of several TLBs as a panel. */
#include "figures/tlb_block.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "figures/parts.h"
#include "figures/tlb_entry.h"
#include "figures/tlb_rows.h"
#include "figures/tlb_tree.h"
#include "mmu/replace.h"

/* A page that an operation looks for, and what came of it; "" before it. */
static const char *
outcome_format (SceneTlbOutcome outcome)
{
  switch (outcome) {
  case SCENE_TLB_UNKNOWN:
    break;
  case SCENE_TLB_PROBING:
    return _ ("page %s?");
  case SCENE_TLB_HIT:
    return _ ("hit: page %s");
  case SCENE_TLB_MISS:
    return _ ("miss: page %s");
  }
  return "%s";
}

static SceneRole
outcome_role (SceneTlbOutcome outcome)
{
  switch (outcome) {
  case SCENE_TLB_UNKNOWN:
  case SCENE_TLB_PROBING:
    break;
  case SCENE_TLB_HIT:
    return SCENE_ROLE_HIT;
  case SCENE_TLB_MISS:
    return SCENE_ROLE_MISS;
  }
  return SCENE_ROLE_ACCENT;
}

/* G_GNUC_PRINTF cannot see through a translated format that was chosen. */
static char *
outcome_text (SceneTlbOutcome outcome, const char *page)
{
  const char *format = outcome_format (outcome);
  const char *at = strstr (format, "%s");

  return g_strdup_printf ("%.*s%s%s", (int) (at - format), format, page,
                          at + 2);
}

static double
footer_line (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO_SMALL) + scene_em (b, 0.25);
}

static double
most_footer (const SceneBuild *b)
{
  const SceneNumber page
      = scene_widest_page (b->context, b->context->geometry->page_shift);
  guint total = vm_tlb_entries (b->context->state);
  g_autofree char *used = g_strdup_printf (_ ("used %u of %u · flush owed: %u"),
                                           total, total, total);
  double width = scene_width (b, SCENE_TEXT_SMALL, used);

  for (guint o = SCENE_TLB_PROBING; o <= SCENE_TLB_MISS; o++) {
    g_autofree char *text = outcome_text ((SceneTlbOutcome) o, page.s);
    width = MAX (width, scene_chip_width (b, SCENE_TEXT_MONO_SMALL, text));
  }
  return width;
}

static guint
most_sets (const struct vm_config *config)
{
  return MAX (config->tlb_sets, MAX (config->itlb_sets, config->stlb_sets));
}

static guint
most_ways (const struct vm_config *config)
{
  return MAX (config->tlb_ways, MAX (config->itlb_ways, config->stlb_ways));
}

static double
column (const SceneBuild *b, const char *heading, const char *widest)
{
  return MAX (scene_width (b, SCENE_TEXT_SMALL, heading),
              scene_width (b, SCENE_TEXT_MONO_SMALL, widest));
}

/* Rows of the block: an entry each. */
static void
add_row (SceneBuild *b, const SceneTlbShape *shape, const SceneTlbUnit *unit,
         const guint8 *dropped, const GArray *rows, guint i, SceneRect rect)
{
  const struct vm_state *s = b->context->state;
  guint ways = unit->tlb.ways;
  guint entry = g_array_index (rows, guint, i);
  guint before = i > 0 ? g_array_index (rows, guint, i - 1) : G_MAXUINT;
  guint set = entry / ways;
  SceneTlbRow row
      = {.entry = entry,
         .first = i == 0 || before / ways != set,
         .dropped = dropped[unit->tlb.first + entry],
         .next = ways > 1 && vm_tlb_valid_ways (s, &unit->tlb, set) == ways
                 && vm_replace_next (s, &unit->tlb, set) == entry % ways};

  scene_add_tlb_row (b, shape, unit, &row, rect);
}

static void
add_used (SceneBuild *b, const SceneTlbUnit *unit, const guint8 *dropped,
          SceneRect rect)
{
  const struct vm_tlb_entry *entry = &b->context->state->tlb[unit->tlb.first];
  guint count = unit->tlb.sets * unit->tlb.ways;
  guint used = 0, stale = 0, gone = 0;

  for (guint i = 0; i < count; i++) {
    used += entry[i].valid;
    stale += entry[i].valid && entry[i].stale;
    gone += !entry[i].valid && dropped[unit->tlb.first + i];
  }
  const char *text
      = scene_still_printf (b->still, _ ("used %u of %u"), used, count);
  if (gone > 0)
    text = scene_still_printf (b->still, _ ("used %u of %u · dropped %u"), used,
                               count, gone);
  if (stale > 0)
    text = scene_still_printf (b->still, _ ("used %u of %u · flush owed: %u"),
                               used, count, stale);
  SceneItem *item = scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_TLBS, SCENE_TLBS_USED, unit->tlb.first),
      SCENE_TEXT_SMALL, SCENE_ALIGN_START, rect, text);
  item->role = stale > 0 ? SCENE_ROLE_FAULT : SCENE_ROLE_NEUTRAL;
  item->emphasis = stale + gone > 0 ? SCENE_STRONG : SCENE_NORMAL;
}

static void
add_outcome (SceneBuild *b, const SceneTlbUnit *unit, SceneRect rect)
{
  if (unit->outcome == SCENE_TLB_UNKNOWN)
    return;

  SceneNumber page
      = scene_number_page (b->context->geometry, unit->page, unit->shift);
  g_autofree char *text = outcome_text (unit->outcome, page.s);
  SceneItem *item = scene_add_chip (
      b, SCENE_ID (SCENE_FIGURE_TLBS, SCENE_TLBS_OUTCOME, unit->tlb.first),
      rect, outcome_role (unit->outcome), text);
  item->name = scene_still_printf (b->still, "%s: %s",
                                   scene_tlb_unit_name (b, unit), text);
  scene_item_means_page (item, unit->page, unit->shift);
}

static void
shape_with_all (const SceneBuild *build, SceneTlbShape *shape)
{
  const SceneContext *c = build->context;
  const struct vm_config *config = &c->state->config;
  guint ways = most_ways (config);
  gboolean ages = config->replacement == VM_REPLACE_LRU
                  || config->replacement == VM_REPLACE_FIFO;
  g_autofree char *set = g_strdup_printf ("%u", most_sets (config) - 1);
  g_autofree char *age = g_strdup_printf ("%u", ways);

  *shape = (SceneTlbShape){.mark = scene_em (build, 0.95),
                           .gap = scene_em (build, 0.55)};
  if (most_sets (config) > 1)
    shape->set = column (build, _ ("set"), set);
  shape->page = column (build, _ ("page"),
                        scene_widest_page (c, c->geometry->page_shift).s);
  shape->frame = column (build, _ ("frame"),
                         scene_number_frame (c->geometry, c->last_frame).s);
  shape->space
      = config->asids
            ? column (build, scene_asid_title (c), scene_asid_number (c, 88).s)
            : scene_width (build, SCENE_TEXT_MONO_SMALL, "G");
  if (ages && ways > 1)
    shape->age = column (build, _ ("age"), age);
  if (ways > 1 && config->replacement != VM_REPLACE_RANDOM)
    shape->next = scene_em (build, 0.8);
  shape->tree = scene_tlb_tree_columns (c);
}

void
scene_tlb_shape (const SceneBuild *build, double width, SceneTlbShape *shape)
{
  shape_with_all (build, shape);
  if (width > 0 && scene_tlb_block_width (build, shape) > width)
    shape->age = 0;
  if (width > 0 && scene_tlb_block_width (build, shape) > width)
    shape->set = 0;
}

double
scene_tlb_block_width (const SceneBuild *build, const SceneTlbShape *shape)
{
  double rows = scene_tlb_row_width (shape) + scene_em (build, 0.6)
                + scene_tlb_tree_width (build, shape->tree);

  return MAX (rows, most_footer (build)) + 2 * scene_padding (build);
}

double
scene_tlb_block_height (const SceneBuild *build, guint rows)
{
  return scene_header (build) + scene_em (build, 0.8)
         + scene_line (build, SCENE_TEXT_SMALL) + scene_em (build, 0.15)
         + rows * (scene_tlb_row_height (build) + scene_em (build, 0.15))
         + scene_em (build, 0.3) + footer_line (build) + scene_em (build, 0.25)
         + scene_line (build, SCENE_TEXT_SMALL);
}

void
scene_add_tlb_block (SceneBuild *build, const SceneTlbShape *shape,
                     const SceneTlbUnit *unit, const guint8 *dropped,
                     guint rows, SceneRect rect)
{
  double gap = scene_em (build, 0.15), row = scene_tlb_row_height (build);
  SceneRect rest = scene_add_panel (
      build, SCENE_FIGURE_TLBS, unit->tlb.first, rect,
      scene_tlb_unit_title (build->context, unit->unit),
      scene_still_printf (build->still, "%u × %u · %s", unit->tlb.sets,
                          unit->tlb.ways, scene_tlb_policy (build->context)));
  SceneRect used = scene_cut_bottom (
      &rest, scene_line (build, SCENE_TEXT_SMALL), scene_em (build, 0.25));
  SceneRect outcome
      = scene_cut_bottom (&rest, footer_line (build), scene_em (build, 0.3));
  SceneRect tree
      = scene_cut_right (&rest, scene_tlb_tree_width (build, shape->tree), 0);

  scene_add_tlb_columns (build, shape, unit,
                         scene_cut_top (&rest,
                                        scene_line (build, SCENE_TEXT_SMALL),
                                        scene_em (build, 0.15)));
  g_autoptr (GArray) shown = scene_tlb_rows (build, unit, dropped, rows, rest);
  tree.y = rest.y;
  for (guint i = 0; i < shown->len; i++)
    add_row (build, shape, unit, dropped, shown, i,
             scene_cut_top (&rest, row, gap));
  if (shape->tree > 0)
    scene_add_tlb_trees (build, unit, shown, row, gap, tree);
  add_outcome (build, unit, outcome);
  add_used (build, unit, dropped, used);
}

SceneId
scene_id_tlb_entry (guint index)
{
  return SCENE_ID (SCENE_FIGURE_TLBS, SCENE_TLBS_ENTRY, index);
}
