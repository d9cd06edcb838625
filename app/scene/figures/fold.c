/* Which nodes of a tree to show where not all fit, and where they stand. */
#include "figures/fold.h"

#include <string.h>

/* In columns: how far cousins stand apart, as against brothers. */
#define COUSINS 1.2

/* The list as a tree, and how much of it is taken on. */
typedef struct {
  const SceneTreeNode *nodes;
  guint *first, *next; /* child and brother; 0: none, for the root is neither */
  guint *depths, depth; /* of each, and of the deepest */
  guint *children;      /* how many, those not in the list included */
  gboolean *wanted;     /* it, or one below it */
  SceneFold fold;
  GArray *twigs;
  guint on[SCENE_TREE_DEPTH + 1]; /* twigs of each depth */
  double columns;
  guint lines;
  gboolean full; /* they do not fit */
} Folding;

/* The outline of a part of a tree, from the middle of its topmost node. */
typedef struct {
  guint depth;
  double left[SCENE_TREE_DEPTH + 1], right[SCENE_TREE_DEPTH + 1];
} Contour;

static void
read_tree (Folding *f, guint count)
{
  for (guint i = count; i-- > 1;) {
    guint parent = f->nodes[i].parent;
    f->next[i] = f->first[parent];
    f->first[parent] = i;
    f->children[parent]++;
  }
  for (guint i = count; i-- > 0;) {
    f->children[i] += f->nodes[i].more;
    f->wanted[i] |= f->nodes[i].wanted;
    if (i > 0 && f->wanted[i])
      f->wanted[f->nodes[i].parent] = TRUE;
  }
  f->wanted[0] = TRUE;
  for (guint i = 1; i < count; i++) {
    f->depths[i] = f->depths[f->nodes[i].parent] + 1;
    f->depth = MAX (f->depth, f->depths[i]);
  }
}

static void
add_twig (Folding *f, guint node, guint more, guint depth, guint above)
{
  SceneTwig twig = {node, more, depth, above, 0};

  g_array_append_val (f->twigs, twig);
  f->on[depth]++;
  f->full = f->full || (f->columns > 0 && f->on[depth] > f->columns + 0.01)
            || (f->lines > 0 && f->twigs->len > f->lines);
}

/* The first of `shown` children that has the wanted one among them. */
static guint
first_shown (const Folding *f, guint node, guint shown)
{
  guint child = f->first[node], listed = 0, wanted = 0, before;

  for (guint c = child; c != 0; c = f->next[c], listed++)
    if (f->wanted[c] && wanted == 0)
      wanted = listed + 1;
  before = wanted > shown / 2 + 1 ? wanted - shown / 2 - 1 : 0;
  for (guint i = 0; i < MIN (before, listed - MIN (listed, shown)); i++)
    child = f->next[child];
  return child;
}

static void
grow (Folding *f, guint node, guint depth, guint above, guint reach)
{
  guint self = f->twigs->len, shown = 0, most = f->fold.children;

  add_twig (f, node, 0, depth, above);
  if (f->children[node] == 0 || depth == SCENE_TREE_DEPTH)
    return;
  if (f->wanted[node])
    reach = f->fold.reach + 1;
  if (reach == 0)
    most = 0;
  if (f->fold.children > 1 && f->children[node] == most + 1)
    most++; /* "1 more" would hardly be shorter */
  guint child = most > 0 ? first_shown (f, node, most) : 0;
  for (; child != 0 && shown < most && !f->full; child = f->next[child]) {
    grow (f, child, depth + 1, self, reach > 0 ? reach - 1 : 0);
    shown++;
  }
  if (shown < f->children[node])
    add_twig (f, node, f->children[node] - shown, depth + 1, self);
}

/* Sets a part of a tree down right of another, as near as it goes. Returns how
 * far it was shifted. */
