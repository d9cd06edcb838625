/* Keeps the records of managed frames. */
#include "mm/frames.h"

#include "mm/buddy.h"
#include "mm/lru.h"
#include "mm/resident_set.h"
#include "mm/zone.h"

/* Records what a frame is used for. A gigabyte page has 262,144 frames, so
 * only what changes is put on the tape. */
static void
put_record (struct vm_tape *t, const struct vm_frame_record *record,
            const struct vm_frame_use *use, uint32_t refs)
{
  vm_put_u32 (t, &record->refs, refs);
  vm_put_u8 (t, &record->role, (uint8_t) use->role);
  if (record->owner != use->owner)
    vm_put_u32 (t, &record->owner, use->owner);
  if (record->level != use->level)
    vm_put_u8 (t, &record->level, (uint8_t) use->level);
  if (record->index != use->index)
    vm_put_u32 (t, &record->index, use->index);
}

/* Both return 1 if the frame was free, or became so. */
static uint32_t
get_one (struct vm_tape *t, const struct vm_frame_record *record,
         uint32_t owner)
{
  struct vm_frame_use use = {.role = VM_FRAME_DATA, .owner = owner};

  if (record->role == VM_FRAME_FREE) {
    put_record (t, record, &use, 1);
    return 1;
  }
  vm_put_u32 (t, &record->refs, record->refs + 1);
  return 0;
}

static uint32_t
put_one (struct vm_tape *t, const struct vm_state *s, uint32_t frame)
{
  const struct vm_frame_record *record = &s->frames[frame];

  /* A table stays the kernel's though nothing names it (edit.h). */
  if (record->refs == 0)
    return 0;
  if (record->refs > 1 || record->role == VM_FRAME_TABLE) {
    vm_put_u32 (t, &record->refs, record->refs - 1);
    return 0;
  }
  vm_frames_retire (t, s, vm_frame_of (frame));
  put_record (t, record, &(struct vm_frame_use){.role = VM_FRAME_FREE}, 0);
  if (record->flags != 0)
    vm_put_u16 (t, &record->flags, 0);
  return 1;
}

void
vm_frames_init (struct vm_tape *t, const struct vm_state *s)
{
  struct vm_frame_use kernel = {.role = VM_FRAME_KERNEL, .owner = VM_NONE};

  put_record (t, &s->frames[0], &kernel, 1);
  vm_put_u32 (t, &s->free_hint, 1);
  vm_put_u32 (t, &s->free_count, s->config.frames - 1);
}

/* The first of the lowest free frames of [first, end) in a row; VM_NONE if
 * there is no row. */
static uint32_t
lowest_run (const struct vm_state *s, uint32_t first, uint32_t end,
            uint32_t count)
{
  uint32_t run = 0;

  for (uint32_t f = first; f < end; f++) {
    run = s->frames[f].role == VM_FRAME_FREE ? run + 1 : 0;
    if (run == count)
      return f + 1 - count;
  }
  return VM_NONE;
}

/* The first of count free frames of [first, end) that begin at a multiple of
 * it. */
static uint32_t
aligned_run (const struct vm_state *s, uint32_t first, uint32_t end,
             uint32_t count)
{
  uint64_t start = ((uint64_t) first + count - 1) / count * count;
  uint32_t free = 0;

  while (free < count && start + count <= end) {
    if (s->frames[start + free].role == VM_FRAME_FREE) {
      free++;
      continue;
    }
    start += count;
    free = 0;
  }
  return free == count ? (uint32_t) start : VM_NONE;
}

static enum vm_zone
highest_zone (const struct vm_frame_use *use)
{
  return use->high ? VM_ZONE_HIGHMEM : vm_zone_preferred (use->role);
}

/* A row for a use: anywhere, or in the zones that suit it, the highest one
 * first. */
static uint32_t
find_run (const struct vm_state *s, const struct vm_frame_use *use,
          uint32_t count,
          uint32_t (*find) (const struct vm_state *s, uint32_t first,
                            uint32_t end, uint32_t count))
{
  if (!s->config.zones)
    return find (s, s->free_hint, s->config.frames, count);
  for (uint32_t zone = highest_zone (use) + 1; zone-- > 0;) {
    uint32_t first, end;
    vm_zone_range (s, (enum vm_zone) zone, &first, &end);
    if (first < s->zone_hints[zone])
      first = s->zone_hints[zone];
    uint32_t found = find (s, first, end, count);
    if (found != VM_NONE)
      return found;
  }
  return VM_NONE;
}

