/* Keeps free frames in blocks. */
#include "mm/buddy.h"

static const struct vm_buddy_list *
list_of (const struct vm_state *s, uint32_t frame, uint32_t order)
{
  return vm_buddy_list_of (s, vm_zone_of (s, frame), order);
}

static bool
is_free (const struct vm_state *s, uint32_t frame, uint32_t order)
{
  return vm_buddy_block_at (s, frame, order)->free != 0;
}

/* What stands before a block, or begins the list, names another one; and what
 * stands behind. */
static void
put_next (struct vm_tape *t, const struct vm_state *s,
          const struct vm_buddy_list *list, uint32_t order, uint32_t before,
          uint32_t frame)
{
  vm_put_u32 (t,
              before == 0 ? &list->first
                          : &vm_buddy_block_at (s, before, order)->next,
              frame);
}

static void
put_previous (struct vm_tape *t, const struct vm_state *s,
              const struct vm_buddy_list *list, uint32_t order, uint32_t behind,
              uint32_t frame)
{
  vm_put_u32 (t,
              behind == 0 ? &list->last
                          : &vm_buddy_block_at (s, behind, order)->previous,
              frame);
}

/* A block joins its list between two others. */
static void
join (struct vm_tape *t, const struct vm_state *s, uint32_t frame,
      uint32_t order, bool at_end)
{
  const struct vm_buddy_list *list = list_of (s, frame, order);
  const struct vm_buddy_block *block = vm_buddy_block_at (s, frame, order);
  uint32_t before = at_end ? list->last : 0;
  uint32_t behind = at_end ? 0 : list->first;

  vm_put_u32 (t, &block->previous, before);
  vm_put_u32 (t, &block->next, behind);
  vm_put_u32 (t, &block->free, 1);
  put_next (t, s, list, order, before, frame);
  put_previous (t, s, list, order, behind, frame);
  vm_put_u32 (t, &list->blocks, list->blocks + 1);
}

static void
leave (struct vm_tape *t, const struct vm_state *s, uint32_t frame,
       uint32_t order)
{
  const struct vm_buddy_list *list = list_of (s, frame, order);
  const struct vm_buddy_block *block = vm_buddy_block_at (s, frame, order);

  put_next (t, s, list, order, block->previous, block->next);
  put_previous (t, s, list, order, block->next, block->previous);
  vm_put_u32 (t, &block->previous, 0);
  vm_put_u32 (t, &block->next, 0);
  vm_put_u32 (t, &block->free, 0);
  vm_put_u32 (t, &list->blocks, list->blocks - 1);
}

/* A block becomes two, the lower one first in the list of both. */
static void
split (struct vm_tape *t, const struct vm_state *s, uint32_t frame,
       uint32_t order)
{
  leave (t, s, frame, order);
  join (t, s, frame + (1u << (order - 1)), order - 1, false);
  join (t, s, frame, order - 1, false);
}

/* The block, of at most an order, that a frame begins in a run of frames. */
static uint32_t
fitting_order (const struct vm_state *s, uint32_t frame, uint64_t end)
{
  uint32_t order = 0;

  while (order < VM_BUDDY_MOST && frame % (2u << order) == 0
         && frame + (UINT64_C (2) << order) <= end
         && vm_zone_of (s, frame) == vm_zone_of (s, frame + (2u << order) - 1))
    order++;
  return order;
}

/* Would a block soon be part of a larger one? Its buddy's other half is free
 * already: it is given last (buddy_merge_likely). */
static bool
may_merge_soon (const struct vm_state *s, uint32_t frame, uint32_t order)
{
  if (order + 1 >= VM_BUDDY_MOST)
    return false;
  uint32_t pair = frame & ~((2u << order) - 1);
  uint32_t other = pair ^ (2u << order);
  return other < s->config.frames && is_free (s, other, order + 1);
}

