/* The page tables of a process as the tree that they are. */
#include <glib/gi18n-lib.h>

#include "figures/kit.h"
#include "figures/tree.h"
#include "tape/memory.h"

/* Children listed of a table on the way to the address, and of others. */
#define MOST_BESIDE 16
#define MOST_ELSEWHERE 6

/* A table on its way into the list. */
typedef struct {
  guint node; /* its own place there */
  guint level;
  guint64 frame;
  guint64 prefix; /* the addresses below it, from its top bits on */
  gboolean on_way;
} Table;

static gboolean
is_asked (const SceneContext *c)
{
  return c->access || c->mapping;
}

/* What a node is: the entries that lead there. The processes' trees have
 * numbers apart. */
static guint64
number_of (const SceneContext *c, guint level, guint64 prefix)
{
  guint64 place = prefix + (guint64) c->process * 0x9e3779b97f5;

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
  const char *frame = scene_keep (b, scene_number_frame (pte->frame));
  gboolean leaf = level == 1 || pte->leaf;
  const char *what = leaf ? page_word (b, level)
                          : scene_short_table (level - 1);

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

static SceneRole
role_of (const SceneContext *c, const SceneTreeNode *node, guint level,
         const struct vm_pte *pte)
{
  if (!pte->present)
    return node->emphasis >= SCENE_STRONG && c->faulted ? SCENE_ROLE_FAULT
                                                        : SCENE_ROLE_FREE;
  return level == 1 || pte->leaf ? scene_process_role (c->process)
                                 : scene_level_role (level - 1);
}

static struct vm_pte
entry_of (const SceneContext *c, const Table *table, guint index, guint64 *pa)
{
  const struct vm_geometry *g = c->geometry;

  *pa = (table->frame << VM_PAGE_SHIFT) + (guint64) index * g->entry_bytes;
  return vm_pte_decode (
      g, table->level,
      vm_memory_read (c->state, vm_paddr_of (*pa), g->entry_bytes),
      c->state->config.nx);
}

static void add_table (const SceneBuild *b, GArray *nodes, const Table *table);

static void
add_entry (const SceneBuild *b, GArray *nodes, const Table *table, guint index,
           gboolean on_way)
{
  const SceneContext *c = b->context;
  const struct vm_level *l = &c->geometry->level[table->level];
  guint64 pa, prefix = table->prefix << (l->high - l->low + 1) | index;
  struct vm_pte pte = entry_of (c, table, index, &pa);
  SceneTreeNode node
      = {.parent = table->node,
         .number = number_of (c, table->level, prefix),
         .emphasis = emphasis_of (c, table->level, index, on_way),
         .wanted = on_way};
  vm_frame frame = vm_paddr_frame (vm_paddr_of (pa));

  set_words (b, &node, table->level, index, &pte);
  node.role = role_of (c, &node, table->level, &pte);
  if (c->state->slot_of[frame.v] != 0) {
    node.shows = vm_memory_page (c->state, frame) + pa % VM_PAGE_SIZE;
    node.shows_width = c->geometry->entry_bytes;
  }
  Table below = {nodes->len, table->level - 1, pte.frame, prefix, on_way};
  g_array_append_val (nodes, node);
  if (pte.present && !pte.leaf && table->level > 1)
    add_table (b, nodes, &below);
}

/* The first child of a table to list: as many before the one on the way as
 * after it. */
static guint
skip_of (const SceneContext *c, const Table *table, guint way, guint most)
{
  guint before = 0, all = 0;
  guint64 pa;

  for (guint i = 0; i < vm_geometry_entries (c->geometry, table->level); i++)
    if (entry_of (c, table, i, &pa).present || i == way) {
      before += i < way;
      all++;
    }
  if (way == G_MAXUINT || before < most / 2 || all <= most)
    return 0;
  return MIN (before - most / 2, all - most);
}

static void
add_table (const SceneBuild *b, GArray *nodes, const Table *table)
{
  const SceneContext *c = b->context;
  guint way = table->on_way ? vm_geometry_index (c->geometry, table->level,
                                                 vm_vaddr_of (c->va))
                            : G_MAXUINT;
  guint most = table->on_way ? MOST_BESIDE : MOST_ELSEWHERE;
  guint skip = skip_of (c, table, way, most), seen = 0, more = 0;
  guint64 pa;

  for (guint i = 0; i < vm_geometry_entries (c->geometry, table->level); i++) {
    if (!entry_of (c, table, i, &pa).present && i != way)
      continue;
    if (seen >= skip && seen < skip + most)
      add_entry (b, nodes, table, i, i == way);
    else
      more++;
    seen++;
  }
  g_array_index (nodes, SceneTreeNode, table->node).more = more;
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
  const struct vm_process *process = &c->state->processes[c->process];
  const char *frame = scene_keep (b, scene_number_frame (process->root));
  gboolean now = scene_context_is (c, VM_STEP_WALK);
  SceneTreeNode root = {.parent = SCENE_TREE_NO_PARENT,
                        .number = number_of (c, levels + 1, 0),
                        .label = frame,
                        .sublabel = scene_short_table (levels),
                        .name = scene_still_printf (
                            b->still, _ ("The root: %s in frame %s"),
                            scene_table_name (c->geometry, levels), frame),
                        .role = scene_level_role (levels),
                        .emphasis = now          ? SCENE_ACTIVE
                                    : c->walking ? SCENE_STRONG
                                                 : SCENE_NORMAL,
                        .shows = &process->root,
                        .shows_width = sizeof process->root};
  Table table
      = {.level = levels, .frame = process->root, .on_way = is_asked (c)};
  g_array_append_val (nodes, root);
  add_table (b, nodes, &table);
  return nodes;
}

/* Whose tables they are. */
static const char *
process_text (const SceneBuild *b)
{
  const SceneContext *c = b->context;

  if (c->process >= c->state->process_count)
    return NULL;
  return scene_still_printf (
      b->still, _ ("process %s"),
      vm_machine_name (c->machine, c->state->processes[c->process].name));
}

static SceneTreeShape
shape_of (const SceneBuild *b)
{
  const struct vm_geometry *g = b->context->geometry;
  SceneTreeShape shape = {.depth = g->levels + 1u};

  shape.node = scene_tree_label_width (b, scene_number_frame (0xfffff).s);
  for (guint level = 1; level <= g->levels; level++) {
    const char *below = level == 1 ? "4 KiB" : scene_short_table (level - 1);
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
  SceneRect inside = scene_add_panel (b, SCENE_FIGURE_TREE, 0, rect,
                                      _ ("Tree of page tables"),
                                      process_text (b));

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
