/* The fast path: the machine's own parts, given no tape. */
#include "replay/replay.h"

#include "mm/space.h"
#include "mmu/cpu.h"
#include "replay/ahead.h"

/* What an access is about. */
struct visit {
  struct vm_access access;
  struct vm_tlb tlb; /* that it asks first */
  uint32_t unit;
  uint64_t page, next;
  struct vm_tlb_entry victim; /* what a fill would take the place of */
};

/* Faults ------------------------------------------------------------------- */

/* Takes a page that was thrown out of the page tables, and with it out of the
 * TLBs. Whether it was written to says its entry; where that has no bit for it
 * software knows, which a first write has to ask. */
static void
unmap (struct vm_replay *r, uint32_t frame, const struct vm_eviction *victim)
{
  uint64_t key = victim->page;
  struct vm_page *page = &r->pages.page[r->page_in[frame]];
  uint32_t process = r->tallies[key & 0xfff].index;
  vm_vaddr va = vm_vaddr_of (key >> 12 << r->geometry->page_shift);

  /* The TLBs know pages of the process that runs alone. */
  bool known = r->config.causes && (key & 0xfff) == r->current;
  for (uint32_t unit = 0; unit < VM_PLAYER_UNITS && known; unit++) {
    struct vm_shadow *shadow = &r->shadows[unit];
    if (shadow->tlb.sets == 0)
      continue;
    bool held = vm_tlb_probe (NULL, r->state, &shadow->tlb, VM_ANY_ASID, va)
                != VM_NONE;
    if (vm_shadow_forget (shadow, key >> 12) || held)
      page->dropped |= (uint8_t) (1u << unit);
  }
  bool dirty = vm_space_unmap_at (NULL, r->state, r->geometry, process, va,
                                  vm_paddr_of (page->entry));
  r->stats.evictions++;
  r->stats.writebacks += vm_pte_dirty_bit (r->geometry) != 0 ? dirty
                                                             : victim->dirty;
}

/* Puts a page into a frame, and the page thrown out of it where it goes. */
static uint32_t
choose_frame (struct vm_replay *r, uint64_t key, uint64_t next, bool write,
              struct vm_error *error)
{
  struct vm_reference reference = {.page = key, .next = next, .write = write};
  struct vm_eviction victim;
  uint32_t frame = vm_policy_fault (NULL, r->pool_config.policy, &r->pool,
                                    reference, &victim);

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
  unmap (r, frame, &victim);
  return frame;
}

bool
vm_player_empties_tlbs (const struct vm_replay *r, vm_vaddr va)
{
  uint32_t level = r->geometry->register_level;

  return level != 0
         && !(
             r->state->cpus[0].pdpte[vm_geometry_index (r->geometry, level, va)]
             & 1);
}

/* Loads the page of an address into a frame. *entry: where its entry lay
 * before, and lies again; 0: it was never mapped. */
static bool
load (struct vm_replay *r, const struct visit *visit, vm_paddr *entry,
      struct vm_error *error)
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
  *entry = vm_paddr_of (r->pages.page[number].entry);
  if (entry->v == 0) {
    if (vm_player_empties_tlbs (r, mapping.va))
      vm_player_note_flush (r);
    return vm_space_map (NULL, r->state, &mapping, error);
  }
  vm_space_map_at (NULL, r->state, r->geometry, &mapping, *entry);
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

/* Asks the processor; *kind is that of its fault, if it refuses. Not folded
 * into its callers: they share the copies that the compiler makes of it for
 * each kind of machine. */
static __attribute__ ((noinline)) bool
ask (const struct vm_replay *r, const struct vm_access *access,
     enum vm_fault_kind *kind)
{
  struct vm_translation got
      = vm_cpu_translate (NULL, r->state, r->geometry, 0, access);

  if (!got.ok)
    *kind = got.fault.kind;
  return got.ok;
}

/* entry: where it lies, if the page was in memory before. */
static bool
ask_again (const struct vm_replay *r, const struct vm_access *access,
           vm_paddr entry)
{
  enum vm_fault_kind unused;

  if (r->state->config.organised)
    return ask (r, access, &unused);
  return vm_cpu_try_again (r->state, r->geometry, 0, access, entry).ok;
}

/* The access that was refused: loads its page and tries again. */
static bool
fault_in (struct vm_replay *r, struct visit *visit, enum vm_fault_kind kind,
          struct vm_error *error)
{
  if (kind != VM_FAULT_NOT_PRESENT) {
    vm_error_set_range (error, VM_ERROR_NOT_AN_ADDRESS, "va",
                        visit->access.va.v, 0, 0);
    return false;
  }
  vm_paddr entry;
  if (!load (r, visit, &entry, error))
    return false;
  r->retries[visit->unit]++;
  if (r->config.causes)
    note_victim (r, visit);
  if (ask_again (r, &visit->access, entry))
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
  visit->access.means_user = false;
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
  enum vm_fault_kind kind;
  if (!ask (r, &visit->access, &kind) && !fault_in (r, visit, kind, error))
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

