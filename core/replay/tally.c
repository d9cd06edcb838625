/* What a replay has counted, process by process, and what it holds. */
#include "mm/space.h"
#include "mmu/cpu.h"
#include "process/process.h"
#include "replay/player.h"

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
  struct vm_player_tally *tally = &r->tallies[i < VM_MAX_PROCESSES ? i : 0];

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

void
vm_player_note_flush (struct vm_replay *r)
{
  for (uint32_t unit = 0; unit < VM_PLAYER_UNITS && r->config.causes; unit++) {
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
    if (r->skimming)
      vm_player_empty_sketches (r);
    else
      vm_player_note_flush (r);
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
  vm_player_forget_hints (r);
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
  if (i >= r->pool_config.frames || !r->pool.frames[i].used)
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

const struct vm_geometry *
vm_replay_geometry (const struct vm_replay *r)
{
  return r->geometry;
}

uint32_t
vm_replay_table_frames (const struct vm_replay *r)
{
  return r->first_frame;
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
