/* Finds blocks for the kernel's code. */
#include "mm/gfp.h"

#include "mm/reclaim.h"

/* A request that is on its way through the zones. */
struct request {
  struct vm_tape *t;
  const struct vm_state *s;
  enum vm_gfp gfp;
  uint32_t order;
  enum vm_zone highest;
};

static uint32_t
frames_of (const struct vm_state *s, enum vm_zone zone)
{
  uint32_t first, end;

  vm_zone_range (s, zone, &first, &end);
  return end - first;
}

/* Would the machine have that zone, were it large enough? */
static bool
is_known (const struct vm_state *s, enum vm_zone zone)
{
  struct vm_geometry room;

  return vm_zone_exists (vm_geometry_configured (&s->config, &room), zone);
}

/* Free frames that a zone must have more than, for this request. */
static uint32_t
mark_of (const struct request *r, enum vm_zone zone, enum vm_zone_mark which)
{
  uint32_t mark = vm_zone_mark (r->s, zone, which);

  if (which == VM_MARK_MIN && r->gfp == VM_GFP_ATOMIC) {
    mark -= mark / 2;
    mark -= mark / 4;
  }
  return mark + vm_zone_reserve (r->s, zone, r->highest);
}

static enum vm_zone_try
ask (const struct request *r, enum vm_zone zone, uint32_t mark)
{
  uint64_t free = vm_buddy_free (r->s, zone);

  if (free <= (uint64_t) mark + (1u << r->order) - 1)
    return VM_ZONE_TOO_LOW;
  if (vm_buddy_smallest (r->s, zone, r->order) == VM_NONE)
    return VM_ZONE_NO_BLOCK;
  return r->gfp == VM_GFP_ATOMIC
                 && free <= (uint64_t) vm_zone_mark (r->s, zone, VM_MARK_MIN)
                                + (1u << r->order) - 1
             ? VM_ZONE_TAKES_MIN
             : VM_ZONE_GIVES;
}

/* Tries a zone; true if it gives a block. */
static bool
try_zone (const struct request *r, enum vm_zone zone, enum vm_zone_mark which)
{
  uint32_t mark = mark_of (r, zone, which);
  enum vm_zone_try verdict = ask (r, zone, mark);

  vm_step_leaf (r->t, VM_STEP_ZONE_TRY,
                (uint64_t[VM_STEP_VALUES]){zone, r->order,
                                           vm_buddy_free (r->s, zone), mark,
                                           verdict, r->gfp});
  return verdict == VM_ZONE_GIVES || verdict == VM_ZONE_TAKES_MIN;
}

/* The first frame of what a zone gives first; VM_NONE: no zone gives
 * anything. */
static uint32_t
try_zones (const struct request *r, enum vm_zone_mark which)
{
  bool first = true;

  for (uint32_t n = r->highest + 1; n-- > 0;) {
    enum vm_zone zone = (enum vm_zone) n;
    if (frames_of (r->s, zone) == 0)
      continue;
    if (!try_zone (r, zone, which)) {
      first = false;
      continue;
    }
    if (!first)
      vm_put_u64 (r->t, &r->s->buddy_counts.fallbacks,
                  r->s->buddy_counts.fallbacks + 1);
    uint32_t order = vm_buddy_smallest (r->s, zone, r->order);
    return vm_buddy_list_of (r->s, zone, order)->first;
  }
  return VM_NONE;
}

enum vm_zone
vm_gfp_zone (const struct vm_state *s, enum vm_gfp gfp)
{
  static const uint8_t zones[VM_GFPS] = {[VM_GFP_KERNEL] = VM_ZONE_NORMAL,
                                         [VM_GFP_ATOMIC] = VM_ZONE_NORMAL,
                                         [VM_GFP_DMA] = VM_ZONE_DMA,
                                         [VM_GFP_DMA32] = VM_ZONE_DMA32,
                                         [VM_GFP_HIGHUSER] = VM_ZONE_HIGHMEM};
  enum vm_zone zone = (enum vm_zone) zones[gfp];

  return is_known (s, zone) ? zone : VM_ZONE_NORMAL;
}

uint32_t
vm_zone_mark (const struct vm_state *s, enum vm_zone zone,
              enum vm_zone_mark mark)
{
  const struct vm_config *c = &s->config;
  uint64_t marks[] = {c->watermark_min, c->watermark_low, c->watermark_high};

  return (uint32_t) (marks[mark] * frames_of (s, zone) / c->frames);
}

uint32_t
vm_zone_reserve (const struct vm_state *s, enum vm_zone zone,
                 enum vm_zone highest)
{
  /* sysctl_lowmem_reserve_ratio */
  static const uint32_t ratios[VM_ZONES] = {256, 256, 32, 1};
  uint32_t above = 0;

  for (uint32_t n = zone + 1u; n <= highest; n++)
    above += frames_of (s, (enum vm_zone) n);
  return above / ratios[zone];
}

uint32_t
vm_gfp_find (struct vm_tape *t, const struct vm_state *s, enum vm_gfp gfp,
             uint32_t order)
{
  struct request r = {t, s, gfp, order, vm_gfp_zone (s, gfp)};
  uint32_t found = try_zones (&r, VM_MARK_LOW);

  if (found == VM_NONE)
    found = try_zones (&r, VM_MARK_MIN);
  if (found != VM_NONE || gfp == VM_GFP_ATOMIC
      || s->reclaim.how == VM_RECLAIM_OFF)
    return found;
  uint32_t need = (1u << order) + s->config.watermark_low;
  if (!vm_reclaim_prepare (t, s, VM_NONE, need - s->config.watermark_min))
    return VM_NONE;
  return try_zones (&r, VM_MARK_MIN);
}
