/* The fast path: the machine's own parts, given no tape. */
#include "replay/replay.h"

#include <stdlib.h>

#include "mm/space.h"
#include "mmu/cpu.h"
#include "process/process.h"
#include "replay/pages.h"

/* Where pages were found in the TLB lately, by the lowest bits of their
 * numbers. */
#define HINTS 1024u

/* Frames that are ever looked at: page tables take some, pages the rest. */
#define MOST_FRAMES (1u << 24)

/* The first level's TLBs: of data or all, of instructions. */
#define UNITS 2u

struct tally {
  struct vm_replay_process process;
  uint32_t index; /* of the process in the state */
};

struct vm_replay {
  struct vm_state *state;
  const struct vm_geometry *geometry;
  struct vm_geometry toy; /* what that is, if it is one */
  struct vm_replay_config config;
  struct vm_pool pool;
  enum vm_policy policy; /* of the pool; FIFO where no page ever goes */
  uint32_t first_frame;  /* that pages can lie in */
  uint32_t frames;

  struct tally *tallies;
  uint32_t tally_count, current;
  struct vm_replay_stats stats; /* but for what the state counts */
  uint64_t retries[UNITS];      /* looks that are not counted */
  struct vm_replay_stats switch_stats, window_stats; /* when it began */

  struct vm_replay_fault fault;
  struct vm_pages pages;
  uint32_t *page_in; /* of each frame: the number of its page */
  uint32_t window;   /* its number, from 1 */
  uint64_t working_set;
  struct vm_shadow shadows[UNITS];
  const struct vm_tlb_entry *hints[UNITS][HINTS];
};

/* What an access is about. */
struct visit {
  struct vm_access access;
  struct vm_tlb tlb; /* that it asks first */
  uint32_t unit;
  uint64_t page, next;
  struct vm_tlb_entry victim; /* what a fill would take the place of */
};

/* Making one --------------------------------------------------------------- */

/* Page tables come out of the managed frames; pages lie behind those, where
 * nobody counts references, but still where an entry can name them. */
static uint32_t
first_frame_of (const struct vm_geometry *g, uint32_t *limit)
{
  uint32_t leaf = vm_geometry_leaf_level (g, g->page_shift);
  uint64_t frames = vm_pte_last_frame (g, leaf, true) + 1;

  if (frames > MOST_FRAMES)
    frames = MOST_FRAMES;
  uint64_t first = frames > 2 * (uint64_t) VM_MANAGED_FRAMES ? VM_MANAGED_FRAMES
                                                             : frames / 2;
  *limit = (uint32_t) (frames - first);
  return (uint32_t) first;
}

static uint64_t
entries_of (const struct vm_replay_config *c)
{
  return (uint64_t) c->tlb_sets * c->tlb_ways
         + (uint64_t) c->itlb_sets * c->itlb_ways
         + (uint64_t) c->stlb_sets * c->stlb_ways;
}

static bool
config_is_sound (const struct vm_replay_config *config, uint32_t limit,
                 struct vm_error *error)
{
  uint64_t first = (uint64_t) config->tlb_sets * config->tlb_ways;
  uint64_t entries = entries_of (config);

  if (first == 0 || entries > VM_MAX_TLB_ENTRIES) {
    vm_error_set_range (error, VM_ERROR_OUT_OF_RANGE, "tlb", entries, 1,
                        VM_MAX_TLB_ENTRIES);
    return false;
  }
  bool all = config->frames == VM_REPLAY_ALL_FRAMES;
  if (config->frames == 0 || (config->frames > limit && !all)) {
    vm_error_set_range (error, VM_ERROR_OUT_OF_RANGE, "frames", config->frames,
                        1, limit);
    return false;
  }
  return true;
}

static void
configure (struct vm_config *c, const struct vm_replay_config *config,
           const struct vm_geometry *g, uint32_t frames)
{
  c->geometry = config->geometry;
  c->toy = config->toy;
  c->page_shift = g->page_shift;
  c->frames = frames < VM_MANAGED_FRAMES ? frames : VM_MANAGED_FRAMES;
  c->tlb_sets = config->tlb_sets;
  c->tlb_ways = config->tlb_ways;
  c->itlb_sets = config->itlb_sets;
  c->itlb_ways = config->itlb_ways;
  c->stlb_sets = config->stlb_sets;
  c->stlb_ways = config->stlb_ways;
  c->organised = config->itlb_sets != 0 || config->stlb_sets != 0;
  c->wp = 1;
  c->set_flags = 1;
  c->cpus = 1;
}

