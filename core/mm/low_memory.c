/* Moves the border between Normal and HighMem. */
#include "mm/low_memory.h"

#include "mm/buddy.h"
#include "mm/kernel_layout.h"

/* Frames [*first, *end) that leave Normal; false if there are none, or nobody
 * minds zones. */
static bool
find_leaving (const struct vm_state *s, uint32_t version, uint32_t *first,
              uint32_t *end)
{
  uint64_t low = vm_kernel_low_memory ((enum vm_geometry_id) s->config.geometry,
                                       version);

  vm_zone_range (s, VM_ZONE_NORMAL, first, end);
  low >>= s->config.page_shift;
  if (low >= *end || (!s->config.zones && !vm_buddy_on (s)))
    return false;
  *first = (uint32_t) low;
  return true;
}

uint32_t
vm_low_memory_given (const struct vm_state *s, uint32_t version)
{
  uint32_t first, end;

  if (!find_leaving (s, version, &first, &end))
    return VM_NONE;
  for (uint32_t f = first; f < end; f++)
    if (s->frames[f].role == VM_FRAME_KERNEL
        && !(s->frames[f].flags & VM_FRAME_RESERVED))
      return f;
  return VM_NONE;
}

void
vm_low_memory_move (struct vm_tape *t, const struct vm_state *s,
                    uint32_t version)
{
  uint32_t first, end;
  bool moves = find_leaving (s, version, &first, &end);
  bool blocks = moves && vm_buddy_on (s);

  if (blocks)
    first = vm_buddy_withdraw (t, s, first, end);
  vm_put_u32 (t, &s->kernel.version, version);
  if (blocks)
    vm_buddy_rejoin (t, s, first, end);
  if (moves)
    vm_put_u32 (t, &s->zone_hints[VM_ZONE_HIGHMEM], 0);
}
