/* Knows where zones begin and end. */
#include "mm/zone.h"

#include "mm/kernel_layout.h"

#define DMA_END (UINT64_C (16) << 20)
#define DMA32_END (UINT64_C (4) << 30)

/* The first address behind a zone, with a kernel of that version; the same as
 * the one before it: there is no such zone here. */
static uint64_t
end_of (const struct vm_geometry *g, uint32_t version, enum vm_zone zone)
{
  bool x86 = g->family == VM_FAMILY_X86;
  bool wide = g->word_bits == 64;

  switch (zone) {
  case VM_ZONE_DMA:
    return x86 ? DMA_END : 0;
  case VM_ZONE_DMA32:
    return wide ? DMA32_END : end_of (g, version, VM_ZONE_DMA);
  case VM_ZONE_NORMAL:
    return vm_kernel_low_memory (g->id, version);
  case VM_ZONE_HIGHMEM:
    break;
  }
  return UINT64_MAX;
}

const char *
vm_zone_name (enum vm_zone zone)
{
  static const char *const names[VM_ZONES]
      = {"DMA", "DMA32", "Normal", "HighMem"};
  return names[zone];
}

bool
vm_zone_exists (const struct vm_geometry *g, enum vm_zone zone)
{
  uint64_t start = zone == VM_ZONE_DMA ? 0 : end_of (g, 0, zone - 1);
  return end_of (g, 0, zone) > start;
}

enum vm_zone
vm_zone_of (const struct vm_state *s, uint64_t frame)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  uint64_t pa = frame << g->page_shift;

  for (uint32_t zone = VM_ZONE_DMA; zone < VM_ZONE_HIGHMEM; zone++)
    if (pa < end_of (g, s->kernel.version, (enum vm_zone) zone))
      return (enum vm_zone) zone;
  return VM_ZONE_HIGHMEM;
}

void
vm_zone_range (const struct vm_state *s, enum vm_zone zone, uint32_t *first,
               uint32_t *end)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  uint32_t version = s->kernel.version;
  uint64_t low = zone == VM_ZONE_DMA ? 0 : end_of (g, version, zone - 1);
  uint64_t high = end_of (g, version, zone);
  uint64_t most = (uint64_t) s->config.frames << g->page_shift;

  low = low < most ? low : most;
  high = high < most ? high : most;
  *first = (uint32_t) (low >> g->page_shift);
  *end = (uint32_t) (high >> g->page_shift);
}

enum vm_zone
vm_zone_preferred (enum vm_frame_role role)
{
  return role == VM_FRAME_DATA ? VM_ZONE_HIGHMEM : VM_ZONE_NORMAL;
}
