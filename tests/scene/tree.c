/* The tree: read off the picture, branch by branch, and compared with the
 * tables in memory; and random trees, whose nodes keep apart. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "figures/fold.h"
#include "figures/kit.h"
#include "scenario.h"
#include "tape/memory.h"

/* Parts of the tree's ids, as its file counts them. */
enum {
  TREE_NODE = SCENE_PART,
  TREE_LABEL,
  TREE_SUBLABEL,
  TREE_BRANCH,
  TREE_MORE,
  TREE_MORE_BRANCH
};

typedef struct {
  struct vm_machine *machine;
  const SceneStill *still;
} Look;

static guint
part_of (const SceneItem *item)
{
  return SCENE_ID_FIGURE (item->id) == SCENE_FIGURE_TREE
             ? (guint) (item->id >> 48 & 0xff)
             : 0;
}

static const SceneItem *
partner (const Look *look, const SceneItem *item, guint part)
{
  return scene_still_find (look->still,
                           SCENE_ID (SCENE_FIGURE_TREE, part, item->id));
}

/* The node on whose lower edge a branch begins. */
static const SceneItem *
node_above (const Look *look, const SceneItem *branch)
{
  const ScenePoint *p
      = &g_array_index (look->still->points, ScenePoint, branch->first_point);

  for (guint i = 0; i < look->still->items->len; i++) {
    const SceneItem *item = &g_array_index (look->still->items, SceneItem, i);
    const SceneRect *r = &item->rect;
    if (part_of (item) == TREE_NODE && p->x >= r->x && p->x <= r->x + r->width
        && fabs (p->y - r->y - r->height) < 0.01)
      return item;
  }
  g_assert_not_reached ();
}

static guint64
frame_of (const Look *look, const SceneItem *node)
{
  const SceneItem *label = partner (look, node, TREE_LABEL);

  return g_str_has_prefix (label->text, "0x") ? strtoull (label->text, NULL, 16)
                                              : G_MAXUINT64;
}

/* The level of the table that a node is; 0 of a page. */
static guint
level_of (const Look *look, const SceneItem *node)
{
  const SceneItem *branch = partner (look, node, TREE_BRANCH);

  return branch == NULL ? vm_machine_geometry (look->machine)->levels
                        : level_of (look, node_above (look, branch)) - 1;
}

static struct vm_pte
entry_of (const Look *look, guint level, guint64 table, guint64 index)
{
  const struct vm_geometry *g = vm_machine_geometry (look->machine);
  const struct vm_state *s = vm_machine_state (look->machine);
  vm_paddr pa = vm_geometry_entry (g, vm_frame_of (table), (guint32) index);

  return vm_pte_decode (g, level, vm_memory_read (s, pa, g->entry_bytes),
                        s->config.nx);
}

/* Memory says that the entry leads where the branch does. */
static void
check_branch (const Look *look, const SceneItem *branch)
{
  const SceneItem *node = partner (look, branch, TREE_NODE);
  const SceneItem *above = node_above (look, branch);
  const SceneItem *words = partner (look, node, TREE_SUBLABEL);
  guint64 index = strtoull (words->text, NULL, 10);
  guint level = level_of (look, above);
  struct vm_pte pte = entry_of (look, level, frame_of (look, above), index);

  if (pte.present)
    g_assert_cmpuint (frame_of (look, node), ==, pte.frame);
  else
    g_assert_cmpuint (frame_of (look, node), ==, G_MAXUINT64);
  g_assert_cmpint (g_str_has_suffix (words->text, "B"), ==,
                   pte.present && (pte.leaf || level == 1));
  g_assert_nonnull (node->name);
}

/* The children of a node that are drawn, and those gathered, are all that
 * the table has; a gap on the way to the address counts as one. */
static void
check_children (const Look *look, const SceneItem *node)
{
  const struct vm_geometry *g = vm_machine_geometry (look->machine);
  guint level = level_of (look, node), present = 0, drawn = 0, bare = 0;
  const SceneItem *more = partner (look, node, TREE_MORE);
  guint64 table = frame_of (look, node);

  for (guint i = 0; i < look->still->items->len; i++) {
    const SceneItem *item = &g_array_index (look->still->items, SceneItem, i);
    if (part_of (item) != TREE_BRANCH || node_above (look, item) != node)
      continue;
    drawn++;
    bare += frame_of (look, partner (look, item, TREE_NODE)) == G_MAXUINT64;
  }
  const SceneItem *words = partner (look, node, TREE_SUBLABEL);
  gboolean page = level == 0 || strstr (words->text, "iB") != NULL;
  for (guint i = 0;
       !page && table != G_MAXUINT64 && i < vm_geometry_entries (g, level); i++)
    present += entry_of (look, level, table, i).present;
  if (more != NULL)
    drawn += (guint) strtoul (strpbrk (more->text, "0123456789"), NULL, 10);
  g_assert_cmpuint (drawn, ==, present + bare);
}