  uint32_t shift = r->geometry->page_shift;
  const struct vm_tlb_entry *entry = &r->state->tlb[vm_tlb_probe_size (
      NULL, r->state, &visit.tlb, VM_ANY_ASID, visit.access.va, shift)];
  uint32_t frame = (uint32_t) entry->frame - r->first_frame;
  r->hints[visit.unit][visit.page % VM_PLAYER_HINTS] = entry;
  if (r->watching)
    watch_page (r, &visit, frame);
  if (faults != r->stats.faults) {
    r->pages.page[r->page_in[frame]].entry = entry->entry;
    return true;
  }
  struct vm_reference reference = {.page = vm_page_key (visit.page, r->current),
                                   .next = next,
                                   .write = visit.access.kind == VM_WRITE};
  vm_policy_hit (NULL, r->pool_config.policy, &r->pool, frame, reference);
  return true;
}

/* The short way ------------------------------------------------------------ */

/* Does a policy want to know whether a hit writes? */
VM_ALWAYS_INLINE bool
heeds_writes (enum vm_policy policy)
{
  return policy == VM_POLICY_NRU;
}

static const uint8_t pass_bits[4] = {
    1u << (2 * VM_READ + VM_USER_MODE), 1u << (2 * VM_WRITE + VM_USER_MODE),
    1u << (2 * VM_FETCH + VM_USER_MODE), 1u << (2 * VM_WRITE + VM_USER_MODE)};

/* Is the next access to the same page, through the same TLB, and may pass, too?
 */
VM_ALWAYS_INLINE bool
goes_on (vm_record first, vm_record next, uint32_t shift, bool split,
         uint8_t let_pass)
{
  if ((first ^ next) >> 2 >> shift != 0 || !(let_pass & pass_bits[next & 3]))
    return false;
  return !split || ((first & 3) == VM_FETCH) == ((next & 3) == VM_FETCH);
}

/* Goes along the records as long as the TLB has their pages where they were
 * found last, and has let such an access pass before. Returns how far. */
VM_ALWAYS_INLINE size_t
run_hits (struct vm_replay *r, enum vm_policy policy, bool split,
          const vm_record *records, const uint32_t *next, size_t count)
{
  const struct vm_counters *c = &r->state->counters;
  const struct vm_pool pool = r->pool;
  uint32_t shift = r->geometry->page_shift, first = r->first_frame;
  uint64_t tick = c->tick, code = 0;
  size_t i;

  for (i = 0; i < count; i++) {
    uint32_t unit = split && (records[i] & 3) == VM_FETCH;
    uint64_t page = vm_record_va (records[i]) >> shift;
    const struct vm_tlb_entry *entry = r->hints[unit][page % VM_PLAYER_HINTS];
    if (entry->page != page || !entry->valid
        || !(entry->let_pass & pass_bits[records[i] & 3]))
      break;
    size_t same = 1;
    while (policy == VM_POLICY_LRU && i + same < count
           && goes_on (records[i], records[i + same], shift, split,
                       entry->let_pass))
      same++;
    tick += same;
    i += same - 1;
    code += unit * same;
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
  size_t fetched = 0;

  for (size_t i = 0; i < count; i++) {
    i += run_hits (r, policy, split, records + i,
                   next != NULL ? next + i : NULL, count - i);
    if (i == count)
      break;
    if (i >= fetched) {
      vm_ahead_fetch (r, records + i, count - i, true);
      fetched = i + VM_AHEAD;
    }
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
    return run_with (r, r->pool_config.policy, true, records, next, count,
                     error);
  if (next != NULL)
    return run_with (r, r->pool_config.policy, false, records, next, count,
                     error);
  if (r->pool_config.policy == VM_POLICY_FIFO)
    return run_with (r, VM_POLICY_FIFO, false, records, NULL, count, error);
  if (r->pool_config.policy == VM_POLICY_LRU)
    return run_with (r, VM_POLICY_LRU, false, records, NULL, count, error);
  if (r->pool_config.policy == VM_POLICY_CLOCK_SET
      || r->pool_config.policy == VM_POLICY_CLOCK_CLEAR)
    return run_with (r, VM_POLICY_CLOCK_SET, false, records, NULL, count,
                     error);
  return run_with (r, r->pool_config.policy, false, records, NULL, count,
                   error);
}

/* Counts the kinds of records, which is quicker apart: four counters of 16 bits
 * lie in one word, for as many records as they can take. */
static void
count_kinds (struct vm_replay *r, const vm_record *records, size_t count)
{
  for (size_t done = 0; done < count;) {
    size_t end = count - done < UINT16_MAX ? count : done + UINT16_MAX;
    uint64_t kinds = 0;
    for (; done < end; done++)
      kinds += UINT64_C (1) << 16 * (records[done] & 3);
    for (uint32_t kind = 0; kind < 4; kind++)
      r->stats.kinds[kind] += kinds >> 16 * kind & UINT16_MAX;
  }
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