/* No free frame lies below one that was just found to be the lowest. */
static void
raise_hint (struct vm_tape *t, const struct vm_state *s, uint32_t found)
{
  if (s->config.zones)
    vm_put_u32 (t, &s->zone_hints[vm_zone_of (s, found)], found + 1);
  else
    vm_put_u32 (t, &s->free_hint, found + 1);
}

/* A frame became free. */
static void
lower_hints (struct vm_tape *t, const struct vm_state *s, uint32_t frame)
{
  if (frame < s->free_hint)
    vm_put_u32 (t, &s->free_hint, frame);
  if (!s->config.zones)
    return;
  const uint32_t *hint = &s->zone_hints[vm_zone_of (s, frame)];
  if (frame < *hint)
    vm_put_u32 (t, hint, frame);
}

/* The first of the highest free frames in a row; VM_NONE if there is no row. */
static uint32_t
highest_run (const struct vm_state *s, uint32_t count)
{
  uint32_t run = 0;

  for (uint32_t f = s->config.frames; f-- > s->free_hint;) {
    run = s->frames[f].role == VM_FRAME_FREE ? run + 1 : 0;
    if (run == count)
      return f;
  }
  return VM_NONE;
}

/* The first frame of the first block that suits a use, in the highest zone
 * that has one. The zones that have none are told, if a tape is given. */
static uint32_t
find_block (struct vm_tape *t, const struct vm_state *s,
            const struct vm_frame_use *use)
{
  uint32_t order = vm_buddy_order_of (use->count);

  for (uint32_t n = highest_zone (use) + 1; n-- > 0;) {
    enum vm_zone zone = (enum vm_zone) n;
    uint32_t from = vm_buddy_smallest (s, zone, order), first, end;
    if (from != VM_NONE)
      return vm_buddy_list_of (s, zone, from)->first;
    vm_zone_range (s, zone, &first, &end);
    if (t == NULL || first == end)
      continue;
    vm_step_leaf (t, VM_STEP_ZONE_TRY,
                  (uint64_t[VM_STEP_VALUES]){zone, order,
                                             vm_buddy_free (s, zone), 0,
                                             VM_ZONE_NO_BLOCK, VM_NONE});
    vm_put_u64 (t, &s->buddy_counts.fallbacks, s->buddy_counts.fallbacks + 1);
  }
  return VM_NONE;
}

/* A row for a use, wherever the machine's allocator looks. */
static uint32_t
find (struct vm_tape *t, const struct vm_state *s,
      const struct vm_frame_use *use)
{
  if (use->from_top)
    return highest_run (s, use->count);
  if (vm_buddy_on (s))
    return find_block (t, s, use);
  return find_run (s, use, use->count, lowest_run);
}

/* Free frames in a row are about to be given, or were given: their blocks are
 * split for them, and leave their lists. */
static void
open_blocks (struct vm_tape *t, const struct vm_state *s, uint32_t first,
             uint32_t count)
{
  if (vm_buddy_on (s))
    vm_buddy_open (t, s, first, count);
}

static void
close_blocks (struct vm_tape *t, const struct vm_state *s, uint32_t first,
              uint32_t count)
{
  uint32_t order = vm_buddy_order_of (count);

  if (!vm_buddy_on (s))
    return;
  vm_buddy_remove (t, s, first, count);
  if (order <= VM_BUDDY_MOST)
    vm_put_u64 (t, &s->buddy_counts.taken[order],
                s->buddy_counts.taken[order] + 1);
}

/* Records what frames in a row are used for, and makes them zero. */
static void
put_run (struct vm_tape *t, const struct vm_state *s, uint32_t first,
         const struct vm_frame_use *use)
{
  uint32_t shift = s->config.page_shift;
  struct vm_frame_use own = *use;

  for (uint32_t i = 0; i < use->count && !vm_tape_failed (t); i++) {
    put_record (t, &s->frames[first + i], &own, 1);
    vm_memory_zero (t, s, vm_frame_start (vm_frame_of (first + i), shift),
                    UINT64_C (1) << shift);
    own.level = 0;
    own.index = i + 1;
  }
}

