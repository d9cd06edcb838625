/* Keeps the regions of an address space in a red-black tree. */
#include "mm/region_tree.h"

/* The two sides of a node, so that each case is written once. */
enum side { LEFT, RIGHT };

/* No way down is longer. When a tape has failed in the middle of a change the
 * tree may have a loop, until the operation is rolled back. */
#define MAX_DEPTH 64

static const struct vm_region *
node (const struct vm_state *s, uint32_t n)
{
  return &s->regions[n];
}

static uint32_t
root_of (const struct vm_state *s, uint32_t n)
{
  return s->mms[node (s, n)->mm].tree;
}

static uint32_t
child (const struct vm_state *s, uint32_t n, enum side side)
{
  return side == LEFT ? node (s, n)->left : node (s, n)->right;
}

static void
put (struct vm_tape *t, const uint32_t *field, uint32_t value)
{
  if (*field != value)
    vm_put_u32 (t, field, value);
}

static void
set_child (struct vm_tape *t, const struct vm_state *s, uint32_t n,
           enum side side, uint32_t value)
{
  put (t, side == LEFT ? &node (s, n)->left : &node (s, n)->right, value);
}

static enum side
side_of (const struct vm_state *s, uint32_t n)
{
  return node (s, node (s, n)->parent)->left == n ? LEFT : RIGHT;
}

/* Lets `to`, which may be 0, stand where `from` stands. */
static void
replace (struct vm_tape *t, const struct vm_state *s, uint32_t from,
         uint32_t to)
{
  uint32_t parent = node (s, from)->parent;

  if (parent == 0)
    put (t, &s->mms[node (s, from)->mm].tree, to);
  else
    set_child (t, s, parent, side_of (s, from), to);
  if (to != 0)
    put (t, &node (s, to)->parent, parent);
}

/*      n               m
 *     / \             / \       towards LEFT; the order of addresses stays
 *    a   m    ->     n   c
 *       / \         / \
 *      b   c       a   b  */
static void
rotate (struct vm_tape *t, const struct vm_state *s, uint32_t n,
        enum side towards)
{
  uint32_t m = child (s, n, !towards);
  uint32_t b = child (s, m, towards);

  replace (t, s, n, m);
  set_child (t, s, m, towards, n);
  put (t, &node (s, n)->parent, m);
  set_child (t, s, n, !towards, b);
  if (b != 0)
    put (t, &node (s, b)->parent, n);
}

static void
paint (struct vm_tape *t, const struct vm_state *s, uint32_t n, bool red)
{
  put (t, &node (s, n)->red, red);
}

/* The red node n has a red parent. Returns the node to go on with. */
static uint32_t
mend_red (struct vm_tape *t, const struct vm_state *s, uint32_t n)
{
  uint32_t parent = node (s, n)->parent;
  uint32_t above = node (s, parent)->parent;
  enum side side = side_of (s, parent);
  uint32_t uncle = child (s, above, !side);

  if (uncle != 0 && node (s, uncle)->red) {
    paint (t, s, parent, false);
    paint (t, s, uncle, false);
    paint (t, s, above, true);
    return above;
  }
  if (side_of (s, n) != side) {
    rotate (t, s, parent, side);
    parent = n;
  }
  paint (t, s, parent, false);
  paint (t, s, above, true);
  rotate (t, s, above, !side);
  return root_of (s, n);
}

static uint32_t
lowest (const struct vm_state *s, uint32_t n, enum side side)
{
  for (uint32_t i = 0; i < MAX_DEPTH && child (s, n, side) != 0; i++)
    n = child (s, n, side);
  return n;
}

/* The neighbour of n on a side, in order of addresses. */
static uint32_t
neighbour (const struct vm_state *s, uint32_t n, enum side side)
{
  if (child (s, n, side) != 0)
    return lowest (s, child (s, n, side), !side);
  for (uint32_t i = 0; i < MAX_DEPTH; i++) {
    if (node (s, n)->parent == 0 || side_of (s, n) != side)
      break;
    n = node (s, n)->parent;
  }
  return node (s, n)->parent;
}

/* The ways down through the side of `parent` pass one black node too few. n,
 * which stands there, may be 0. Returns the node to go on with. */
static uint32_t
mend_black (struct vm_tape *t, const struct vm_state *s, uint32_t parent,
            enum side side)
{
  uint32_t sister = child (s, parent, !side);

  if (node (s, sister)->red) {
    paint (t, s, sister, false);
    paint (t, s, parent, true);
    rotate (t, s, parent, side);
    sister = child (s, parent, !side);
  }
  uint32_t near = child (s, sister, side), far = child (s, sister, !side);
  bool near_red = near != 0 && node (s, near)->red;
  bool far_red = far != 0 && node (s, far)->red;

  if (!near_red && !far_red) {
    paint (t, s, sister, true);
    return parent;
  }
  if (!far_red) {
    paint (t, s, near, false);
    paint (t, s, sister, true);
    rotate (t, s, sister, !side);
    far = sister;
    sister = near;
  }
  paint (t, s, sister, node (s, parent)->red);
  paint (t, s, parent, false);
  paint (t, s, far, false);
  rotate (t, s, parent, side);
  return 0;
}

