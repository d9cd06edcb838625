/* Goes past accesses for what lies in memory and in TLBs alone. */
#include "replay/skim.h"

#include <stdlib.h>

#include "mm/space.h"
#include "mmu/cpu.h"
#include "replay/ahead.h"

/* Accesses that are looked up before the first of them is gone through. */
#define BATCH 64u

static struct vm_page *
page_of (const struct vm_replay *r, uint32_t number)
{
  return &r->pages.page[number];
}

static size_t
at_most (size_t count, size_t most)
{
  return count < most ? count : most;
}

/* Beginning ---------------------------------------------------------------- */

void
vm_player_free_sketches (struct vm_replay *r)
{
  for (uint32_t i = 0; i < VM_SKETCHES; i++)
    vm_sketch_done (&r->sketches[i]);
  for (uint32_t unit = 0; unit < VM_PLAYER_UNITS; unit++)
    vm_depth_done (&r->depths[unit]);
  free (r->frames);
  r->frames = NULL;
}

/* TLBs are numbered alike as units and as sketches. */
static bool
begin (struct vm_replay *r, struct vm_error *error)
{
  if (r->skimming)
    return true;

  r->frames = calloc (r->pool_config.frames, sizeof *r->frames);
  bool enough = r->frames != NULL;
  for (uint32_t i = 0; i < VM_SKETCHES; i++) {
    struct vm_tlb tlb = vm_tlb_of (r->state, 0, (enum vm_tlb_unit) i);
    enough = enough && vm_sketch_init (&r->sketches[i], &tlb, i);
    if (r->config.causes && i < VM_PLAYER_UNITS)
      enough = enough && vm_depth_init (&r->depths[i], tlb.sets * tlb.ways, i);
  }
  r->skimming = enough;
  if (!enough)
    vm_error_set (error, VM_ERROR_OUT_OF_MEMORY, NULL);
  return enough;
}

/* TLBs --------------------------------------------------------------------- */

static bool
has_depth (const struct vm_replay *r, uint32_t unit)
{
  return r->depths[unit].entries != 0;
}

/* A TLB, or what it had thrown out, loses the page in a frame otherwise than
 * for lack of room. */
static void
note_drop (struct vm_replay *r, uint32_t unit, struct vm_sketch_frame *frame)
{
  if (has_depth (r, unit) && vm_depth_forget (&r->depths[unit], frame))
    page_of (r, frame->page)->dropped |= (uint8_t) (1u << unit);
}

void
vm_player_empty_sketches (struct vm_replay *r)
{
  for (uint32_t unit = 0; unit < VM_PLAYER_UNITS; unit++) {
    const struct vm_depth *depth = &r->depths[unit];
    uint32_t node;
    while (has_depth (r, unit) && (node = vm_depth_before (depth, 0)) != 0)
      note_drop (r, unit, &r->frames[depth->nodes[node].frame]);
  }
  for (uint32_t i = 0; i < VM_SKETCHES; i++)
    vm_sketch_empty (&r->sketches[i], r->frames);
}

/* The page in a frame leaves memory, and with it the TLBs. */
static void
forget (struct vm_replay *r, struct vm_sketch_frame *frame)
{
  struct vm_page *page = page_of (r, frame->page);

  /* Nothing waits for it: most often that page was used long ago. */
  page->frame = 0;
  for (uint32_t i = 0; i < VM_SKETCHES; i++)
    if (frame->place[i] != 0)
      vm_sketch_drop (&r->sketches[i], frame, page->key);
  for (uint32_t unit = 0; unit < VM_PLAYER_UNITS; unit++)
    note_drop (r, unit, frame);
}

/* The first level misses: why? */
static enum vm_miss
explain (struct vm_replay *r, uint32_t unit, struct vm_page *page)
{
  uint8_t bit = (uint8_t) (1u << unit);

  if (!(page->seen & bit))
    return VM_MISS_COLD;
  if (page->dropped & bit) {
    page->dropped &= (uint8_t) ~bit;
    return VM_MISS_DROPPED;
  }
  if (page->frame == 0)
    return VM_MISS_CAPACITY;
  return vm_depth_ask (&r->depths[unit], &r->frames[page->frame - 1]);
}