uint32_t
vm_frames_find (const struct vm_state *s, const struct vm_frame_use *use)
{
  return s->free_count < use->count ? VM_NONE : find (NULL, s, use);
}

void
vm_frames_take_at (struct vm_tape *t, const struct vm_state *s,
                   const struct vm_frame_use *use, vm_frame frame)
{
  uint32_t first = (uint32_t) frame.v;

  open_blocks (t, s, first, use->count);
  vm_step_leaf (
      t, VM_STEP_FRAME_TAKE,
      (uint64_t[VM_STEP_VALUES]){first, use->role, use->level, use->owner});
  put_run (t, s, first, use);
  close_blocks (t, s, first, use->count);
  if (!use->from_top && use->count == 1 && !vm_buddy_on (s))
    raise_hint (t, s, first);
  vm_put_u32 (t, &s->free_count, s->free_count - use->count);
}

bool
vm_frames_take (struct vm_tape *t, const struct vm_state *s,
                const struct vm_frame_use *use, vm_frame *frame)
{
  uint32_t found = s->free_count < use->count ? VM_NONE : find (t, s, use);
  if (found == VM_NONE)
    return false;

  *frame = vm_frame_of (found);
  vm_frames_take_at (t, s, use, *frame);
  return true;
}

/* Frames in a row that begin at a multiple of their number. */
static uint32_t
find_aligned (struct vm_tape *t, const struct vm_state *s,
              const struct vm_frame_use *use, uint32_t count)
{
  struct vm_frame_use whole = *use;

  whole.count = count;
  return vm_buddy_on (s) ? find_block (t, s, &whole)
                         : find_run (s, use, count, aligned_run);
}

bool
vm_frames_take_run (struct vm_tape *t, const struct vm_state *s,
                    const struct vm_frame_use *use, uint32_t count,
                    vm_frame *first)
{
  uint32_t found = find_aligned (t, s, use, count);

  if (found == VM_NONE)
    return false;
  *first = vm_frame_of (found);
  open_blocks (t, s, found, count);
  vm_step_leaf (
      t, VM_STEP_FRAME_TAKE,
      (uint64_t[VM_STEP_VALUES]){found, use->role, use->level, use->owner});
  for (uint32_t f = found; f < found + count && !vm_tape_failed (t); f++) {
    put_record (t, &s->frames[f], use, 1);
    vm_memory_zero (t, s,
                    vm_frame_start (vm_frame_of (f), s->config.page_shift),
                    UINT64_C (1) << s->config.page_shift);
  }
  close_blocks (t, s, found, count);
  vm_put_u32 (t, &s->free_count, s->free_count - count);
  return true;
}

/* New pages begin on an inactive list: they must be used again to stay. */
static void
list_frame (struct vm_tape *t, const struct vm_state *s, uint32_t frame)
{
  if (s->frames[frame].flags & (VM_PAGE_ANON | VM_PAGE_FILE))
    vm_lru_join (t, s, frame, vm_lru_suits (s, frame, false));
}

void
vm_frames_name (struct vm_tape *t, const struct vm_state *s, vm_frame frame,
                uint32_t flags, uint32_t mapping, uint64_t offset)
{
  const struct vm_frame_record *record = &s->frames[frame.v];

  vm_put_u16 (t, &record->flags, (uint16_t) flags);
  vm_put_u32 (t, &record->mapping, mapping);
  vm_put_u64 (t, &record->offset, offset);
  if (s->reclaim.how == VM_RECLAIM_LINUX && s->links[frame.v].list == 0)
    list_frame (t, s, (uint32_t) frame.v);
  vm_set_filled (t, s, (uint32_t) frame.v);
}

void
vm_frames_retire (struct vm_tape *t, const struct vm_state *s, vm_frame frame)
{
  const struct vm_frame_link *link = &s->links[frame.v];

  if (s->reclaim.how == VM_RECLAIM_OFF)
    return;
  vm_lru_leave (t, s, (uint32_t) frame.v);
  vm_set_emptied (t, s, (uint32_t) frame.v);
  if (link->referenced)
    vm_put_u8 (t, &link->referenced, 0);
}