/* A black node is gone from a side of parent, where n (or 0) stands now. */
static void
restore_black (struct vm_tape *t, const struct vm_state *s, uint32_t n,
               uint32_t parent)
{
  while (parent != 0 && (n == 0 || !node (s, n)->red) && !vm_tape_failed (t)) {
    enum side side = child (s, parent, LEFT) == n ? LEFT : RIGHT;
    n = mend_black (t, s, parent, side);
    if (n == 0)
      return;
    parent = node (s, n)->parent;
  }
  if (n != 0)
    paint (t, s, n, false);
}

uint32_t
vm_tree_find (const struct vm_state *s, uint32_t mm, uint64_t va)
{
  uint32_t n = s->mms[mm].tree, best = 0;

  for (uint32_t i = 0; i < MAX_DEPTH && n != 0; i++) {
    bool above = va < node (s, n)->end;
    best = above ? n : best;
    n = above && va < node (s, n)->start ? node (s, n)->left
        : above                          ? 0
                                         : node (s, n)->right;
  }
  return best;
}

uint32_t
vm_tree_find_told (struct vm_tape *t, const struct vm_state *s, uint32_t mm,
                   uint64_t va)
{
  uint32_t n = s->mms[mm].tree, best = 0;
  enum vm_look look = VM_LOOK_LEFT;

  for (uint32_t i = 0; i < MAX_DEPTH && n != 0 && look != VM_LOOK_INSIDE; i++) {
    const struct vm_region *r = node (s, n);
    look = va >= r->end     ? VM_LOOK_RIGHT
           : va >= r->start ? VM_LOOK_INSIDE
                            : VM_LOOK_LEFT;
    vm_step_leaf (
        t, VM_STEP_REGION_LOOK,
        (uint64_t[VM_STEP_VALUES]){n, r->start, r->end, va, look, r->flags});
    best = look == VM_LOOK_RIGHT ? best : n;
    n = look == VM_LOOK_RIGHT ? r->right : r->left;
  }
  vm_step_leaf (t, VM_STEP_REGION_FOUND,
                (uint64_t[VM_STEP_VALUES]){
                    best, node (s, best)->start, node (s, best)->end, va,
                    best != 0 && va >= node (s, best)->start,
                    node (s, best)->flags});
  return best;
}

uint32_t
vm_tree_holder (const struct vm_state *s, uint32_t mm, uint64_t va)
{
  uint32_t found = vm_tree_find (s, mm, va);
  return found != 0 && va >= node (s, found)->start ? found : 0;
}

uint32_t
vm_tree_first (const struct vm_state *s, uint32_t mm)
{
  return lowest (s, s->mms[mm].tree, LEFT);
}

uint32_t
vm_tree_last (const struct vm_state *s, uint32_t mm)
{
  return lowest (s, s->mms[mm].tree, RIGHT);
}

uint32_t
vm_tree_next (const struct vm_state *s, uint32_t region)
{
  return neighbour (s, region, RIGHT);
}

uint32_t
vm_tree_previous (const struct vm_state *s, uint32_t region)
{
  return neighbour (s, region, LEFT);
}

void
vm_tree_insert (struct vm_tape *t, const struct vm_state *s, uint32_t region)
{
  const struct vm_mm *mm = &s->mms[node (s, region)->mm];
  uint32_t parent = 0;
  enum side side = LEFT;
  uint32_t n = mm->tree;

  for (uint32_t i = 0; i < MAX_DEPTH && n != 0; i++) {
    parent = n;
    side = node (s, region)->start < node (s, n)->start ? LEFT : RIGHT;
    n = child (s, n, side);
  }
  put (t, &node (s, region)->left, 0);
  put (t, &node (s, region)->right, 0);
  put (t, &node (s, region)->parent, parent);
  paint (t, s, region, true);
  if (parent == 0)
    put (t, &mm->tree, region);
  else
    set_child (t, s, parent, side, region);

  n = region;
  while (node (s, n)->parent != 0 && node (s, n)->red
         && node (s, node (s, n)->parent)->red && !vm_tape_failed (t))
    n = mend_red (t, s, n);
  paint (t, s, mm->tree, false);
}

void
vm_tree_remove (struct vm_tape *t, const struct vm_state *s, uint32_t region)
{
  const struct vm_region *r = node (s, region);
  uint32_t left = r->left, right = r->right;

  if (left != 0 && right != 0) {
    /* Its successor, which has no left child, takes its place. */
    uint32_t next = lowest (s, right, LEFT);
    uint32_t gap = node (s, next)->right;
    uint32_t parent = node (s, next)->parent;
    bool red = node (s, next)->red;

    replace (t, s, next, gap);
    if (parent == region)
      parent = next;
    replace (t, s, region, next);
    set_child (t, s, next, LEFT, left);
    put (t, &node (s, left)->parent, next);
    set_child (t, s, next, RIGHT, r->right);
    if (r->right != 0)
      put (t, &node (s, r->right)->parent, next);
    paint (t, s, next, r->red);
    if (!red)
      restore_black (t, s, gap, parent);
    return;
  }
  uint32_t heir = left != 0 ? left : right;
  uint32_t parent = r->parent;

  replace (t, s, region, heir);
  if (!r->red)
    restore_black (t, s, heir, parent);
}
