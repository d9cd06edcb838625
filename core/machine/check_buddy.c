/* The invariants of blocks, slabs and grants. */
#include "machine/check_buddy.h"

#include "mm/buddy.h"
#include "mm/slab.h"

static bool
broken (struct vm_check_report *report, const char *rule, uint64_t a,
        uint64_t b, uint64_t c)
{
  *report = (struct vm_check_report){.rule = rule, .a = a, .b = b, .c = c};
  return false;
}

/* What is in one list: its blocks name each other, and lie in its zone. Adds
 * their frames. */
static bool
check_list (const struct vm_state *s, enum vm_zone zone, uint32_t order,
            uint64_t *frames, struct vm_check_report *report)
{
  const struct vm_buddy_list *list = vm_buddy_list_of (s, zone, order);
  uint32_t first, end, before = 0, blocks = 0;

  vm_zone_range (s, zone, &first, &end);
  for (uint32_t f = list->first; f != 0; blocks++) {
    if (f < first || f >= end || end - f < 1u << order || f % (1u << order) != 0
        || blocks == list->blocks)
      return broken (report, "a block lies in its zone, aligned", f, order,
                     zone);
    const struct vm_buddy_block *block = vm_buddy_block_at (s, f, order);
    if (!block->free || block->previous != before)
      return broken (report, "blocks of a list name each other", f, before,
                     block->previous);
    before = f;
    f = block->next;
  }
  *frames += (uint64_t) blocks << order;
  if (blocks != list->blocks || list->last != before)
    return broken (report, "a list counts its blocks", blocks, list->blocks,
                   list->last);
  return true;
}

/* Each free frame is in one block; no other frame is in any. */
static bool
check_frames (const struct vm_state *s, struct vm_check_report *report)
{
  for (uint32_t f = 0; f < s->config.frames;) {
    uint32_t order, end;
    if (s->frames[f].role != VM_FRAME_FREE) {
      if (vm_buddy_holder (s, f, &order) != VM_NONE)
        return broken (report, "a frame in use is in no block", f, order, 0);
      f++;
      continue;
    }
    if (vm_buddy_holder (s, f, &order) != f)
      return broken (report, "a free frame is in a block", f, 0, 0);
    for (end = f + (1u << order); f < end; f++)
      if (s->frames[f].role != VM_FRAME_FREE)
        return broken (report, "all frames of a block are free", f, order, 0);
  }
  return true;
}

bool
vm_check_buddy_links (const struct vm_state *s, struct vm_check_report *report)
{
  uint64_t frames = 0;

  if (!vm_buddy_on (s))
    return true;
  for (uint32_t zone = 0; zone < VM_ZONES; zone++)
    for (uint32_t order = 0; order <= VM_BUDDY_MOST; order++)
      if (!check_list (s, (enum vm_zone) zone, order, &frames, report))
        return false;
  if (frames != s->free_count)
    return broken (report, "blocks hold all free frames", frames, s->free_count,
                   0);
  return check_frames (s, report);
}

/* Two free buddies of a zone would be one block. */
static bool
check_merged (const struct vm_state *s, enum vm_zone zone, uint32_t order,
              struct vm_check_report *report)
{
  uint32_t f = vm_buddy_list_of (s, zone, order)->first, first, end;

  vm_zone_range (s, zone, &first, &end);
  for (; f != 0; f = vm_buddy_block_at (s, f, order)->next) {
    uint32_t buddy = f ^ (1u << order);
    if (buddy >= first && buddy < end
        && vm_buddy_block_at (s, buddy, order)->free)
      return broken (report, "no two free buddies are apart", f, buddy, order);
  }
  return true;
}

static void
count_frames (const struct vm_state *s, uint32_t *refs, uint64_t first,
              uint32_t order)
{
  for (uint64_t f = first; f < first + (1u << order); f++)
    if (f < s->config.frames)
      refs[f]++;
}

/* A slab's objects are given out or in its list of free ones, none twice.
 * Somebody may have written over a free one; then the list is shorter. */
static bool
check_slab (const struct vm_state *s, uint32_t number,
            struct vm_check_report *report)
{
  const struct vm_slab_record *slab = &s->slabs[number];
  const struct vm_slab_cache *cache = &s->caches[slab->cache];
  uint32_t free = 0;

