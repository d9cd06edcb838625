/* Keeps swap areas, their slots, and the swap cache. */
#include "mm/swap.h"

static const struct vm_swap_area *
area_at (const struct vm_state *s, uint32_t slot)
{
  return &s->areas[vm_swap_area_of (s, slot)];
}

/* The block of the disk that a slot is. */
static uint32_t
block_of (const struct vm_state *s, uint32_t slot)
{
  const struct vm_swap_area *area = area_at (s, slot);
  return area->block + (slot - area->first);
}

static bool
refuse (struct vm_error *error, const char *subject, uint64_t value,
        uint64_t most)
{
  vm_error_set_range (error, VM_ERROR_TOO_MANY, subject, value, 0, most);
  return false;
}

/* Slots from one on are no area's. */
static bool
is_gap (const struct vm_state *s, uint32_t first, uint32_t slots)
{
  if (slots > VM_SWAP_SLOTS || first > VM_SWAP_SLOTS - slots)
    return false;
  for (uint32_t i = 0; i < VM_MAX_SWAPS; i++) {
    const struct vm_swap_area *area = &s->areas[i];
    if (area->slots != 0 && first < area->first + area->slots
        && area->first < first + slots)
      return false;
  }
  return true;
}

/* The lowest numbers that are free: areas that are gone leave gaps, which one
 * that fits takes. */
static bool
find_numbers (const struct vm_state *s, uint32_t slots, uint32_t *first)
{
  uint32_t lowest = is_gap (s, 0, slots) ? 0 : VM_NONE;

  for (uint32_t i = 0; i < VM_MAX_SWAPS; i++) {
    uint32_t end = s->areas[i].first + s->areas[i].slots;
    if (s->areas[i].slots != 0 && end < lowest && is_gap (s, end, slots))
      lowest = end;
  }
  *first = lowest;
  return lowest != VM_NONE;
}

static void
put_area (struct vm_tape *t, const struct vm_swap_area *area,
          const struct vm_swap_area *new)
{
  vm_put_u32 (t, &area->first, new->first);
  vm_put_u32 (t, &area->slots, new->slots);
  vm_put_u32 (t, &area->used, new->used);
  vm_put_u32 (t, &area->next, new->next);
  vm_put_u32 (t, &area->block, new->block);
  vm_put_u32 (t, &area->writes, new->writes);
  vm_put_u32 (t, &area->fails, new->fails);
  vm_put_u32 (t, &area->closed, new->closed);
  vm_put_u32 (t, &area->priority, new->priority);
  vm_put_u32 (t, &area->turn, new->turn);
}

/* Behind all areas of its priority. */
static uint32_t
last_turn (const struct vm_state *s)
{
  uint32_t turn = 0;

  for (uint32_t i = 0; i < VM_MAX_SWAPS; i++)
    if (s->areas[i].slots != 0 && s->areas[i].turn > turn)
      turn = s->areas[i].turn;
  return turn + 1;
}

/* Areas without a wish get -2, -3, ... as they come (least_priority). */
static int32_t
priority_of (const struct vm_state *s, const struct vm_swap_wish *wish)
{
  int32_t priority = -2;

  if (wish->priority != VM_SWAP_LAST)
    return wish->priority;
  for (uint32_t i = 0; i < VM_MAX_SWAPS; i++)
    priority -= s->areas[i].slots != 0 && vm_swap_priority (&s->areas[i]) < 0;
  return priority;
}

