/* The page tables of a process as the tree that they are. */
#include <glib/gi18n-lib.h>

#include "figures/kit.h"
#include "figures/rows.h"
#include "figures/runs.h"
#include "figures/tree.h"
#include "tape/memory.h"

/* Children listed of a table on the way to the address, and of others. */
#define MOST_BESIDE 16
#define MOST_ELSEWHERE 6

/* A table on its way into the list. */
typedef struct {
  SceneTable table;
  guint node;     /* its own place there */
  guint64 prefix; /* the entries that lead to it, as bits of addresses */
  gboolean on_way;
} Parent;

/* Where the upper half has a root of its own, its tree is another one. */
static gboolean
is_upper (const SceneContext *c)
{
  return vm_geometry_is_upper (c->geometry, vm_vaddr_of (c->va));
}

/* What a node is: the entries that lead there. Trees have numbers apart. */
static guint64
number_of (const SceneContext *c, guint level, guint64 prefix)
{
  guint64 tree = is_upper (c) ? VM_MAX_PROCESSES : c->process;
  guint64 place = prefix + tree * 0x9e3779b97f5;

  return (guint64) level << 45 | (place & ((G_GUINT64_CONSTANT (1) << 45) - 1));
}

static SceneEmphasis
emphasis_of (const SceneContext *c, guint level, guint index, gboolean on_way)
{
  const SceneWalkLevel *l = &c->level[level];

  if (!on_way || !(l->read || l->written) || l->index != index)
    return SCENE_NORMAL;
  return l->now ? SCENE_ACTIVE : SCENE_STRONG;
}

static const char *
page_word (const SceneBuild *b, guint level)
{
  guint64 size = G_GUINT64_CONSTANT (1)
                 << b->context->geometry->level[level].low;

  return scene_keep (b, scene_number_size (size));
}

/* What an entry leads to: a table below, a page, or nothing. */
static void
set_words (const SceneBuild *b, SceneTreeNode *node, guint level, guint index,
           const struct vm_pte *pte)
{
  const struct vm_geometry *g = b->context->geometry;
  const char *frame = scene_keep (b, scene_number_frame (g, pte->frame));
  gboolean leaf = level == 1 || pte->leaf;
  const char *what = leaf ? page_word (b, level)
                          : scene_short_table (g, level - 1);

  if (!pte->present) {
    node->label = "—";
    node->sublabel = scene_still_printf (b->still, "%u", index);
    node->name
        = scene_still_printf (b->still, _ ("Entry %u: not present"), index);
    return;
  }
  node->label = frame;
  node->sublabel = scene_still_printf (b->still, "%u: %s", index, what);
  node->name
      = leaf ? scene_still_printf (
            b->still, _ ("Entry %u: page in frame %s, %s"), index, frame, what)
             : scene_still_printf (b->still, _ ("Entry %u: %s in frame %s"),
                                   index, scene_table_name (g, level - 1),
                                   frame);
}

/* A page of the kernel's part is the kernel's, whoever's tables map it. */
static SceneRole
role_of (const SceneContext *c, const SceneTreeNode *node, guint level,
         guint64 prefix, const struct vm_pte *pte)
{
  const struct vm_geometry *g = c->geometry;
  guint64 va = prefix << g->level[level].low;

  if (!pte->present)
    return node->emphasis >= SCENE_STRONG && c->faulted ? SCENE_ROLE_FAULT
                                                        : SCENE_ROLE_FREE;
  if (level > 1 && !pte->leaf)
    return scene_level_role (level - 1);
  return is_upper (c) || va > scene_last_user (g)
             ? SCENE_ROLE_KERNEL
             : scene_process_role (c->process);
}

static void add_table (const SceneBuild *b, GArray *nodes,
                       const Parent *parent);

static void
add_entry (const SceneBuild *b, GArray *nodes, const Parent *parent,
           guint index, gboolean on_way)
{
  const SceneContext *c = b->context;
  guint level = parent->table.level;
  const struct vm_level *l = &c->geometry->level[level];
  guint64 prefix = parent->prefix << (l->high - l->low + 1) | index;
  guint64 pa = scene_table_entry_pa (&parent->table, index);
  struct vm_pte pte = scene_table_entry (&parent->table, index);
  SceneTreeNode node = {.parent = parent->node,
                        .number = number_of (c, level, prefix),
                        .emphasis = emphasis_of (c, level, index, on_way),
                        .wanted = on_way};

  set_words (b, &node, level, index, &pte);
  node.role = role_of (c, &node, level, prefix, &pte);
  if (vm_memory_touched (c->state, vm_paddr_of (pa))) {
    node.shows = vm_memory_bytes (c->state, vm_paddr_of (pa));
    node.shows_width = c->geometry->entry_bytes;
  }
  Parent below = {{c, level - 1, pte.frame}, nodes->len, prefix, on_way};
  g_array_append_val (nodes, node);
  if (pte.present && !pte.leaf && level > 1)
    add_table (b, nodes, &below);
}

/* How many children of a table come before those that are listed: so many that
 * the one on the way has others on both sides. */