/* Nothing was found anywhere yet: an entry that is never valid. */
static void
forget_hints (struct vm_replay *r)
{
  const struct vm_tlb_entry *none
      = &r->state->tlb[VM_MAX_CPUS * VM_MAX_TLB_ENTRIES - 1];

  for (uint32_t unit = 0; unit < UNITS; unit++)
    for (uint32_t i = 0; i < HINTS; i++)
      r->hints[unit][i] = none;
}

static bool
make_shadows (struct vm_replay *r)
{
  for (uint32_t unit = 0; unit < UNITS; unit++) {
    struct vm_tlb tlb
        = vm_tlb_of (r->state, 0, unit == 0 ? VM_TLB_DATA : VM_TLB_CODE);
    if (tlb.sets != 0 && !vm_shadow_init (&r->shadows[unit], &tlb))
      return false;
  }
  return true;
}

/* The frames that are at hand, and the table of what they hold. */
static bool
make_pool (struct vm_replay *r, uint32_t limit)
{
  bool all = r->config.frames == VM_REPLAY_ALL_FRAMES;
  struct vm_pool_config pool = {
      .policy = all ? VM_POLICY_FIFO : r->config.policy,
      .frames = all && limit < r->config.frames ? limit : r->config.frames,
      .seed = r->config.seed,
      .interval = r->config.interval,
  };

  r->policy = pool.policy;
  r->frames = pool.frames;
  r->page_in = calloc (pool.frames, sizeof *r->page_in);
  return r->page_in != NULL && vm_pool_new (&r->pool, &pool);
}

static bool
set_up (struct vm_replay *r, uint32_t limit, struct vm_error *error)
{
  r->state = vm_state_new ();
  r->tallies = calloc (VM_MAX_PROCESSES, sizeof *r->tallies);
  if (r->state == NULL || r->tallies == NULL || !make_pool (r, limit)
      || !vm_pages_init (&r->pages)) {
    vm_error_set (error, VM_ERROR_OUT_OF_MEMORY, NULL);
    return false;
  }

  configure (&r->state->config, &r->config, r->geometry, r->first_frame);
  r->state->cpus[0].process = VM_NONE;
  r->window = 1;
  r->current = VM_NONE;
  vm_frames_init (NULL, r->state);
  forget_hints (r);
  if (r->config.causes && !make_shadows (r)) {
    vm_error_set (error, VM_ERROR_OUT_OF_MEMORY, NULL);
    return false;
  }
  return vm_space_make_kernel_root (NULL, r->state, error)
         && vm_replay_switch (r, 0, error);
}

struct vm_replay *
vm_replay_new (const struct vm_replay_config *config, struct vm_error *error)
{
  const struct vm_config asked
      = {.geometry = config->geometry, .toy = config->toy};
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&asked, &room);
  uint32_t limit, first = first_frame_of (g, &limit);
  if (!config_is_sound (config, limit, error))
    return NULL;

  struct vm_replay *r = calloc (1, sizeof *r);
  if (r == NULL) {
    vm_error_set (error, VM_ERROR_OUT_OF_MEMORY, NULL);
    return NULL;
  }
  r->config = *config;
  if (g == &room)
    r->toy = room;
  r->geometry = g == &room ? &r->toy : g;
  r->first_frame = first;
  if (set_up (r, limit, error))
    return r;
  vm_replay_free (r);
  return NULL;
}

void
vm_replay_free (struct vm_replay *r)
{
  if (r == NULL)
    return;

  for (uint32_t unit = 0; unit < UNITS; unit++)
    vm_shadow_done (&r->shadows[unit]);
  vm_state_free (r->state);
  vm_pool_done (&r->pool);
  vm_pages_done (&r->pages);
  free (r->tallies);
  free (r->page_in);
  free (r);
}

