/* Goes past accesses for what lies in memory alone. */
#include "replay/skim.h"

#include "mm/space.h"
#include "mmu/cpu.h"
#include "replay/ahead.h"

/* Skimming ----------------------------------------------------------------- */

/* The page of the access before, which most often is that of the next. */
struct latest {
  uint64_t key;
  uint32_t number;
};

/* The number of a page, which may be new. VM_NONE and *error if there is no
 * such address, or no memory. */
static uint32_t
number_of (struct vm_replay *r, uint64_t key, vm_vaddr va,
           struct vm_error *error)
{
  uint32_t number = vm_pages_find (&r->pages, key);
  if (number != VM_NONE)
    return number;

  if (!vm_geometry_canonical (r->geometry, va)) {
    vm_error_set_range (error, VM_ERROR_NOT_AN_ADDRESS, "va", va.v, 0, 0);
    return VM_NONE;
  }
  number = vm_pages_add (&r->pages, key);
  if (number == VM_NONE)
    vm_error_set (error, VM_ERROR_OUT_OF_MEMORY, NULL);
  return number;
}

/* Puts a page into a frame. Until the page tables are made its `entry` says
 * which: the frame + 1. */
static bool
load (struct vm_replay *r, uint32_t number, struct vm_reference reference,
      struct vm_error *error)
{
  struct vm_eviction victim;
  bool again = r->pages.page[number].window != 0;
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
    r->pages.page[r->page_in[frame]].entry = 0;
    r->stats.evictions++;
    r->stats.writebacks += victim.dirty;
  }
  r->page_in[frame] = number;
  r->pages.page[number].entry = frame + 1;
  r->pages.page[number].window = 1;
  return true;
}

static bool
skim (struct vm_replay *r, struct latest *latest, vm_record record,
      uint64_t next, struct vm_error *error)
{
  uint64_t va = vm_record_va (record);
  uint64_t key = vm_page_key (va >> r->geometry->page_shift, r->current);

  if (latest->number == VM_NONE || key != latest->key) {
    latest->number = number_of (r, key, vm_vaddr_of (va), error);
    latest->key = key;
    if (latest->number == VM_NONE)
      return false;
  }
  struct vm_reference reference = {
      .page = key, .next = next, .write = vm_record_kind (record) == VM_WRITE};
  uint64_t frame = r->pages.page[latest->number].entry;
  if (frame == 0)
    return load (r, latest->number, reference, error);
  vm_policy_hit (NULL, r->pool_config.policy, &r->pool, (uint32_t) frame - 1,
                 reference);
  return true;
}

bool
vm_replay_skim (struct vm_replay *r, const vm_record *records,
                const uint32_t *next, size_t count, struct vm_error *error)
{
  struct latest latest = {.number = VM_NONE};

  r->skimming = r->watching = true;
  for (size_t i = 0; i < count; i++) {
    if (i % VM_AHEAD == 0)
      vm_ahead_fetch (r, records + i, count - i, false);
    uint64_t later = next != NULL && next[i] != UINT32_MAX ? next[i] : VM_NEVER;
    r->stats.accesses++;
    if (!skim (r, &latest, records[i], later, error))
      return false;
  }
  return true;
}

/* Settling ----------------------------------------------------------------- */

/* Nothing is known of any page but where it lies. */
static void
forget_pages (struct vm_replay *r)
{
  for (uint32_t i = 0; i < r->pages.count; i++) {
    r->pages.page[i].entry = 0;
    r->pages.page[i].seen = 0;
  }
}

/* Maps the page in a frame, and touches it as it was touched. */
static bool
settle_frame (struct vm_replay *r, uint32_t frame, struct vm_error *error)
{
  const struct vm_state *s = r->state;
  uint64_t key = r->pool.pages[frame];
  uint32_t shift = r->geometry->page_shift;
  struct vm_mapping mapping = {
      .process = r->tallies[key & 0xfff].index,
      .va = vm_vaddr_of (key >> 12 << shift),
      .frame = vm_frame_of (r->first_frame + frame),
      .shift = shift,
      .writable = true,
      .executable = true,
      .user = true,
  };
  struct vm_access access
      = {.va = mapping.va,
         .kind = r->pool.frames[frame].dirty ? VM_WRITE : VM_READ,
         .mode = VM_USER_MODE};
  struct vm_tlb tlb = vm_tlb_of (s, 0, VM_TLB_DATA);
  struct vm_fault none;

  if (!vm_space_map (NULL, s, &mapping, error))
    return false;
  vm_cpu_switch (NULL, s, 0, mapping.process, &none);
  vm_cpu_translate (NULL, s, r->geometry, 0, &access);
  uint32_t index = vm_tlb_probe (NULL, s, &tlb, VM_ANY_ASID, access.va);
  r->pages.page[r->page_in[frame]].entry = s->tlb[index].entry;
  return true;
}

/* As if they had never held anything. */
static void
empty_tlbs (const struct vm_state *s)
{
  for (uint32_t i = 0; i < vm_tlb_entries (s); i++) {
    vm_put_u8 (NULL, &s->tlb[i].valid, 0);
    vm_put_u64 (NULL, &s->tlb[i].used, 0);
  }
}

bool
vm_replay_settle (struct vm_replay *r, struct vm_error *error)
{
  struct vm_counters before = r->state->counters;
  bool settled = true;
  struct vm_fault none;
  if (!r->skimming)
    return true;

  forget_pages (r);
  for (uint32_t i = 0; i < r->pool_config.frames && settled; i++)
    if (r->pool.frames[i].used)
      settled = settle_frame (r, i, error);
  vm_cpu_switch (NULL, r->state, 0, r->tallies[r->current].index, &none);
  empty_tlbs (r->state);
  r->state->counters = before;
  vm_player_forget_hints (r);
  r->skimming = false;
  r->settled = r->switches;
  return settled;
}

/* Certainty ---------------------------------------------------------------- */

/* A set that was full once had its last way filled. */
static bool
was_full (const struct vm_state *s, const struct vm_tlb *tlb, uint32_t set)
{
  return s->tlb[vm_tlb_first_way (tlb, set) + tlb->ways - 1].used != 0;
}

/* May the true TLB hold the page in a frame, and this one not? */
static bool
is_doubtful (const struct vm_replay *r, uint32_t unit, const struct vm_tlb *tlb,
             uint32_t frame)
{
  uint64_t key = r->pool.pages[frame];

  return r->pool.frames[frame].used && (key & 0xfff) == r->current
         && !(r->pages.page[r->page_in[frame]].seen >> unit & 1)
         && !was_full (r->state, tlb, vm_tlb_set_of (tlb, key >> 12));
}

bool
vm_replay_is_sure (const struct vm_replay *r)
{
  if (r->config.stlb_sets != 0)
    return false;
  /* Whoever switches begins with empty ones. */
  if (r->settled != r->switches)
    return true;

  for (uint32_t unit = 0; unit < VM_PLAYER_UNITS; unit++) {
    struct vm_tlb tlb
        = vm_tlb_of (r->state, 0, unit == 0 ? VM_TLB_DATA : VM_TLB_CODE);
    for (uint32_t i = 0; i < r->pool_config.frames && tlb.sets != 0; i++)
      if (is_doubtful (r, unit, &tlb, i))
        return false;
  }
  return true;
}
