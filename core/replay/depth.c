/* Keeps pages in order of use, and an edge among them. */
#include "replay/depth.h"

#include <stdlib.h>
#include <string.h>

#define HEAD 0u

/* All that the TLB holds, as many that it threw out, and one on its way. */
static uint32_t
nodes_of (uint32_t entries)
{
  return 2 * entries + 3;
}

bool
vm_depth_init (struct vm_depth *depth, uint32_t entries, uint32_t unit)
{
  *depth = (struct vm_depth){.entries = entries, .unit = unit};
  if (entries == 0)
    return true;
  depth->nodes = calloc (nodes_of (entries), sizeof *depth->nodes);
  if (depth->nodes == NULL)
    return false;
  for (uint32_t i = 1; i + 1 < nodes_of (entries); i++)
    depth->nodes[i].older = (uint16_t) (i + 1);
  depth->free = 1;
  return true;
}

void
vm_depth_done (struct vm_depth *depth)
{
  free (depth->nodes);
  *depth = (struct vm_depth){0};
}

bool
vm_depth_copy (struct vm_depth *to, const struct vm_depth *from)
{
  size_t nodes = nodes_of (from->entries) * sizeof *to->nodes;

  *to = *from;
  if (from->entries == 0)
    return true;
  to->nodes = malloc (nodes);
  if (to->nodes != NULL)
    memcpy (to->nodes, from->nodes, nodes);
  return to->nodes != NULL;
}

/* The edge ------------------------------------------------------------------
 */

/* One more page lies before it, and the last of those perhaps no longer. */
static void
push_edge (struct vm_depth *depth, uint32_t node)
{
  struct vm_depth_node *nodes = depth->nodes;

  nodes[node].near = true;
  if (depth->near == 0)
    depth->edge = node;
  if (depth->near++ < depth->entries)
    return;
  nodes[depth->edge].near = false;
  depth->edge = nodes[depth->edge].newer;
  depth->near--;
}

/* A page before it goes: the first one behind it takes the place. */
static void
pull_edge (struct vm_depth *depth, uint32_t node)
{
  struct vm_depth_node *nodes = depth->nodes;
  uint32_t behind = nodes[depth->edge].older;

  nodes[node].near = false;
  depth->near--;
  if (behind != HEAD) {
    nodes[behind].near = true;
    depth->near++;
    depth->edge = behind;
  } else if (node == depth->edge)
    depth->edge = nodes[node].newer;
}

/* The ring ------------------------------------------------------------------
 */

static void
link_newest (struct vm_depth_node *nodes, uint32_t node)
{
  nodes[node].newer = HEAD;
  nodes[node].older = nodes[HEAD].older;
  nodes[nodes[HEAD].older].newer = (uint16_t) node;
  nodes[HEAD].older = (uint16_t) node;
}

static void
unlink_node (struct vm_depth_node *nodes, uint32_t node)
{
  nodes[nodes[node].newer].older = nodes[node].older;
  nodes[nodes[node].older].newer = nodes[node].newer;
}

/* As many lie before the edge as did, but other ones if it came from behind. */
static void
move_newest (struct vm_depth *depth, uint32_t node)
{
  struct vm_depth_node *nodes = depth->nodes;
  bool near = nodes[node].near;

  if (nodes[node].newer == HEAD)
    return;
  if (node == depth->edge)
    depth->edge = nodes[node].newer;
  unlink_node (nodes, node);
  link_newest (nodes, node);
  if (!near)
    push_edge (depth, node);
}

/* A page that was thrown out is so no longer: which one is the oldest now? */
static void
regain (struct vm_depth *depth, uint32_t node)
{
  const struct vm_depth_node *nodes = depth->nodes;

  depth->gone--;
  if (node != depth->oldest)
    return;
  do
    depth->oldest = nodes[depth->oldest].newer;
  while (depth->oldest != HEAD && !nodes[depth->oldest].gone);
}

static void
remove_node (struct vm_depth *depth, uint32_t node)
{
  if (depth->nodes[node].gone)
    regain (depth, node);
  if (depth->nodes[node].near)
    pull_edge (depth, node);
  unlink_node (depth->nodes, node);
  depth->nodes[node].older = (uint16_t) depth->free;
  depth->free = node;
}

/* Public --------------------------------------------------------------------
 */

void
vm_depth_use (struct vm_depth *depth, struct vm_sketch_frame *frames,
              uint32_t frame, uint64_t now)
{
  uint32_t node = frames[frame].node[depth->unit];

  if (node != 0) {
    depth->nodes[node].used = now;
    move_newest (depth, node);
    return;
  }
  node = depth->free;
  depth->free = depth->nodes[node].older;
  depth->nodes[node] = (struct vm_depth_node){.frame = frame, .used = now};
  frames[frame].node[depth->unit] = (uint16_t) node;
  link_newest (depth->nodes, node);
  push_edge (depth, node);
}

bool
vm_depth_forget (struct vm_depth *depth, struct vm_sketch_frame *frame)
{
  uint32_t node = frame->node[depth->unit];
  if (node == 0)
    return false;

  frame->node[depth->unit] = 0;
  remove_node (depth, node);
  return true;
}

void
vm_depth_throw (struct vm_depth *depth, struct vm_sketch_frame *frames,
                uint32_t frame)
{
  struct vm_depth_node *nodes = depth->nodes;
  uint32_t node = frames[frame].node[depth->unit];

  nodes[node].gone = true;
  if (depth->gone++ == 0 || nodes[node].used < nodes[depth->oldest].used)
    depth->oldest = node;
  if (depth->gone > depth->entries)
    vm_depth_forget (depth, &frames[nodes[depth->oldest].frame]);
}

enum vm_miss
vm_depth_ask (struct vm_depth *depth, struct vm_sketch_frame *frame)
{
  bool near = depth->nodes[frame->node[depth->unit]].near;

  return vm_depth_forget (depth, frame) && near ? VM_MISS_CONFLICT
                                                : VM_MISS_CAPACITY;
}

uint32_t
vm_depth_before (const struct vm_depth *depth, uint32_t node)
{
  return depth->nodes[node].older;
}