/* Merges a block once more, if its buddy is free, too. */
static bool
merge_once (struct vm_tape *t, const struct vm_state *s, uint32_t *frame,
            uint32_t *order, bool told)
{
  uint32_t size = 1u << *order, buddy = *frame ^ size;
  uint32_t lower = *frame & ~size, upper = *frame | size;

  if (*order == VM_BUDDY_MOST || buddy >= s->config.frames
      || !is_free (s, buddy, *order)
      || vm_zone_of (s, buddy) != vm_zone_of (s, *frame))
    return false;
  if (told) {
    vm_step_leaf (t, VM_STEP_BLOCK_MERGE,
                  (uint64_t[VM_STEP_VALUES]){lower, upper, *order + 1,
                                             vm_zone_of (s, lower)});
    vm_put_u64 (t, &s->buddy_counts.merges, s->buddy_counts.merges + 1);
  }
  leave (t, s, lower, *order);
  leave (t, s, upper, *order);
  *frame = lower;
  *order += 1;
  join (t, s, lower, *order, false);
  return true;
}

/* Merges what blocks begin in a run of frames. */
static void
merge (struct vm_tape *t, const struct vm_state *s, uint32_t first,
       uint32_t count, bool told)
{
  uint64_t end = (uint64_t) first + count;

  for (uint64_t at = first; at < end && !vm_tape_failed (t);) {
    uint32_t order, frame = vm_buddy_holder (s, (uint32_t) at, &order);
    while (merge_once (t, s, &frame, &order, told))
      ;
    if (may_merge_soon (s, frame, order)) {
      leave (t, s, frame, order);
      join (t, s, frame, order, true);
    }
    at = (uint64_t) frame + (1u << order);
  }
}

/* Takes one frame out of whatever block it is in. */
static void
cut_out (struct vm_tape *t, const struct vm_state *s, uint32_t frame,
         uint32_t holder, uint32_t order)
{
  while (order > 0) {
    split (t, s, holder, order--);
    holder |= frame & (1u << order);
  }
  leave (t, s, holder, 0);
}

uint32_t
vm_buddy_order_of (uint64_t frames)
{
  uint32_t order = 0;

  while (order <= VM_BUDDY_MOST && frames > UINT64_C (1) << order)
    order++;
  return order;
}

void
vm_buddy_begin (struct vm_tape *t, const struct vm_state *s)
{
  uint32_t end = s->config.frames;

  vm_put_u32 (t, &s->config.buddy, 1);
  for (uint32_t frame = 1; frame < end && !vm_tape_failed (t);) {
    uint32_t order = fitting_order (s, frame, end);
    join (t, s, frame, order, true);
    frame += 1u << order;
  }
  if (s->window_count > 0)
    vm_buddy_follow (t, s);
}

uint32_t
vm_buddy_smallest (const struct vm_state *s, enum vm_zone zone, uint32_t order)
{
  for (; order <= VM_BUDDY_MOST; order++)
    if (vm_buddy_list_of (s, zone, order)->blocks > 0)
      return order;
  return VM_NONE;
}

uint32_t
vm_buddy_holder (const struct vm_state *s, uint32_t frame, uint32_t *order)
{
  for (*order = 0; *order <= VM_BUDDY_MOST; *order += 1) {
    uint32_t first = frame & ~((1u << *order) - 1);
    if (is_free (s, first, *order))
      return first;
  }
  return VM_NONE;
}

void
vm_buddy_open (struct vm_tape *t, const struct vm_state *s, uint32_t first,
               uint32_t count)
{
  uint64_t end = (uint64_t) first + count;

  for (uint64_t at = first; at < end && !vm_tape_failed (t);) {
    uint32_t order, frame = vm_buddy_holder (s, (uint32_t) at, &order);
    uint64_t behind = (uint64_t) frame + (1u << order);
    if (frame == at && behind <= end) {
      at = behind;
      continue;
    }
    vm_step_leaf (t, VM_STEP_BLOCK_SPLIT,
                  (uint64_t[VM_STEP_VALUES]){frame, frame + (1u << order) / 2,
                                             order, vm_zone_of (s, frame)});
    vm_put_u64 (t, &s->buddy_counts.splits, s->buddy_counts.splits + 1);
    split (t, s, frame, order);
  }
}