/* The second level, if there is one, is asked for the page in a frame, and gets
 * it. True if it had it. */
static bool
ask_second (struct vm_replay *r, uint64_t key, uint32_t frame, uint64_t now)
{
  const struct vm_counters *c = &r->state->counters;
  struct vm_sketch *second = &r->sketches[VM_TLB_SECOND];
  uint32_t way = r->frames[frame].place[VM_TLB_SECOND];
  if (second->tlb.sets == 0)
    return false;

  vm_count (NULL, way != 0 ? &c->stlb_hits : &c->stlb_misses);
  if (way != 0)
    vm_sketch_use (second, key, way, now);
  else
    vm_sketch_fill (second, r->frames, key, frame, now);
  return way != 0;
}

/* The first level missed the page in a frame, and gets it. */
static void
fill (struct vm_replay *r, uint32_t unit, struct vm_page *page, uint64_t now)
{
  const struct vm_counters *c = &r->state->counters;
  uint32_t frame = page->frame - 1;

  if (unit == VM_TLB_CODE)
    vm_count (NULL, &c->itlb_misses);
  if (!ask_second (r, page->key, frame, now))
    vm_count (NULL, &c->tlb_misses);
  uint32_t out
      = vm_sketch_fill (&r->sketches[unit], r->frames, page->key, frame, now);
  if (!has_depth (r, unit))
    return;
  page->seen |= (uint8_t) (1u << unit);
  if (out != VM_NONE)
    vm_depth_throw (&r->depths[unit], r->frames, out);
  vm_depth_use (&r->depths[unit], r->frames, frame, now);
}

/* Faults ------------------------------------------------------------------- */

/* Makes the tables that a page needs when it is first loaded, and notes where
 * its entry will lie. */
static bool
reach (struct vm_replay *r, struct vm_page *page, struct vm_error *error)
{
  const struct vm_geometry *g = r->geometry;
  vm_frame table;
  struct vm_mapping mapping = {
      .process = r->tallies[page->key & 0xfff].index,
      .va = vm_vaddr_of (page->key >> 12 << g->page_shift),
      .shift = g->page_shift,
      .writable = true,
      .executable = true,
      .user = true,
  };

  if (vm_player_empties_tlbs (r, mapping.va))
    vm_player_empty_sketches (r);
  if (!vm_space_reach (NULL, r->state, &mapping, &table, error))
    return false;
  page->entry
      = vm_geometry_entry (g, table, vm_geometry_index (g, 1, mapping.va)).v;
  return true;
}

/* Puts a page into a frame, and the page thrown out of it where it goes. */
static bool
load (struct vm_replay *r, uint32_t number, struct vm_reference reference,
      struct vm_error *error)
{
  struct vm_page *page = page_of (r, number);
  struct vm_eviction victim;
  bool again = page->window != 0;
  uint32_t frame = vm_policy_fault (NULL, r->pool_config.policy, &r->pool,
                                    reference, &victim);

  if (victim.evicted && r->config.frames == VM_REPLAY_ALL_FRAMES) {
    vm_error_set (error, VM_ERROR_OUT_OF_FRAMES, NULL);
    return false;
  }
  r->stats.faults++;
  r->stats.minor += !again;
  r->stats.major += again;
  if (victim.evicted) {
    forget (r, &r->frames[frame]);
    r->stats.evictions++;
    r->stats.writebacks += victim.dirty;
  }
  r->frames[frame].page = number;
  page->frame = frame + 1;
  page->window = 1;
  return again || reach (r, page, error);
}

/* The first level has not the page. Loads it if it is not in memory. */
static bool
miss (struct vm_replay *r, uint32_t unit, uint32_t number,
      struct vm_reference reference, uint64_t now, struct vm_error *error)
{
  struct vm_page *page = page_of (r, number);

  if (r->config.causes)
    r->stats.causes[explain (r, unit, page)]++;
  if (page->frame == 0 && !load (r, number, reference, error))
    return false;
  fill (r, unit, page, now);
  return true;
}