/* Faults ------------------------------------------------------------------- */

/* Takes a page that was thrown out of the page tables, and with it out of the
 * TLBs. */
static void
unmap (struct vm_replay *r, uint32_t frame, uint64_t key)
{
  struct vm_page *page = &r->pages.page[r->page_in[frame]];
  uint32_t process = r->tallies[key & 0xfff].index;
  vm_vaddr va = vm_vaddr_of (key >> 12 << r->geometry->page_shift);

  for (uint32_t unit = 0; unit < UNITS && r->config.causes; unit++) {
    struct vm_shadow *shadow = &r->shadows[unit];
    if (shadow->tlb.sets == 0)
      continue;
    bool held = vm_tlb_probe (NULL, r->state, &shadow->tlb, VM_ANY_ASID, va)
                != VM_NONE;
    if (vm_shadow_forget (shadow, key >> 12) || held)
      page->dropped |= (uint8_t) (1u << unit);
  }
  r->stats.evictions++;
  r->stats.writebacks += vm_space_unmap_at (NULL, r->state, process, va,
                                            vm_paddr_of (page->entry));
}

/* Puts a page into a frame, and the page thrown out of it where it goes. */
static uint32_t
choose_frame (struct vm_replay *r, uint64_t key, uint64_t next, bool write,
              struct vm_error *error)
{
  struct vm_reference reference = {.page = key, .next = next, .write = write};
  struct vm_eviction victim;
  uint32_t frame
      = vm_policy_fault (NULL, r->policy, &r->pool, reference, &victim);

  if (victim.evicted && r->config.frames == VM_REPLAY_ALL_FRAMES) {
    vm_error_set (error, VM_ERROR_OUT_OF_FRAMES, NULL);
    return VM_NONE;
  }
  r->fault.frame = r->first_frame + frame;
  r->fault.evicted = victim.evicted;
  if (!victim.evicted)
    return frame;
  r->fault.victim = victim.page >> 12;
  r->fault.process = r->tallies[victim.page & 0xfff].process.number;
  unmap (r, frame, victim.page);
  return frame;
}

/* Loads the page of an address into a frame. */
static bool
load (struct vm_replay *r, const struct visit *visit, struct vm_error *error)
{
  uint32_t shift = r->geometry->page_shift;
  uint64_t key = vm_page_key (visit->page, r->current);
  uint32_t known = r->pages.count;
  uint32_t number = vm_pages_number (&r->pages, key);
  if (number == VM_NONE) {
    vm_error_set (error, VM_ERROR_OUT_OF_MEMORY, NULL);
    return false;
  }

  uint32_t frame = choose_frame (r, key, visit->next,
                                 visit->access.kind == VM_WRITE, error);
  if (frame == VM_NONE)
    return false;
  r->page_in[frame] = number;
  r->stats.faults++;
  if (number == known)
    r->stats.minor++;
  else
    r->stats.major++;
  struct vm_mapping mapping = {
      .process = r->tallies[r->current].index,
      .va = vm_vaddr_of (visit->page << shift),
      .frame = vm_frame_of (r->first_frame + frame),
      .shift = shift,
      .writable = true,
      .executable = true,
      .user = true,
  };
  if (r->pages.page[number].entry == 0)
    return vm_space_map (NULL, r->state, &mapping, error);
  vm_space_map_at (NULL, r->state, &mapping,
                   vm_paddr_of (r->pages.page[number].entry));
  return true;
}

/* Looks at what the next fill takes the place of. */
static void
note_victim (const struct vm_replay *r, struct visit *visit)
{
  uint32_t set = vm_tlb_set_of (&visit->tlb, visit->page);

  visit->victim
      = r->state->tlb[vm_tlb_least_recent (r->state, &visit->tlb, set)];
}