bool
vm_swap_add (struct vm_tape *t, const struct vm_state *s,
             const struct vm_swap_wish *wish, struct vm_error *error)
{
  uint32_t number = 0, first, slots = wish->slots;

  while (number < VM_MAX_SWAPS && s->areas[number].slots != 0)
    number++;
  if (number == VM_MAX_SWAPS)
    return refuse (error, "swap area", number, VM_MAX_SWAPS);
  if (!find_numbers (s, slots, &first))
    return refuse (error, "swap slots", slots, VM_SWAP_SLOTS);
  if (slots > VM_DISK_BLOCKS - s->disk_used)
    return refuse (error, "disk blocks", slots, VM_DISK_BLOCKS);
  vm_step_leaf (
      t, VM_STEP_SWAPON,
      (uint64_t[VM_STEP_VALUES]){number, slots, s->disk_used, wish->fails});
  put_area (t, &s->areas[number],
            &(struct vm_swap_area){.first = first,
                                   .slots = slots,
                                   .next = 1,
                                   .block = s->disk_used,
                                   .fails = wish->fails,
                                   .priority = (uint32_t) priority_of (s, wish),
                                   .turn = last_turn (s)});
  vm_put_u32 (t, &s->disk_used, s->disk_used + slots);
  return true;
}

void
vm_swap_close (struct vm_tape *t, const struct vm_state *s, uint32_t area,
               bool closed)
{
  vm_put_u32 (t, &s->areas[area].closed, closed);
}

/* An area without a wished priority goes: those behind it move up. */
static void
move_up (struct vm_tape *t, const struct vm_state *s, int32_t gone)
{
  for (uint32_t i = 0; i < VM_MAX_SWAPS && gone < 0; i++)
    if (s->areas[i].slots != 0 && vm_swap_priority (&s->areas[i]) < gone)
      vm_put_u32 (t, &s->areas[i].priority, s->areas[i].priority + 1);
}

void
vm_swap_remove (struct vm_tape *t, const struct vm_state *s, uint32_t area)
{
  const struct vm_swap_area *a = &s->areas[area];

  if (a->block + a->slots == s->disk_used)
    vm_put_u32 (t, &s->disk_used, a->block);
  move_up (t, s, vm_swap_priority (a));
  put_area (t, a, &(struct vm_swap_area){.slots = 0});
}

uint32_t
vm_swap_total (const struct vm_state *s)
{
  uint32_t total = 0;

  for (uint32_t i = 0; i < VM_MAX_SWAPS; i++)
    total += s->areas[i].slots == 0 ? 0 : s->areas[i].slots - 1;
  return total;
}

uint32_t
vm_swap_free (const struct vm_state *s)
{
  uint32_t free = 0;

  for (uint32_t i = 0; i < VM_MAX_SWAPS; i++)
    if (s->areas[i].slots != 0 && !s->areas[i].closed)
      free += s->areas[i].slots - 1 - s->areas[i].used;
  return free;
}

uint32_t
vm_swap_area_of (const struct vm_state *s, uint32_t slot)
{
  uint32_t area = 0;

  while (area < VM_MAX_SWAPS - 1
         && (slot < s->areas[area].first
             || slot - s->areas[area].first >= s->areas[area].slots))
    area++;
  return area;
}

struct vm_swap_slot
vm_swap_place (const struct vm_state *s, uint32_t slot)
{
  return (struct vm_swap_slot){.type = vm_swap_area_of (s, slot),
                               .offset = slot - area_at (s, slot)->first};
}

static bool
is_free (const struct vm_state *s, uint32_t slot)
{
  return s->slots[slot].count == 0 && s->slots[slot].frame == 0;
}

uint32_t
vm_swap_number (const struct vm_state *s, struct vm_swap_slot place)
{
  if (place.type >= VM_MAX_SWAPS || place.offset == 0
      || place.offset >= s->areas[place.type].slots)
    return 0;
  uint32_t slot = s->areas[place.type].first + (uint32_t) place.offset;
  return is_free (s, slot) ? 0 : slot;
}

/* A free slot of an area, sought from where the last one was found; 0: none. */
static uint32_t
find_slot (const struct vm_state *s, const struct vm_swap_area *area)
{
  if (area->slots == 0 || area->closed || area->used == area->slots - 1)
    return 0;
  for (uint32_t i = 0; i < area->slots; i++) {
    uint32_t offset = (area->next + i) % area->slots;
    if (offset != 0 && is_free (s, area->first + offset))
      return area->first + offset;
  }
  return 0;
}