/* Going -------------------------------------------------------------------- */

/* A visit is an access as the number of its page << 2 | its kind. Goes through
 * some, all of the process that runs. */
VM_ALWAYS_INLINE bool
go_with (struct vm_replay *r, enum vm_policy policy, const uint32_t *visits,
         const uint32_t *next, size_t count, struct vm_error *error)
{
  const struct vm_counters *c = &r->state->counters;
  const struct vm_pool pool = r->pool;
  const struct vm_sketch_frame *frames = r->frames;
  bool split = r->config.itlb_sets != 0, causes = r->config.causes;
  uint64_t now = c->tick;

  for (size_t i = 0; i < count; i++) {
    uint32_t number = visits[i] >> 2;
    const struct vm_page *page = page_of (r, number);
    uint32_t unit = split && (visits[i] & 3) == VM_FETCH, frame = page->frame;
    uint32_t way = frame != 0 ? frames[frame - 1].place[unit] : 0;
    struct vm_reference reference
        = {.page = page->key,
           .next = next != NULL && next[i] != UINT32_MAX ? next[i] : VM_NEVER,
           .write = visits[i] & 1};
    r->stats.accesses++;
    now++;
    if (way != 0)
      vm_sketch_use (&r->sketches[unit], page->key, way, now);
    else if (!miss (r, unit, number, reference, now, error))
      return false;
    if (way != 0 && causes)
      vm_depth_use (&r->depths[unit], r->frames, frame - 1, now);
    if (frame != 0)
      vm_policy_hit (NULL, policy, &pool, frame - 1, reference);
  }
  vm_put_u64 (NULL, &c->tick, now);
  return true;
}

/* A loop for each policy. */
static bool
go_policy (struct vm_replay *r, const uint32_t *visits, const uint32_t *next,
           size_t count, struct vm_error *error)
{
  enum vm_policy policy = r->pool_config.policy;

  if (policy == VM_POLICY_FIFO)
    return go_with (r, VM_POLICY_FIFO, visits, NULL, count, error);
  if (policy == VM_POLICY_LRU)
    return go_with (r, VM_POLICY_LRU, visits, NULL, count, error);
  if (policy == VM_POLICY_OPT)
    return go_with (r, VM_POLICY_OPT, visits, next, count, error);
  return go_with (r, policy, visits, NULL, count, error);
}

/* An access hits or misses, and is one of instructions or is not. */
static bool
go (struct vm_replay *r, const uint32_t *visits, const uint32_t *next,
    size_t count, struct vm_error *error)
{
  const struct vm_counters *c = &r->state->counters;
  uint64_t misses = c->tlb_misses, code_misses = c->itlb_misses, code = 0;

  if (!go_policy (r, visits, next, count, error))
    return false;
  vm_put_u64 (NULL, &c->tlb_hits,
              c->tlb_hits + count - (c->tlb_misses - misses));
  for (size_t i = 0; i < count && r->config.itlb_sets != 0; i++)
    code += (visits[i] & 3) == VM_FETCH;
  vm_put_u64 (NULL, &c->itlb_hits,
              c->itlb_hits + code - (c->itlb_misses - code_misses));
  return true;
}

/* Has the host fetch what the policy keeps of pages. */
static void
fetch_frames (const struct vm_replay *r, const uint32_t *visits, size_t count)
{
  if (r->pages.count <= VM_AHEAD_FEW_PAGES)
    return;
  for (size_t i = 0; i < count; i++) {
    uint32_t frame = page_of (r, visits[i] >> 2)->frame;
    if (frame != 0) {
      __builtin_prefetch (&r->pool.frames[frame - 1]);
      __builtin_prefetch (&r->frames[frame - 1]);
    }
    if (frame != 0 && r->pool.ranks != NULL)
      __builtin_prefetch (&r->pool.ranks[frame - 1]);
  }
}

/* Records ------------------------------------------------------------------ */

/* Numbers a new page. VM_NONE and *error if there is no such address, or no
 * memory. */