/* The access that was refused: loads its page and tries again. */
static bool
fault_in (struct vm_replay *r, struct visit *visit,
          const struct vm_fault *fault, struct vm_error *error)
{
  if (fault->kind != VM_FAULT_NOT_PRESENT) {
    vm_error_set_range (error, VM_ERROR_NOT_AN_ADDRESS, "va",
                        visit->access.va.v, 0, 0);
    return false;
  }
  if (!load (r, visit, error))
    return false;
  r->retries[visit->unit]++;
  if (r->config.causes)
    note_victim (r, visit);
  if (vm_cpu_translate (NULL, r->state, r->geometry, 0, &visit->access).ok)
    return true;

  /* The entry could not be written: every slot of memory is in use. */
  vm_error_set (error, VM_ERROR_OUT_OF_MEMORY, NULL);
  return false;
}

/* The long way ------------------------------------------------------------- */

/* Field by field: a visit that is copied whole waits for its parts. */
static inline void
begin_visit (const struct vm_replay *r, vm_record record, uint64_t next,
             struct visit *visit)
{
  uint64_t va = vm_record_va (record);
  enum vm_tlb_unit unit = vm_tlb_unit_for (r->state, vm_record_kind (record));

  visit->access.va = vm_vaddr_of (va);
  visit->access.kind = vm_record_kind (record);
  visit->access.mode = VM_USER_MODE;
  visit->tlb = vm_tlb_of (r->state, 0, unit);
  visit->unit = unit == VM_TLB_CODE;
  visit->page = va >> r->geometry->page_shift;
  visit->next = next;
}

/* The first level misses: why? Then something makes room. */
static enum vm_miss
explain (struct vm_replay *r, const struct visit *visit)
{
  struct vm_shadow *shadow = &r->shadows[visit->unit];
  uint32_t number
      = vm_pages_find (&r->pages, vm_page_key (visit->page, r->current));
  uint8_t bit = (uint8_t) (1u << visit->unit);

  if (number == VM_NONE || !(r->pages.page[number].seen & bit))
    return VM_MISS_COLD;
  if (!(r->pages.page[number].dropped & bit))
    return vm_shadow_ask (shadow, r->state, visit->page);
  r->pages.page[number].dropped &= (uint8_t) ~bit;
  return VM_MISS_DROPPED;
}

/* The first access to the page in this window counts. */
static void
watch_page (struct vm_replay *r, const struct visit *visit, uint32_t frame)
{
  struct vm_page *page = &r->pages.page[r->page_in[frame]];

  page->seen |= (uint8_t) (1u << visit->unit);
  if (page->window == r->window)
    return;
  page->window = r->window;
  r->working_set++;
}

/* Translates, and loads the page if it must. */
static bool
translate (struct vm_replay *r, struct visit *visit, struct vm_error *error)
{
  const struct vm_state *s = r->state;

  if (!vm_geometry_canonical (r->geometry, visit->access.va)) {
    vm_error_set_range (error, VM_ERROR_NOT_AN_ADDRESS, "va",
                        visit->access.va.v, 0, 0);
    return false;
  }
  bool missed
      = r->config.causes
        && vm_tlb_probe (NULL, s, &visit->tlb, VM_ANY_ASID, visit->access.va)
               == VM_NONE;
  if (missed) {
    r->stats.causes[explain (r, visit)]++;
    note_victim (r, visit);
  }
  struct vm_translation got
      = vm_cpu_translate (NULL, s, r->geometry, 0, &visit->access);
  if (!got.ok && !fault_in (r, visit, &got.fault, error))
    return false;
  if (missed && visit->victim.valid)
    vm_shadow_throw (&r->shadows[visit->unit], &visit->victim);
  return true;
}

/* Does all that an access can ask for, and notes where its page lies now. */
static bool
go_long (struct vm_replay *r, vm_record record, uint64_t next,
         struct vm_error *error)
{
  struct visit visit;
  uint64_t faults = r->stats.faults;
  begin_visit (r, record, next, &visit);
  if (!translate (r, &visit, error))
    return false;

  const struct vm_tlb_entry *entry = &r->state->tlb[vm_tlb_probe (
      NULL, r->state, &visit.tlb, VM_ANY_ASID, visit.access.va)];
  uint32_t frame = (uint32_t) entry->frame - r->first_frame;
  r->hints[visit.unit][visit.page % HINTS] = entry;
  if (r->config.windows || r->config.causes)
    watch_page (r, &visit, frame);
  if (faults != r->stats.faults) {
    r->pages.page[r->page_in[frame]].entry = entry->entry;
    return true;
  }
  struct vm_reference reference = {.page = vm_page_key (visit.page, r->current),
                                   .next = next,
                                   .write = visit.access.kind == VM_WRITE};
  vm_policy_hit (NULL, r->policy, &r->pool, frame, reference);
  return true;
}