/* As many nodes are strong as the walk has read entries, and the root. Where
 * the kernel answers a fault there are two walks, and it writes entries
 * between. */
static void
check_way (const Look *look)
{
  guint64 cursor = vm_machine_cursor (look->machine);
  const struct vm_result *result = vm_machine_result (
      look->machine, vm_machine_op_of_step (look->machine, cursor - 1));
  guint read = 0, strong = 0;
  gboolean access = FALSE, handled = FALSE;

  for (guint64 n = result->first_step; n < cursor; n++) {
    const struct vm_step *step = vm_machine_step (look->machine, n);
    access |= step->kind == VM_STEP_ACCESS;
    handled |= step->kind == VM_STEP_HANDLER
               || step->kind == VM_STEP_VMALLOC_SYNC;
    read += step->kind == VM_STEP_WALK || step->kind == VM_STEP_ENTRY_READ
            || step->kind == VM_STEP_REGISTER_READ;
  }
  for (guint i = 0; i < look->still->items->len; i++) {
    const SceneItem *item = &g_array_index (look->still->items, SceneItem, i);
    strong += part_of (item) == TREE_NODE && item->emphasis >= SCENE_STRONG;
  }
  if (access && read > 0 && !handled)
    g_assert_cmpuint (strong, ==, read);
}

static void
check_look (const Look *look)
{
  for (guint i = 0; i < look->still->items->len; i++) {
    const SceneItem *item = &g_array_index (look->still->items, SceneItem, i);
    if (part_of (item) == TREE_BRANCH)
      check_branch (look, item);
    if (part_of (item) != TREE_NODE)
      continue;
    g_assert_true (scene_still_find (look->still, item->id) == item);
    check_children (look, item);
  }
  check_way (look);
}

static void
check_scenario (const Scenario *scenario, double width)
{
  g_autoptr (SceneStage) stage
      = scenario_stage (G_GUINT64_CONSTANT (1) << SCENE_FIGURE_TREE);
  guint64 first;
  struct vm_machine *machine = scenario_machine (scenario, &first);

  for (guint64 n = first; n <= vm_machine_step_count (machine); n++) {
    g_assert_true (vm_machine_seek (machine, n));
    g_autoptr (SceneStill) still
        = scene_stage_still (stage, machine, scene_metrics_fixed (), width, 0);
    Look look = {machine, still};
    check_look (&look);
  }
  vm_machine_free (machine);
}

static void
test_figure (void)
{
  static const double widths[] = {360, 700, 1150, 1920};

  for (guint s = 0; s < scenario_count; s++)
    for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
      check_scenario (&scenarios[s], widths[i]);
}

static void
test_geometries (void)
{
  for (int id = VM_GEOMETRY_NONE + 1; id < VM_GEOMETRIES; id++) {
    g_auto (GStrv) lines
        = scenario_geometry (vm_geometry_of ((enum vm_geometry_id) id));
    Scenario scenario = {
        .name = "geometry", .set_up = 4, .lines = (const char *const *) lines};
    check_scenario (&scenario, 360);
    check_scenario (&scenario, 1150);
  }
}

/* Far more pages than there is room for: 60 in a row, and 40 far apart. */
static void
test_gathered (void)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (lines, g_strdup ("machine geometry=x86-64 memory=64M"));
  g_ptr_array_add (lines, g_strdup ("process name=A"));
  for (guint i = 0; i < 100; i++) {
    guint64 va = i < 60 ? (guint64) (i + 7) << 12
                        : (guint64) (i - 59) * 0x12b40201000;
    g_ptr_array_add (lines,
                     g_strdup_printf ("map process=A va=0x%" G_GINT64_MODIFIER
                                      "x frame=%u flags=rwu",
                                      va, i + 0x800));
  }
  guint set_up = lines->len;
  g_ptr_array_add (lines, g_strdup ("access process=A va=0x2e010 kind=read "
                                    "mode=user width=1"));
  g_ptr_array_add (lines, g_strdup ("access process=A va=0x12b40201000 "
                                    "kind=read mode=user width=1"));
  g_ptr_array_add (lines, g_strdup ("access process=A va=0x50000000 kind=read "
                                    "mode=user width=1"));
  g_ptr_array_add (lines, NULL);
  Scenario scenario
      = {"many", set_up, (const char *const *) (void *) lines->pdata};
  for (double width = 360; width < 2000; width += 270)
    check_scenario (&scenario, width);
}

