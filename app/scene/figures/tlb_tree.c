/* The bits of tree-PLRU beside the ways that they choose from. */
#include "figures/tlb_tree.h"

#include <glib/gi18n-lib.h>

#include "figures/parts.h"

/* A column of nodes, in ems. */
#define COLUMN 1.5

/* More ways than so many make no picture. */
#define MOST_WAYS 16

/* One set's tree; rows are counted from its first way. */
typedef struct {
  const struct vm_tlb_entry *entries;
  guint index; /* of the first of them in the state */
  guint ways;
  double x, y, row; /* of way 0; row: with the gap */
  double column, node;
} Tree;

static guint
depth_of (guint ways)
{
  guint depth = 0;

  while (ways >> (depth + 1) != 0)
    depth++;
  return depth;
}

/* A node or, from number `ways` on, a way: how far down it stands. */
static double
middle_of (const Tree *t, guint node)
{
  guint first = node, last = node;

  while (first < t->ways) {
    first = 2 * first;
    last = 2 * last + 1;
  }
  return t->y + ((first + last) / 2.0 - t->ways + 0.5) * t->row;
}

/* Height above the ways: those of the last level stand in the first column. */
static guint
level_of (const Tree *t, guint node)
{
  return depth_of (t->ways) - depth_of (node) - 1;
}

static double
column_of (const Tree *t, guint node)
{
  return t->x + (level_of (t, node) + 0.55) * t->column;
}

/* From a half to its node: along, then up or down to the node's edge. */
static void
add_branch (SceneBuild *b, const Tree *t, guint node, guint side)
{
  guint half = 2 * node + side;
  gboolean chosen = t->entries[node].tree == side;
  double x = column_of (t, node), y = middle_of (t, half);
  double from = half < t->ways ? column_of (t, half) + t->node / 2 : t->x;
  double edge = middle_of (t, node) + (side == 0 ? -1 : 1) * t->node / 2;
  SceneItem *line
      = scene_still_add (b->still,
                         SCENE_ID (SCENE_FIGURE_TLBS, SCENE_TLBS_BRANCH,
                                   (guint64) (t->index + node) << 1 | side),
                         b->parent, SCENE_LINE, (SceneRect){x, y, 0, 0});

  line->role = chosen ? SCENE_ROLE_MISS : SCENE_ROLE_NEUTRAL;
  line->emphasis = chosen ? SCENE_STRONG : SCENE_FAINT;
  scene_still_add_point (b->still, line, from, y);
  scene_still_add_point (b->still, line, x, y);
  scene_still_add_point (b->still, line, x, edge);
}

static void
add_node (SceneBuild *b, const Tree *t, guint node)
{
  const struct vm_tlb_entry *holder = &t->entries[node];
  SceneItem *box = scene_add_box (
      b, SCENE_ID (SCENE_FIGURE_TLBS, SCENE_TLBS_NODE, t->index + node),
      (SceneRect){column_of (t, node) - t->node / 2,
                  middle_of (t, node) - t->node / 2, t->node, t->node},
      SCENE_ROLE_MISS, SCENE_NORMAL);

  box->style = SCENE_TEXT_SMALL;
  box->text = holder->tree ? "↓" : "↑";
  box->name = scene_still_printf (
      b->still,
      holder->tree
          ? _ ("Bit %u of the tree: the lower half was used longer ago")
          : _ ("Bit %u of the tree: the upper half was used longer ago"),
      node);
  scene_item_shows (b, box, &holder->tree, sizeof holder->tree);
}

static void
add_tree (SceneBuild *b, const Tree *t)
{
  for (guint node = 1; node < t->ways; node++) {
    add_branch (b, t, node, 0);
    add_branch (b, t, node, 1);
    add_node (b, t, node);
  }
}

/* True if the ways of a set stand in the rows from the i-th on. */
static gboolean
is_whole (const GArray *rows, guint i, guint ways)
{
  guint first = g_array_index (rows, guint, i);

  return first % ways == 0 && i + ways <= rows->len
         && g_array_index (rows, guint, i + ways - 1) == first + ways - 1;
}

guint
scene_tlb_tree_columns (const SceneContext *context)
{
  const struct vm_config *config = &context->state->config;
  guint ways
      = MAX (config->tlb_ways, MAX (config->itlb_ways, config->stlb_ways));

  if (config->replacement != VM_REPLACE_PLRU || ways > MOST_WAYS)
    return 0;
  return depth_of (ways);
}

double
scene_tlb_tree_width (const SceneBuild *build, guint columns)
{
  return columns == 0 ? 0 : scene_em (build, columns * COLUMN + 0.1);
}

void
scene_add_tlb_trees (SceneBuild *build, const SceneTlbUnit *unit,
                     const GArray *rows, double row, double gap, SceneRect rect)
{
  const struct vm_state *s = build->context->state;
  guint ways = unit->tlb.ways;

  for (guint i = 0; i < rows->len; i++) {
    if (!is_whole (rows, i, ways))
      continue;
    guint index = unit->tlb.first + g_array_index (rows, guint, i);
    add_tree (build, &(Tree){.entries = &s->tlb[index],
                             .index = index,
                             .ways = ways,
                             .x = rect.x + scene_em (build, 0.1),
                             .y = rect.y + i * (row + gap) - gap / 2,
                             .row = row + gap,
                             .column = scene_em (build, COLUMN),
                             .node = scene_line (build, SCENE_TEXT_SMALL)});
  }
}