/* The short way ------------------------------------------------------------ */

/* Does a policy want to know whether a hit writes? */
VM_ALWAYS_INLINE bool
heeds_writes (enum vm_policy policy)
{
  return policy == VM_POLICY_NRU;
}

/* Goes along the records as long as the TLB has their pages where they were
 * found last, and has let such an access pass before. Returns how far. */
VM_ALWAYS_INLINE size_t
run_hits (struct vm_replay *r, enum vm_policy policy, bool split,
          const vm_record *records, const uint32_t *next, size_t count)
{
  static const uint8_t pass_bits[4] = {
      1u << (2 * VM_READ + VM_USER_MODE), 1u << (2 * VM_WRITE + VM_USER_MODE),
      1u << (2 * VM_FETCH + VM_USER_MODE), 1u << (2 * VM_WRITE + VM_USER_MODE)};
  const struct vm_counters *c = &r->state->counters;
  const struct vm_pool pool = r->pool;
  uint32_t shift = r->geometry->page_shift, first = r->first_frame;
  uint64_t tick = c->tick, code = 0;
  size_t i;

  for (i = 0; i < count; i++) {
    uint32_t unit = split && (records[i] & 3) == VM_FETCH;
    uint64_t page = vm_record_va (records[i]) >> shift;
    const struct vm_tlb_entry *entry = r->hints[unit][page % HINTS];
    if (entry->page != page || !entry->valid
        || !(entry->let_pass & pass_bits[records[i] & 3]))
      break;
    tick++;
    code += unit;
    vm_put_u64 (NULL, &entry->used, tick);
    struct vm_reference reference
        = {.page = page,
           .next = next != NULL && next[i] != UINT32_MAX ? next[i] : VM_NEVER,
           .write = heeds_writes (policy) && records[i] & 1};
    vm_policy_hit (NULL, policy, &pool, (uint32_t) entry->frame - first,
                   reference);
  }
  vm_put_u64 (NULL, &c->tick, tick);
  vm_put_u64 (NULL, &c->tlb_hits, c->tlb_hits + i);
  if (split)
    vm_put_u64 (NULL, &c->itlb_hits, c->itlb_hits + code);
  return i;
}

VM_ALWAYS_INLINE bool
run_with (struct vm_replay *r, enum vm_policy policy, bool split,
          const vm_record *records, const uint32_t *next, size_t count,
          struct vm_error *error)
{
  for (size_t i = 0; i < count; i++) {
    i += run_hits (r, policy, split, records + i,
                   next != NULL ? next + i : NULL, count - i);
    if (i == count)
      break;
    uint64_t later = next != NULL && next[i] != UINT32_MAX ? next[i] : VM_NEVER;
    r->stats.accesses = i + 1;
    if (!go_long (r, records[i], later, error))
      return false;
  }
  return true;
}

/* A loop for each policy whose hits must be quick; it takes others as they
 * come. Each exists twice: with a TLB of instructions, and without. */
static bool
run_policy (struct vm_replay *r, const vm_record *records, const uint32_t *next,
            size_t count, struct vm_error *error)
{
  bool split = r->config.itlb_sets != 0;

  if (split)
    return run_with (r, r->policy, true, records, next, count, error);
  if (next != NULL)
    return run_with (r, r->policy, false, records, next, count, error);
  if (r->policy == VM_POLICY_FIFO)
    return run_with (r, VM_POLICY_FIFO, false, records, NULL, count, error);
  if (r->policy == VM_POLICY_LRU)
    return run_with (r, VM_POLICY_LRU, false, records, NULL, count, error);
  if (r->policy == VM_POLICY_CLOCK_SET || r->policy == VM_POLICY_CLOCK_CLEAR)
    return run_with (r, VM_POLICY_CLOCK_SET, false, records, NULL, count,
                     error);
  return run_with (r, r->policy, false, records, NULL, count, error);
}