void
vm_buddy_remove (struct vm_tape *t, const struct vm_state *s, uint32_t first,
                 uint32_t count)
{
  uint64_t end = (uint64_t) first + count;

  for (uint64_t at = first; at < end && !vm_tape_failed (t);) {
    uint32_t order, frame = vm_buddy_holder (s, (uint32_t) at, &order);
    leave (t, s, frame, order);
    at += UINT64_C (1) << order;
  }
}

void
vm_buddy_insert (struct vm_tape *t, const struct vm_state *s, uint32_t first,
                 uint32_t count)
{
  uint64_t end = (uint64_t) first + count;

  for (uint64_t at = first; at < end && !vm_tape_failed (t);) {
    uint32_t order = fitting_order (s, (uint32_t) at, end);
    join (t, s, (uint32_t) at, order, false);
    at += UINT64_C (1) << order;
  }
}

void
vm_buddy_merge (struct vm_tape *t, const struct vm_state *s, uint32_t first,
                uint32_t count)
{
  merge (t, s, first, count, true);
}

void
vm_buddy_follow (struct vm_tape *t, const struct vm_state *s)
{
  for (uint32_t f = 0; f < s->config.frames && !vm_tape_failed (t); f++) {
    bool free = s->frames[f].role == VM_FRAME_FREE;
    uint32_t order, holder = vm_buddy_holder (s, f, &order);
    if (free == (holder != VM_NONE))
      continue;
    if (!free) {
      cut_out (t, s, f, holder, order);
      continue;
    }
    join (t, s, f, 0, false);
    merge (t, s, f, 1, false);
  }
}

uint32_t
vm_buddy_withdraw (struct vm_tape *t, const struct vm_state *s, uint32_t first,
                   uint32_t end)
{
  uint32_t lowest = first;

  for (uint32_t at = first; at < end && !vm_tape_failed (t);) {
    uint32_t order, frame = vm_buddy_holder (s, at, &order);
    if (frame == VM_NONE) {
      at++;
      continue;
    }
    lowest = frame < lowest ? frame : lowest;
    leave (t, s, frame, order);
    at = frame + (1u << order);
  }
  return lowest;
}

void
vm_buddy_rejoin (struct vm_tape *t, const struct vm_state *s, uint32_t first,
                 uint32_t end)
{
  uint32_t order, count;

  for (uint32_t at = first; at < end && !vm_tape_failed (t); at += count + 1) {
    for (count = 0; at + count < end
                    && s->frames[at + count].role == VM_FRAME_FREE
                    && vm_buddy_holder (s, at + count, &order) == VM_NONE;)
      count++;
    vm_buddy_insert (t, s, at, count);
  }
}

uint64_t
vm_buddy_free (const struct vm_state *s, enum vm_zone zone)
{
  uint64_t frames = 0;

  for (uint32_t order = 0; order <= VM_BUDDY_MOST; order++)
    frames += (uint64_t) vm_buddy_list_of (s, zone, order)->blocks << order;
  return frames;
}

/* Blocks of an order that a zone's free blocks could be cut into. */
static uint64_t
suitable (const struct vm_state *s, enum vm_zone zone, uint32_t order)
{
  uint64_t blocks = 0;

  for (uint32_t k = order; k <= VM_BUDDY_MOST; k++)
    blocks += (uint64_t) vm_buddy_list_of (s, zone, k)->blocks << (k - order);
  return blocks;
}

int32_t
vm_buddy_fragmentation (const struct vm_state *s, enum vm_zone zone,
                        uint32_t order)
{
  uint64_t blocks = 0;

  for (uint32_t k = 0; k <= VM_BUDDY_MOST; k++)
    blocks += vm_buddy_list_of (s, zone, k)->blocks;
  if (blocks == 0)
    return 0;
  if (suitable (s, zone, order) > 0)
    return -1000;
  uint64_t needed = vm_buddy_free (s, zone) * 1000 / (UINT64_C (1) << order);
  return 1000 - (int32_t) ((1000 + needed) / blocks);
}

uint32_t
vm_buddy_unusable (const struct vm_state *s, enum vm_zone zone, uint32_t order)
{
  uint64_t frames = vm_buddy_free (s, zone);

  if (frames == 0)
    return 1000;
  return (uint32_t) ((frames - (suitable (s, zone, order) << order)) * 1000
                     / frames);
}