static double
set_beside (Contour *all, const Contour *part)
{
  double shift = 0;

  for (guint d = 0; d < MIN (all->depth, part->depth); d++)
    shift = MAX (shift, all->right[d] - part->left[d] + (d == 0 ? 1 : COUSINS));
  for (guint d = 0; d < part->depth; d++) {
    if (d >= all->depth)
      all->left[d] = part->left[d] + shift;
    all->right[d] = part->right[d] + shift;
  }
  all->depth = MAX (all->depth, part->depth);
  return shift;
}

/* Places the twig at *at and all below it: each from the middle of the one it
 * hangs from. *at is the next one then. */
static Contour
place (GArray *twigs, guint *at)
{
  guint self = (*at)++;
  Contour below = {0}, whole = {0};
  double first = 0, last = 0;

  while (*at < twigs->len
         && g_array_index (twigs, SceneTwig, *at).above == self) {
    guint child = *at;
    Contour part = place (twigs, at);
    last = set_beside (&below, &part);
    if (child == self + 1)
      first = last;
    g_array_index (twigs, SceneTwig, child).x = last;
  }
  double middle = (first + last) / 2;
  for (guint i = self + 1; i < *at; i++)
    if (g_array_index (twigs, SceneTwig, i).above == self)
      g_array_index (twigs, SceneTwig, i).x -= middle;
  whole.depth = below.depth + 1;
  for (guint d = 0; d < below.depth; d++) {
    whole.left[d + 1] = below.left[d] - middle;
    whole.right[d + 1] = below.right[d] - middle;
  }
  return whole;
}

/* Places all twigs. Returns how many columns they take. */
static double
place_all (GArray *twigs)
{
  SceneTwig *t = (SceneTwig *) (void *) twigs->data;
  guint at = 0;
  double left = 0, right = 0;

  place (twigs, &at);
  for (guint i = 1; i < twigs->len; i++) {
    t[i].x += t[t[i].above].x;
    left = MIN (left, t[i].x);
    right = MAX (right, t[i].x);
  }
  for (guint i = 0; i < twigs->len; i++)
    t[i].x -= left;
  return right - left + 1;
}

/* Tries one way to fold. True if it fits. */
static gboolean
try_fold (Folding *f, guint children, guint reach)
{
  f->fold = (SceneFold){children, reach};
  f->full = FALSE;
  memset (f->on, 0, sizeof f->on);
  g_array_set_size (f->twigs, 0);
  grow (f, 0, 0, SCENE_TREE_NO_PARENT, reach);
  if (f->full)
    return FALSE;
  return place_all (f->twigs) <= f->columns + 0.01 || f->columns <= 0;
}

/* From all down to the way of what is wanted alone. */
static void
fold (Folding *f)
{
  static const guint children[] = {G_MAXUINT - 1, 16, 12, 8, 6, 5, 4, 3};

  for (guint reach = f->depth + 1; reach-- > 0;)
    for (guint i = 0; i < G_N_ELEMENTS (children); i++)
      if (try_fold (f, children[i], reach))
        return;
  if (try_fold (f, 2, 0) || try_fold (f, 1, 0))
    return;
  f->columns = f->lines = 0;
  try_fold (f, 1, 0);
}

GArray *
scene_fold (const SceneTreeNode *nodes, guint count, double columns,
            guint lines)
{
  g_autofree guint *links = g_new0 (guint, 4 * (gsize) count);
  g_autofree gboolean *wanted = g_new0 (gboolean, count);
  Folding f = {.nodes = nodes,
               .first = links,
               .next = links + count,
               .children = links + 2 * (gsize) count,
               .depths = links + 3 * (gsize) count,
               .wanted = wanted,
               .twigs = g_array_new (FALSE, FALSE, sizeof (SceneTwig)),
               .columns = columns,
               .lines = lines};

  if (count == 0)
    return f.twigs;
  read_tree (&f, count);
  fold (&f);
  return f.twigs;
}