/* A random tree in the order of a walk: chains, bushes and all between. */
static void
add_random (GArray *nodes, GRand *rand, guint parent, guint depth, guint most)
{
  SceneTreeNode node = {.parent = parent, .number = nodes->len, .label = "n"};
  guint self = nodes->len;
  guint children = depth == 0 ? 0 : (guint) g_rand_int_range (rand, 0, 5);

  g_array_append_val (nodes, node);
  for (guint i = 0; i < children && nodes->len < most; i++)
    add_random (nodes, rand, self, depth - 1, most);
}

static gboolean
is_below (const SceneTreeNode *nodes, guint node, guint above)
{
  while (node > above)
    node = nodes[node].parent;
  return node == above;
}

/* Twigs of one depth come from left to right and keep apart; so no branches
 * cross. A parent stands over the middle of its first and last. */
static void
check_places (const GArray *twigs)
{
  const SceneTwig *t = (const SceneTwig *) (const void *) twigs->data;

  for (guint i = 0; i < twigs->len; i++) {
    double first = 0, last = 0;
    guint children = 0;
    for (guint j = i + 1; j < twigs->len; j++) {
      if (t[j].depth == t[i].depth)
        g_assert_cmpfloat (t[j].x - t[i].x, >=, 0.999);
      if (t[j].above != i)
        continue;
      first = children++ == 0 ? t[j].x : first;
      last = t[j].x;
    }
    if (children > 0)
      g_assert_cmpfloat (fabs ((first + last) / 2 - t[i].x), <, 0.001);
    g_assert_cmpfloat (t[i].x, >=, -0.001);
  }
}

/* Every node is drawn or gathered below one that is drawn. */
static void
check_sum (const SceneTreeNode *nodes, guint count, const GArray *twigs)
{
  g_autofree gboolean *drawn = g_new0 (gboolean, count);

  for (guint i = 0; i < twigs->len; i++) {
    const SceneTwig *t = &g_array_index (twigs, SceneTwig, i);
    if (t->more == 0)
      drawn[t->node] = TRUE;
  }
  for (guint i = 0; i < twigs->len; i++) {
    const SceneTwig *t = &g_array_index (twigs, SceneTwig, i);
    guint hidden = 0;
    for (guint n = 1; n < count; n++)
      hidden += nodes[n].parent == t->node && !drawn[n];
    if (t->more > 0)
      g_assert_cmpuint (t->more, ==, hidden);
  }
  for (guint n = 1; n < count; n++)
    g_assert_true (!drawn[n] || drawn[nodes[n].parent]);
}

static void
check_random (GRand *rand)
{
  g_autoptr (GArray) nodes = g_array_new (FALSE, TRUE, sizeof (SceneTreeNode));
  guint depth = (guint) g_rand_int_range (rand, 1, 9), wanted, seen = 0;
  double columns = depth + 1 + g_rand_double_range (rand, 0, 12);

  add_random (nodes, rand, SCENE_TREE_NO_PARENT, depth, 300);
  SceneTreeNode *list = (SceneTreeNode *) (void *) nodes->data;
  wanted = (guint) g_rand_int_range (rand, 0, (gint) nodes->len);
  list[wanted].wanted = TRUE;
  for (guint form = 0; form < 2; form++) {
    guint lines = 2 * depth + 3;
    g_autoptr (GArray) twigs = scene_fold (
        list, nodes->len, form == 0 ? columns : 0, form == 0 ? 0 : lines);
    check_places (twigs);
    check_sum (list, nodes->len, twigs);
    seen = 0;
    for (guint i = 0; i < twigs->len; i++) {
      const SceneTwig *t = &g_array_index (twigs, SceneTwig, i);
      if (form == 0)
        g_assert_cmpfloat (t->x + 1, <=, columns + 0.01);
      seen += t->more == 0 && is_below (list, wanted, t->node);
      seen += t->more == 0 && t->node == wanted ? 1000 : 0;
    }
    g_assert_cmpuint (seen, >=, 1000);
    if (form == 1)
      g_assert_cmpuint (twigs->len, <=, lines);
  }
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (guint i = 0; i < 400; i++)
    check_random (rand);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tree/figure", test_figure);
  g_test_add_func ("/tree/geometries", test_geometries);
  g_test_add_func ("/tree/gathered", test_gathered);
  g_test_add_func ("/tree/random", test_random);
  return g_test_run ();
}