/* Counts the kinds of records, which is quicker apart. */
static void
count_kinds (struct vm_replay *r, const vm_record *records, size_t count)
{
  uint64_t odd = 0, upper = 0, both = 0;

  for (size_t i = 0; i < count; i++) {
    odd += records[i] & 1;
    upper += records[i] >> 1 & 1;
    both += records[i] & records[i] >> 1 & 1;
  }
  r->stats.kinds[0] += count - odd - upper + both;
  r->stats.kinds[1] += odd - both;
  r->stats.kinds[2] += upper - both;
  r->stats.kinds[3] += both;
}

bool
vm_replay_run_knowing (struct vm_replay *r, const vm_record *records,
                       const uint32_t *next, size_t count,
                       struct vm_error *error)
{
  uint64_t before = r->stats.accesses;
  bool done = run_policy (r, records, next, count, error);
  uint64_t here = done ? count : r->stats.accesses;

  r->stats.accesses = before + here;
  count_kinds (r, records, (size_t) here);
  return done;
}

bool
vm_replay_run (struct vm_replay *r, const vm_record *records, size_t count,
               struct vm_error *error)
{
  return vm_replay_run_knowing (r, records, NULL, count, error);
}

/* Processes ---------------------------------------------------------------- */

static uint32_t
find_tally (const struct vm_replay *r, uint32_t number)
{
  for (uint32_t i = 0; i < r->tally_count; i++)
    if (r->tallies[i].process.number == number)
      return i;
  return VM_NONE;
}

static uint32_t
add_tally (struct vm_replay *r, uint32_t number, struct vm_error *error)
{
  uint32_t i = r->tally_count;
  struct tally *tally = &r->tallies[i < VM_MAX_PROCESSES ? i : 0];

  if (i == VM_MAX_PROCESSES) {
    vm_error_set_range (error, VM_ERROR_TOO_MANY, "process", 0, 0,
                        VM_MAX_PROCESSES);
    return VM_NONE;
  }
  if (!vm_process_create (NULL, r->state, 0, &tally->index, error))
    return VM_NONE;
  tally->process = (struct vm_replay_process){.number = number};
  r->tally_count++;
  return i;
}

/* What the current process did goes to its account. */
static void
settle (const struct vm_replay *r, struct vm_replay_process *process)
{
  struct vm_replay_stats now;

  vm_replay_stats (r, &now);
  process->accesses += now.accesses - r->switch_stats.accesses;
  process->tlb_misses += now.tlb_misses - r->switch_stats.tlb_misses;
  process->faults += now.faults - r->switch_stats.faults;
}

/* The entries of the TLBs go with the process. */
static void
note_flush (struct vm_replay *r)
{
  for (uint32_t unit = 0; unit < UNITS && r->config.causes; unit++) {
    struct vm_shadow *shadow = &r->shadows[unit];
    for (uint32_t i = 0; i < shadow->tlb.sets * shadow->tlb.ways; i++) {
      const struct vm_tlb_entry *e = &r->state->tlb[shadow->tlb.first + i];
      uint32_t frame = (uint32_t) e->frame - r->first_frame;
      if (e->valid)
        r->pages.page[r->page_in[frame]].dropped |= (uint8_t) (1u << unit);
    }
    while (shadow->count > 0) {
      uint64_t key
          = vm_page_key (shadow->gone[--shadow->count].page, r->current);
      uint32_t number = vm_pages_find (&r->pages, key);
      if (number != VM_NONE)
        r->pages.page[number].dropped |= (uint8_t) (1u << unit);
    }
  }
}

/* A trace that numbers its processes may begin with any: the one that was made
 * for it takes the number. */
static bool
is_untouched (const struct vm_replay *r)
{
  return r->tally_count == 1 && r->stats.accesses == 0;
}

