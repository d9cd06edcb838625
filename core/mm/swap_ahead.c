/* Reads slots of swap before they are needed. */
#include "mm/swap_ahead.h"

/* Slots that it begins with, as if so many had been used
 * (swapin_readahead_hits). */
#define FIRST_HITS 4u

static bool
is_on (const struct vm_state *s)
{
  return s->config.page_cluster > 0 && s->reclaim.how == VM_RECLAIM_LINUX;
}

/* How many slots to read at once (__swapin_nr_pages). */
static uint32_t
window_size (const struct vm_state *s, uint32_t offset)
{
  const struct vm_reclaim_record *r = &s->reclaim;
  uint32_t most = 1u << s->config.page_cluster, size = 4;
  uint32_t hits = r->ahead_size == 0 ? FIRST_HITS : r->ahead_hits;
  bool beside = offset == r->ahead_offset + 1 || offset + 1 == r->ahead_offset;

  while (size < hits + 2)
    size *= 2;
  if (hits == 0)
    size = beside ? 2 : 1;
  size = size < most ? size : most;
  return size > r->ahead_size / 2 ? size : r->ahead_size / 2;
}

/* A page is in the slot, and in no frame. */
static bool
is_away (const struct vm_state *s, uint32_t slot)
{
  return s->slots[slot].count != 0 && s->slots[slot].frame == 0;
}

static uint32_t
count_away (const struct vm_state *s, uint32_t first, uint32_t last)
{
  uint32_t count = 0;

  for (uint32_t slot = first; slot <= last; slot++)
    count += is_away (s, slot);
  return count;
}

bool
vm_swap_fetch (struct vm_tape *t, const struct vm_state *s, uint32_t slot)
{
  struct vm_frame_use use
      = {.role = VM_FRAME_DATA, .owner = VM_NONE, .count = 1};
  vm_frame frame;

  if (s->free_count <= s->config.watermark_min + 1
      || !vm_frames_take (t, s, &use, &frame))
    return false;
  vm_frames_name (t, s, frame, VM_PAGE_ANON, 0, 0);
  vm_swap_read (t, s, slot, (uint32_t) frame.v);
  vm_swap_keep (t, s, slot, (uint32_t) frame.v);
  vm_frames_put (t, s, frame, 1);
  return true;
}

/* Reads what is away of [first, last]. */
static void
read_window (struct vm_tape *t, const struct vm_state *s, uint32_t first,
             uint32_t last, uint32_t asked)
{
  const struct vm_counters *c = &s->counters;
  struct vm_swap_slot place = vm_swap_place (s, first);

  vm_step_begin (t, VM_STEP_SWAP_AHEAD,
                 (uint64_t[VM_STEP_VALUES]){
                     place.type, place.offset, last - first + 1,
                     place.offset + (asked - first),
                     count_away (s, first, last), s->reclaim.ahead_hits});
  for (uint32_t slot = first; slot <= last && !vm_tape_failed (t); slot++) {
    if (!is_away (s, slot))
      continue;
    if (!vm_swap_fetch (t, s, slot))
      break;
    const struct vm_frame_record *record = &s->frames[s->slots[slot].frame];
    vm_put_u16 (t, &record->flags, record->flags | VM_PAGE_READAHEAD);
    vm_put_u64 (t, &c->swap_ra, c->swap_ra + 1);
  }
  vm_step_end (t);
}

void
vm_swap_ahead (struct vm_tape *t, const struct vm_state *s, uint32_t slot)
{
  const struct vm_reclaim_record *r = &s->reclaim;
  const struct vm_swap_area *area = &s->areas[vm_swap_area_of (s, slot)];
  uint32_t offset = slot - area->first;

  if (!is_on (s))
    return;
  uint32_t size = window_size (s, offset);
  uint32_t first = offset & ~(size - 1), last = offset | (size - 1);
  first = first > 0 ? first : 1;
  last = last < area->slots ? last : area->slots - 1;
  if (count_away (s, area->first + first, area->first + last) > 0)
    read_window (t, s, area->first + first, area->first + last, slot);
  if (r->ahead_hits == 0)
    vm_put_u32 (t, &r->ahead_offset, offset);
  vm_put_u32 (t, &r->ahead_size, size);
  vm_put_u32 (t, &r->ahead_hits, 0);
}

void
vm_swap_ahead_used (struct vm_tape *t, const struct vm_state *s, uint32_t frame)
{
  const struct vm_frame_record *record = &s->frames[frame];
  const struct vm_counters *c = &s->counters;

  if (!(record->flags & VM_PAGE_READAHEAD))
    return;
  vm_put_u16 (t, &record->flags,
              (uint16_t) (record->flags & ~VM_PAGE_READAHEAD));
  vm_put_u64 (t, &c->swap_ra_hits, c->swap_ra_hits + 1);
  vm_put_u32 (t, &s->reclaim.ahead_hits, s->reclaim.ahead_hits + 1);
}