  for (uint64_t at = slab->free; at != 0 && free <= cache->objects; free++)
    at = vm_slab_next (s, number, at);
  if (slab->used + free > cache->objects)
    return broken (report, "a slab's objects are given or free", number,
                   slab->used, free);
  if (vm_slab_of (s, vm_frame_start (vm_frame_of (slab->frame), VM_PAGE_SHIFT))
      != number)
    return broken (report, "a slab's first frame names it", number, slab->frame,
                   0);
  enum vm_slab_state state = vm_slab_state_of (s, number);
  bool listed = state == VM_SLAB_PARTIAL || state == VM_SLAB_EMPTY;
  if (listed != (slab->listed != 0))
    return broken (report, "partial slabs are in their list", number, state,
                   slab->listed);
  return true;
}

/* Adds up the slabs of a cache. */
static bool
check_cache (const struct vm_state *s, uint32_t index,
             struct vm_check_report *report)
{
  const struct vm_slab_cache *cache = &s->caches[index];
  uint32_t slabs = 0, partial = 0, before = 0;
  uint64_t used = 0;

  for (uint32_t i = 1; i <= s->slab_end; i++) {
    if (s->slabs[i].frame == 0 || s->slabs[i].cache != index)
      continue;
    slabs++;
    used += s->slabs[i].used;
    if (!check_slab (s, i, report))
      return false;
  }
  for (uint32_t i = cache->first; i != 0 && partial <= cache->partial;
       i = s->slabs[i].next, partial++) {
    if (s->slabs[i].previous != before || !s->slabs[i].listed)
      return broken (report, "partial slabs name each other", i, before, 0);
    before = i;
  }
  if (slabs != cache->slabs || used != cache->used || partial != cache->partial
      || before != cache->last)
    return broken (report, "a cache counts its slabs and objects", index, slabs,
                   used);
  return true;
}

/* What was given has its frames, and its bytes are added up. */
static bool
check_grants (const struct vm_state *s, uint32_t *refs,
              struct vm_check_report *report)
{
  uint64_t asked[VM_SLAB_CACHES] = {0}, used[VM_SLAB_CACHES] = {0};

  for (uint32_t i = 1; i <= s->grant_end; i++) {
    const struct vm_grant *grant = &s->grants[i];
    vm_paddr pa = vm_paddr_of (grant->address);
    if (grant->kind == VM_GRANT_PAGES || grant->kind == VM_GRANT_LARGE)
      count_frames (s, refs, pa.v >> s->config.page_shift, grant->order);
    if (grant->kind != VM_GRANT_OBJECT)
      continue;
    if (grant->order == 0 || vm_slab_of (s, pa) != grant->order
        || vm_slab_index (s, grant->order, pa) == VM_NONE)
      return broken (report, "an object that was given lies in its slab", i,
                     pa.v, grant->order);
    asked[s->slabs[grant->order].cache] += grant->asked;
    used[s->slabs[grant->order].cache]++;
  }
  for (uint32_t i = 0; i < VM_SLAB_CACHES; i++)
    if (asked[i] != s->caches[i].asked || used[i] != s->caches[i].used)
      return broken (report, "a cache counts what was given", i, asked[i],
                     used[i]);
  return true;
}

bool
vm_check_buddy_counts (const struct vm_state *s, uint32_t *refs,
                       struct vm_check_report *report)
{
  if (!vm_buddy_on (s))
    return true;
  for (uint32_t zone = 0; zone < VM_ZONES; zone++)
    for (uint32_t order = 0; order < VM_BUDDY_MOST; order++)
      if (!check_merged (s, (enum vm_zone) zone, order, report))
        return false;
  for (uint32_t i = 1; i <= s->slab_end; i++)
    if (s->slabs[i].frame != 0)
      count_frames (s, refs, s->slabs[i].frame,
                    s->caches[s->slabs[i].cache].order);
  for (uint32_t i = 0; i < VM_SLAB_CACHES; i++)
    if (!check_cache (s, i, report))
      return false;
  return check_grants (s, refs, report);
}