bool
vm_replay_switch (struct vm_replay *r, uint32_t number, struct vm_error *error)
{
  if (is_untouched (r))
    r->tallies[0].process.number = number;
  uint32_t next = find_tally (r, number);
  if (next != VM_NONE && next == r->current)
    return true;
  if (next == VM_NONE)
    next = add_tally (r, number, error);
  if (next == VM_NONE)
    return false;

  struct vm_fault none;
  if (r->current != VM_NONE) {
    settle (r, &r->tallies[r->current].process);
    note_flush (r);
  }
  vm_replay_stats (r, &r->switch_stats);
  r->current = next;
  return vm_cpu_switch (NULL, r->state, 0, r->tallies[next].index, &none);
}

bool
vm_replay_process (const struct vm_replay *r, uint32_t i,
                   struct vm_replay_process *process)
{
  if (i >= r->tally_count)
    return false;

  *process = r->tallies[i].process;
  if (i == r->current)
    settle (r, process);
  return true;
}

/* Results ------------------------------------------------------------------ */

void
vm_replay_stats (const struct vm_replay *r, struct vm_replay_stats *stats)
{
  const struct vm_counters *c = &r->state->counters;
  uint64_t retries = r->retries[0] + r->retries[1];

  *stats = r->stats;
  stats->tlb_hits = c->tlb_hits;
  stats->tlb_misses = c->tlb_misses - retries;
  stats->itlb_hits = c->itlb_hits;
  stats->itlb_misses = c->itlb_misses - r->retries[1];
  stats->stlb_hits = c->stlb_hits;
  stats->stlb_misses = r->config.stlb_sets != 0 ? c->stlb_misses - retries : 0;
  stats->walks = c->walks;
  stats->entry_reads = c->entry_reads;
  stats->pages = r->pages.count;
}

void
vm_replay_window (struct vm_replay *r, struct vm_replay_window *window)
{
  struct vm_replay_stats now;

  vm_replay_stats (r, &now);
  *window = (struct vm_replay_window){
      .accesses = now.accesses - r->window_stats.accesses,
      .tlb_misses = now.tlb_misses - r->window_stats.tlb_misses,
      .faults = now.faults - r->window_stats.faults,
      .working_set = r->working_set,
  };
  r->window_stats = now;
  r->working_set = 0;
  r->window++;
  /* The first touch of each page has to go the long way again. */
  forget_hints (r);
}

double
vm_replay_access_time (const struct vm_replay_stats *n,
                       const struct vm_replay_costs *costs, bool second_level)
{
  double looks = (double) n->accesses + (double) n->faults;
  double second
      = second_level ? (double) (n->stlb_hits + n->stlb_misses + n->faults) : 0;
  double cycles = looks * costs->tlb + second * costs->stlb
                  + (double) n->entry_reads * costs->walk
                  + (double) n->accesses * costs->memory
                  + (double) n->minor * (double) costs->minor
                  + (double) n->major * (double) costs->major;

  return n->accesses == 0 ? 0 : cycles / (double) n->accesses;
}

const struct vm_replay_fault *
vm_replay_last_fault (const struct vm_replay *r)
{
  return &r->fault;
}

bool
vm_replay_resident (const struct vm_replay *r, uint32_t i, uint32_t *frame,
                    uint64_t *page, uint32_t *process)
{
  if (i >= r->frames || !r->pool.frames[i].used)
    return false;

  uint64_t key = r->pool.pages[i];
  *frame = r->first_frame + i;
  *page = key >> 12;
  *process = r->tallies[key & 0xfff].process.number;
  return true;
}

bool
vm_replay_entry (const struct vm_replay *r, uint32_t process, uint64_t page,
                 struct vm_pte *pte)
{
  uint32_t tally = find_tally (r, process);
  if (tally == VM_NONE)
    return false;

  vm_vaddr va = vm_vaddr_of (page << r->geometry->page_shift);
  *pte = vm_space_entry (r->state, r->tallies[tally].index, va);
  return true;
}

uint32_t
vm_replay_running (const struct vm_replay *r)
{
  return r->tallies[r->current].process.number;
}

const struct vm_replay_config *
vm_replay_config (const struct vm_replay *r)
{
  return &r->config;
}

const struct vm_state *
vm_replay_state (const struct vm_replay *r)
{
  return r->state;
}

const struct vm_pool *
vm_replay_pool (const struct vm_replay *r)
{
  return &r->pool;
}