/* Where managed frames end in a run of count. */
static uint64_t
managed_end (const struct vm_state *s, vm_frame first, uint64_t count)
{
  uint64_t end = first.v + count;
  return end < s->config.frames ? end : s->config.frames;
}

/* A row of frames of which all are free, or none: where it ends. */
static uint64_t
row_end (const struct vm_state *s, uint64_t first, uint64_t end)
{
  bool free = s->frames[first].role == VM_FRAME_FREE;
  uint64_t f = first + 1;

  while (f < end && (s->frames[f].role == VM_FRAME_FREE) == free)
    f++;
  return f;
}

/* Somebody names frames himself: the free ones among them leave their
 * blocks. */
static void
pick_blocks (struct vm_tape *t, const struct vm_state *s, uint64_t first,
             uint64_t end,
             void (*pick) (struct vm_tape *, const struct vm_state *, uint32_t,
                           uint32_t))
{
  for (uint64_t f = first, next; f < end && !vm_tape_failed (t); f = next) {
    next = row_end (s, f, end);
    if (s->frames[f].role == VM_FRAME_FREE)
      pick (t, s, (uint32_t) f, (uint32_t) (next - f));
  }
}

void
vm_frames_get (struct vm_tape *t, const struct vm_state *s, vm_frame first,
               uint64_t count, uint32_t owner)
{
  uint64_t end = managed_end (s, first, count);
  uint32_t taken = 0;

  if (vm_buddy_on (s)) {
    pick_blocks (t, s, first.v, end, vm_buddy_open);
    pick_blocks (t, s, first.v, end, vm_buddy_remove);
  }
  for (uint64_t f = first.v; f < end && !vm_tape_failed (t); f++)
    taken += get_one (t, &s->frames[f], owner);
  if (taken > 0)
    vm_put_u32 (t, &s->free_count, s->free_count - taken);
}

/* Frames in a row became free: they become blocks, which merge once they are
 * counted. */
static void
free_row (struct vm_tape *t, const struct vm_state *s, uint64_t first,
          uint64_t end)
{
  if (vm_buddy_on (s) && first < end)
    vm_buddy_insert (t, s, (uint32_t) first, (uint32_t) (end - first));
}

/* Merges all blocks that begin in a range. */
static void
merge_blocks (struct vm_tape *t, const struct vm_state *s, uint64_t first,
              uint64_t end)
{
  if (!vm_buddy_on (s))
    return;
  for (uint64_t f = first, next; f < end && !vm_tape_failed (t); f = next) {
    next = row_end (s, f, end);
    if (s->frames[f].role == VM_FRAME_FREE)
      vm_buddy_merge (t, s, (uint32_t) f, (uint32_t) (next - f));
  }
}

void
vm_frames_put (struct vm_tape *t, const struct vm_state *s, vm_frame first,
               uint64_t count)
{
  uint64_t end = managed_end (s, first, count), row = first.v;
  uint32_t freed = 0;

  for (uint64_t f = first.v; f < end && !vm_tape_failed (t); f++) {
    if (put_one (t, s, (uint32_t) f) == 0) {
      free_row (t, s, row, f);
      row = f + 1;
      continue;
    }
    freed++;
    lower_hints (t, s, (uint32_t) f);
  }
  if (freed == 0)
    return;
  free_row (t, s, row, end);
  vm_put_u32 (t, &s->free_count, s->free_count + freed);
  merge_blocks (t, s, first.v, end);
}

void
vm_frames_free_table (struct vm_tape *t, const struct vm_state *s,
                      vm_frame first, uint64_t count)
{
  for (uint64_t f = first.v; f < first.v + count && !vm_tape_failed (t); f++) {
    put_record (t, &s->frames[f], &(struct vm_frame_use){.role = VM_FRAME_FREE},
                0);
    lower_hints (t, s, (uint32_t) f);
  }
  free_row (t, s, first.v, first.v + count);
  vm_put_u32 (t, &s->free_count, s->free_count + (uint32_t) count);
  merge_blocks (t, s, first.v, first.v + count);
}
