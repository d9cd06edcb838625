/* Makes sketches of TLBs. */
#include "replay/sketch.h"

#include <stdlib.h>
#include <string.h>

static uint32_t
ways_of (const struct vm_sketch *sketch)
{
  return sketch->tlb.sets * (1 + sketch->tlb.ways);
}

/* The ring of a set: its head, then its ways. */
static void
tie (struct vm_sketch *sketch, uint32_t head)
{
  uint32_t first = sketch->tlb.sets + head * sketch->tlb.ways;
  struct vm_sketch_way *ways = sketch->ways;
  uint32_t newer = head;

  for (uint32_t way = first; way < first + sketch->tlb.ways; way++) {
    ways[way]
        = (struct vm_sketch_way){.frame = VM_NONE, .newer = (uint16_t) newer};
    ways[newer].older = (uint16_t) way;
    newer = way;
  }
  ways[newer].older = (uint16_t) head;
  ways[head].newer = (uint16_t) newer;
}

bool
vm_sketch_init (struct vm_sketch *sketch, const struct vm_tlb *tlb,
                uint32_t unit)
{
  *sketch = (struct vm_sketch){.tlb = *tlb, .unit = unit};
  if (tlb->sets == 0)
    return true;
  sketch->ways = calloc (ways_of (sketch), sizeof *sketch->ways);
  if (sketch->ways == NULL)
    return false;
  for (uint32_t head = 0; head < tlb->sets; head++)
    tie (sketch, head);
  return true;
}

void
vm_sketch_done (struct vm_sketch *sketch)
{
  free (sketch->ways);
  *sketch = (struct vm_sketch){0};
}

bool
vm_sketch_copy (struct vm_sketch *to, const struct vm_sketch *from)
{
  if (!vm_sketch_init (to, &from->tlb, from->unit))
    return false;
  if (from->ways != NULL)
    memcpy (to->ways, from->ways, ways_of (from) * sizeof *to->ways);
  return true;
}

void
vm_sketch_empty (struct vm_sketch *sketch, struct vm_sketch_frame *frames)
{
  for (uint32_t i = sketch->tlb.sets; i < ways_of (sketch); i++) {
    if (sketch->ways[i].frame != VM_NONE)
      frames[sketch->ways[i].frame].place[sketch->unit] = 0;
    sketch->ways[i].frame = VM_NONE;
  }
}