static uint32_t
add_page (struct vm_replay *r, uint64_t key, vm_vaddr va,
          struct vm_error *error)
{
  if (!vm_geometry_canonical (r->geometry, va)) {
    vm_error_set_range (error, VM_ERROR_NOT_AN_ADDRESS, "va", va.v, 0, 0);
    return VM_NONE;
  }
  uint32_t number = vm_pages_add (&r->pages, key);
  if (number == VM_NONE)
    vm_error_set (error, VM_ERROR_OUT_OF_MEMORY, NULL);
  return number;
}

/* Makes visits of the first of some records. Returns how many it could. */
static size_t
look_up (struct vm_replay *r, const vm_record *records, size_t count,
         uint32_t *visits, struct vm_error *error)
{
  uint64_t latest = UINT64_MAX;
  uint32_t number = VM_NONE;
  size_t some = at_most (count, BATCH);

  for (size_t i = 0; i < some; i++) {
    if (i % VM_AHEAD == 0)
      vm_ahead_fetch (r, records + i, count - i, false);
    uint64_t va = vm_record_va (records[i]);
    uint64_t key = vm_page_key (va >> r->geometry->page_shift, r->current);
    /* The page of the access before needs no search. */
    if (key != latest)
      number = vm_pages_find (&r->pages, key);
    if (number == VM_NONE)
      number = add_page (r, key, vm_vaddr_of (va), error);
    if (number == VM_NONE)
      return i;
    latest = key;
    visits[i] = number << 2 | (uint32_t) (records[i] & 3);
  }
  return some;
}

bool
vm_replay_skim (struct vm_replay *r, const vm_record *records,
                const uint32_t *next, size_t count, struct vm_error *error)
{
  uint32_t visits[BATCH];
  size_t known;

  if (!begin (r, error))
    return false;
  for (size_t i = 0; i < count; i += known) {
    known = look_up (r, records + i, count - i, visits, error);
    fetch_frames (r, visits, known);
    if (!go (r, visits, next != NULL ? next + i : NULL, known, error))
      return false;
    if (known < at_most (count - i, BATCH)) {
      r->stats.accesses++;
      return false;
    }
  }
  return true;
}

/* A whole trace -------------------------------------------------------------
 */

/* How many visits are of the process of the first, which runs then. Pages are
 * numbered there as here, for they appear in one order. */
static size_t
meet (struct vm_replay *r, const struct vm_future *future,
      const uint32_t *visits, size_t count, struct vm_error *error)
{
  uint32_t process = vm_future_process (future, visits[0] >> 2);
  size_t i;

  if (!vm_replay_switch (r, process, error))
    return 0;
  for (i = 0; i < count; i++) {
    uint32_t number = visits[i] >> 2;
    uint64_t key = number < r->pages.count ? page_of (r, number)->key
                                           : vm_future_key (future, number);
    if ((key & 0xfff) != r->current)
      break;
    vm_vaddr va = vm_vaddr_of (key >> 12 << r->geometry->page_shift);
    if (number == r->pages.count && add_page (r, key, va, error) == VM_NONE)
      return i;
  }
  return i;
}

/* The same for visits that are kept as such. */
static void
fetch_pages (const struct vm_replay *r, const uint32_t *visits, size_t count)
{
  for (size_t i = 0; i < count; i++)
    if (visits[i] >> 2 < r->pages.count)
      __builtin_prefetch (page_of (r, visits[i] >> 2));
}

bool
vm_replay_skim_kept (struct vm_replay *r, const struct vm_future *future,
                     uint64_t count, struct vm_error *error)
{
  const uint32_t *visits, *next;
  size_t there;

  if (!begin (r, error))
    return false;
  while (
      count > 0
      && (there = vm_future_block (future, r->stats.accesses, &visits, &next))
             > 0) {
    size_t some = at_most (at_most (there, BATCH), count);
    fetch_pages (r, visits + some, at_most (there - some, BATCH));
    some = meet (r, future, visits, some, error);
    if (some == 0) {
      r->stats.accesses++;
      return false;
    }
    fetch_frames (r, visits, some);
    if (!go (r, visits, next, some, error))
      return false;
    count -= some;
  }
  return true;
}