static bool
goes_before (const struct vm_swap_area *a, const struct vm_swap_area *b)
{
  return a->priority == b->priority
             ? a->turn < b->turn
             : vm_swap_priority (a) > vm_swap_priority (b);
}

/* The area of the next slot: of those with room the one with the highest
 * priority, and the least turn; VM_MAX_SWAPS: none has room. */
static uint32_t
choose_area (const struct vm_state *s)
{
  uint32_t best = VM_MAX_SWAPS;

  for (uint32_t i = 0; i < VM_MAX_SWAPS; i++) {
    const struct vm_swap_area *area = &s->areas[i];
    if (find_slot (s, area) == 0)
      continue;
    if (best == VM_MAX_SWAPS || goes_before (area, &s->areas[best]))
      best = i;
  }
  return best;
}

static void
put_cached (struct vm_tape *t, const struct vm_state *s, uint32_t slot,
            uint32_t frame)
{
  const struct vm_frame_record *record = &s->frames[frame];

  vm_put_u32 (t, &s->slots[slot].frame, frame);
  vm_put_u32 (t, &s->links[frame].slot, slot);
  vm_put_u16 (t, &record->flags, record->flags | VM_PAGE_SWAP);
  vm_put_u32 (t, &record->refs, record->refs + 1);
}

static void
count_used (struct vm_tape *t, const struct vm_swap_area *area, bool more)
{
  vm_put_u32 (t, &area->used, more ? area->used + 1 : area->used - 1);
}

bool
vm_swap_take (struct vm_tape *t, const struct vm_state *s, uint32_t frame)
{
  const struct vm_frame_record *record = &s->frames[frame];
  uint32_t number = choose_area (s);

  if (number == VM_MAX_SWAPS)
    return false;
  const struct vm_swap_area *area = &s->areas[number];
  uint32_t slot = find_slot (s, area);
  vm_step_leaf (t, VM_STEP_SLOT_TAKE,
                (uint64_t[VM_STEP_VALUES]){number, slot - area->first, frame,
                                           area->used + 1});
  count_used (t, area, true);
  vm_put_u32 (t, &area->next, slot - area->first + 1);
  vm_put_u32 (t, &area->turn, last_turn (s));
  put_cached (t, s, slot, frame);
  vm_put_u16 (t, &record->flags, record->flags | VM_PAGE_DIRTY);
  return true;
}

void
vm_swap_keep (struct vm_tape *t, const struct vm_state *s, uint32_t slot,
              uint32_t frame)
{
  put_cached (t, s, slot, frame);
}

/* Nothing names a slot any more. */
static void
free_slot (struct vm_tape *t, const struct vm_state *s, uint32_t slot)
{
  const struct vm_swap_area *area = area_at (s, slot);
  const struct vm_swap_record *record = &s->slots[slot];

  vm_step_leaf (t, VM_STEP_SLOT_FREE,
                (uint64_t[VM_STEP_VALUES]){vm_swap_area_of (s, slot),
                                           slot - area->first, record->frame,
                                           area->used - 1});
  count_used (t, area, false);
  if (record->shadow != 0)
    vm_put_u32 (t, &record->shadow, 0);
}

void
vm_swap_forget (struct vm_tape *t, const struct vm_state *s, uint32_t frame)
{
  const struct vm_frame_record *record = &s->frames[frame];
  uint32_t slot = s->links[frame].slot;

  vm_put_u32 (t, &s->slots[slot].frame, 0);
  vm_put_u32 (t, &s->links[frame].slot, 0);
  vm_put_u16 (t, &record->flags,
              (uint16_t) (record->flags & ~(VM_PAGE_SWAP | VM_PAGE_DIRTY)));
  if (is_free (s, slot))
    free_slot (t, s, slot);
  if (record->refs == 1)
    vm_step_leaf (t, VM_STEP_FRAME_FREE,
                  (uint64_t[VM_STEP_VALUES]){frame, VM_FRAME_DATA});
  vm_frames_put (t, s, vm_frame_of (frame), 1);
}

