/* Looks for runs of free frames. */
#include "mm/holes.h"

bool
vm_hole_next (const struct vm_state *s, uint64_t from, struct vm_hole *hole)
{
  uint32_t shift = s->config.page_shift;
  uint64_t frame = (from + (UINT64_C (1) << shift) - 1) >> shift;

  while (frame < s->config.frames && s->frames[frame].role != VM_FRAME_FREE)
    frame++;
  if (frame >= s->config.frames)
    return false;

  uint64_t end = frame;
  while (end < s->config.frames && s->frames[end].role == VM_FRAME_FREE)
    end++;
  *hole = (struct vm_hole){.base = frame << shift,
                           .size = (end - frame) << shift};
  return true;
}

/* Is a hole better than the one found so far? */
static bool
is_better (const struct vm_hole *hole, const struct vm_hole *than,
           enum vm_fit fit)
{
  switch (fit) {
  case VM_FIT_FIRST:
    return false;
  case VM_FIT_BEST:
    return hole->size < than->size;
  case VM_FIT_WORST:
    return hole->size > than->size;
  }
  return false;
}

bool
vm_hole_find (const struct vm_state *s, uint64_t size, enum vm_fit fit,
              struct vm_hole *hole)
{
  struct vm_hole each;
  bool found = false;

  for (uint64_t from = 0; vm_hole_next (s, from, &each);
       from = each.base + each.size) {
    if (each.size < size || (found && !is_better (&each, hole, fit)))
      continue;
    *hole = each;
    found = true;
  }
  return found;
}

struct vm_holes
vm_holes_count (const struct vm_state *s)
{
  struct vm_holes holes = {.free = 0};
  struct vm_hole each;

  for (uint64_t from = 0; vm_hole_next (s, from, &each);
       from = each.base + each.size) {
    holes.count++;
    holes.free += each.size;
    if (each.size > holes.largest)
      holes.largest = each.size;
  }
  return holes;
}