static guint
skip_of (const Parent *parent, guint way, guint most)
{
  const struct vm_geometry *g = parent->table.context->geometry;
  guint before = 0, all = 0;

  if (way == G_MAXUINT)
    return 0;
  for (guint i = 0; i < vm_geometry_entries (g, parent->table.level); i++)
    if (i == way || scene_table_entry (&parent->table, i).present) {
      before += i < way;
      all++;
    }
  if (before < most / 2 || all <= most)
    return 0;
  return MIN (before - most / 2, all - most);
}

static void
add_table (const SceneBuild *b, GArray *nodes, const Parent *parent)
{
  const SceneContext *c = b->context;
  guint level = parent->table.level;
  guint way = parent->on_way
                  ? vm_geometry_index (c->geometry, level, vm_vaddr_of (c->va))
                  : G_MAXUINT;
  guint most = parent->on_way ? MOST_BESIDE : MOST_ELSEWHERE;
  guint skip = skip_of (parent, way, most), seen = 0, more = 0;

  for (guint i = 0; i < vm_geometry_entries (c->geometry, level); i++) {
    if (i != way && !scene_table_entry (&parent->table, i).present)
      continue;
    if (seen >= skip && seen < skip + most)
      add_entry (b, nodes, parent, i, i == way);
    else
      more++;
    seen++;
  }
  g_array_index (nodes, SceneTreeNode, parent->node).more = more;
}

/* The root, and all below it. */
static GArray *
list_nodes (const SceneBuild *b)
{
  const SceneContext *c = b->context;
  GArray *nodes = g_array_new (FALSE, FALSE, sizeof (SceneTreeNode));
  guint levels = c->geometry->levels;

  if (c->process >= c->state->process_count)
    return nodes;
  guint64 root = scene_context_root (c, c->va);
  const char *frame = scene_keep (b, scene_number_frame (c->geometry, root));
  const guint32 *shows = is_upper (c) ? &c->state->config.kernel_root
                                      : &vm_mm_of (c->state, c->process)->root;
  SceneTreeNode node
      = {.parent = SCENE_TREE_NO_PARENT,
         .number = number_of (c, levels + 1, 0),
         .label = frame,
         .sublabel = scene_short_table (c->geometry, levels),
         .name = scene_still_printf (b->still, _ ("The root: %s in frame %s"),
                                     scene_table_name (c->geometry, levels),
                                     frame),
         .role = scene_level_role (levels),
         .emphasis = scene_context_is (c, VM_STEP_WALK) ? SCENE_ACTIVE
                     : c->walking                       ? SCENE_STRONG
                                                        : SCENE_NORMAL,
         .shows = shows,
         .shows_width = sizeof *shows};
  Parent parent
      = {.table = {c, levels, root}, .on_way = c->access || c->mapping};
  g_array_append_val (nodes, node);
  add_table (b, nodes, &parent);
  return nodes;
}

/* Whose tables they are. */
static const char *
owner_text (const SceneBuild *b)
{
  const SceneContext *c = b->context;

  if (c->process >= c->state->process_count)
    return NULL;
  if (is_upper (c))
    return _ ("kernel");
  return scene_still_printf (
      b->still, _ ("process %s"),
      vm_machine_name (c->machine, c->state->processes[c->process].name));
}

static SceneTreeShape
shape_of (const SceneBuild *b)
{
  const struct vm_geometry *g = b->context->geometry;
  SceneTreeShape shape = {.depth = g->levels + 1u};

  shape.node = scene_tree_label_width (
      b, scene_number_frame (g, b->context->last_frame).s);
  for (guint level = 1; level <= g->levels; level++) {
    const char *below = level == 1 ? "4 KiB" : scene_short_table (g, level - 1);
    gboolean four = vm_geometry_entries (g, level) > 1000; /* digits */
    g_autofree char *text
        = g_strdup_printf ("%s: %s", four ? "0000" : "000", below);
    shape.node = MAX (shape.node, scene_tree_sublabel_width (b, text));
  }
  return shape;
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  SceneTreeShape shape = shape_of (b);
  double padding = 2 * scene_padding (b);
  double fixed = scene_header (b) + scene_em (b, 0.8);

  size->min_width = scene_tree_least (b, &shape) + padding;
  size->width = scene_tree_width (b, &shape) + padding;
  size->min_height = fixed + scene_tree_height (b, &shape, width - padding);
  size->height = size->min_height + scene_em (b, 0.4) * shape.depth;
  size->max_height = size->min_height + scene_em (b, 1.2) * shape.depth;
}

static void
build (SceneBuild *b, SceneRect rect)
{
  SceneTreeShape shape = shape_of (b);
  g_autoptr (GArray) nodes = list_nodes (b);
  SceneRect inside = scene_add_panel (
      b, SCENE_FIGURE_TREE, 0, rect, _ ("Tree of page tables"), owner_text (b));

  scene_add_tree (b, SCENE_FIGURE_TREE, &shape,
                  (const SceneTreeNode *) (void *) nodes->data, nodes->len,
                  inside);
}

const SceneFigure scene_figure_tree = {.id = SCENE_FIGURE_TREE,
                                       .kind = "tree",
                                       .title = N_ ("Tree of page tables"),
                                       .stance = SCENE_STANCE_BAND,
                                       .measure = measure,
                                       .build = build};