bool
vm_swap_give_up (struct vm_tape *t, const struct vm_state *s, uint32_t frame)
{
  if (!(s->frames[frame].flags & VM_PAGE_SWAP))
    return true;
  if (s->slots[s->links[frame].slot].count != 0)
    return false;
  vm_swap_forget (t, s, frame);
  return true;
}

static void
put_count (struct vm_tape *t, const struct vm_state *s, uint32_t slot,
           uint32_t count)
{
  const struct vm_swap_area *area = area_at (s, slot);
  const struct vm_swap_record *record = &s->slots[slot];

  vm_step_leaf (t, VM_STEP_SLOT_COUNT,
                (uint64_t[VM_STEP_VALUES]){vm_swap_area_of (s, slot),
                                           slot - area->first, record->count,
                                           count});
  vm_put_u32 (t, &record->count, count);
}

void
vm_swap_hold (struct vm_tape *t, const struct vm_state *s, uint32_t slot)
{
  put_count (t, s, slot, s->slots[slot].count + 1);
}

void
vm_swap_release (struct vm_tape *t, const struct vm_state *s, uint32_t slot)
{
  const struct vm_swap_record *record = &s->slots[slot];

  if (record->count == 0)
    return;
  put_count (t, s, slot, record->count - 1);
  vm_swap_settle (t, s, slot);
}

void
vm_swap_settle (struct vm_tape *t, const struct vm_state *s, uint32_t slot)
{
  const struct vm_swap_record *record = &s->slots[slot];
  uint32_t frame = record->frame;

  if (is_free (s, slot))
    free_slot (t, s, slot);
  /* Only the swap cache has it: nobody can come back for it. */
  else if (record->count == 0 && s->frames[frame].refs == 1)
    vm_swap_forget (t, s, frame);
}

bool
vm_swap_write (struct vm_tape *t, const struct vm_state *s, uint32_t frame)
{
  const struct vm_frame_record *record = &s->frames[frame];
  uint32_t slot = s->links[frame].slot;
  const struct vm_swap_area *area = area_at (s, slot);
  uint64_t number = s->counters.disk_writes + 1;
  bool done = area->writes + 1 != area->fails
              && number != s->config.failing_write;
  vm_paddr pa = vm_frame_start (vm_frame_of (frame), VM_PAGE_SHIFT);

  vm_put_u32 (t, &area->writes, area->writes + 1);
  vm_put_u64 (t, &s->counters.disk_writes, number);
  vm_step_leaf (t, VM_STEP_SWAP_WRITE,
                (uint64_t[VM_STEP_VALUES]){vm_swap_area_of (s, slot),
                                           slot - area->first, frame,
                                           block_of (s, slot), done});
  if (!done)
    return false;
  vm_put_u64 (t, &s->counters.swap_out, s->counters.swap_out + 1);
  vm_disk_put (t, s, block_of (s, slot), vm_memory_bytes (s, pa));
  vm_put_u16 (t, &record->flags, (uint16_t) (record->flags & ~VM_PAGE_DIRTY));
  return true;
}

void
vm_swap_read (struct vm_tape *t, const struct vm_state *s, uint32_t slot,
              uint32_t frame)
{
  vm_paddr pa = vm_frame_start (vm_frame_of (frame), VM_PAGE_SHIFT);

  vm_step_leaf (t, VM_STEP_SWAP_READ,
                (uint64_t[VM_STEP_VALUES]){vm_swap_area_of (s, slot),
                                           slot - area_at (s, slot)->first,
                                           frame, block_of (s, slot), 1});
  vm_put_u64 (t, &s->counters.swap_in, s->counters.swap_in + 1);
  vm_put_u64 (t, &s->counters.disk_reads, s->counters.disk_reads + 1);
  vm_memory_store (t, s, pa, VM_PAGE_SIZE, vm_swap_bytes (s, slot));
}

const uint8_t *
vm_swap_bytes (const struct vm_state *s, uint32_t slot)
{
  return vm_disk_block (s, block_of (s, slot));
}
