/* The fast path: the machine's own parts, given no tape. */
#include "replay/replay.h"

#include <stdlib.h>

#include "mm/space.h"
#include "mmu/cpu.h"
#include "policy/policy.h"
#include "process/process.h"

/* Page tables come out of the managed frames; pages lie behind those, where
 * nobody counts references, but still where a 4-byte entry can name them. */
#define FIRST_PAGE_FRAME (VM_MANAGED_FRAMES / 2)

struct vm_replay {
  struct vm_state *state;
  const struct vm_geometry *geometry;
  uint32_t process;
  struct vm_pool pool;
  struct vm_replay_stats stats;
};

static bool
config_is_sound (const struct vm_replay_config *config, struct vm_error *error)
{
  uint64_t entries = (uint64_t) config->tlb_sets * config->tlb_ways;

  if (entries == 0 || entries > VM_MAX_TLB_ENTRIES) {
    vm_error_set_range (error, VM_ERROR_OUT_OF_RANGE, "tlb-sets", entries, 1,
                        VM_MAX_TLB_ENTRIES);
    return false;
  }
  if (config->frames == 0 || config->frames > FIRST_PAGE_FRAME) {
    vm_error_set_range (error, VM_ERROR_OUT_OF_RANGE, "frames", config->frames,
                        1, FIRST_PAGE_FRAME);
    return false;
  }
  return true;
}

static bool
set_up (struct vm_replay *r, const struct vm_replay_config *config,
        struct vm_error *error)
{
  struct vm_state *s = r->state;

  r->geometry = vm_geometry_of (config->geometry);
  s->config.geometry = config->geometry;
  s->config.page_shift = r->geometry->page_shift;
  s->config.frames = FIRST_PAGE_FRAME;
  s->config.tlb_sets = config->tlb_sets;
  s->config.tlb_ways = config->tlb_ways;
  s->config.wp = 1;
  s->config.set_flags = 1;
  s->config.cpus = 1;
  s->cpus[0].process = VM_NONE;
  vm_frames_init (NULL, s);
  if (!vm_space_make_kernel_root (NULL, s, error)
      || !vm_process_create (NULL, s, 0, &r->process, error))
    return false;
  struct vm_fault none;
  vm_cpu_switch (NULL, s, 0, r->process, &none);
  return true;
}

/* Takes a page that was thrown out of the page tables. */
static void
unmap (struct vm_replay *r, uint64_t page)
{
  vm_vaddr va = vm_vaddr_of (page << r->geometry->page_shift);
  struct vm_pte old = vm_space_unmap (NULL, r->state, r->process, va);

  r->stats.writebacks += old.dirty;
}

/* Loads the page of an address into a frame. */
static bool
load (struct vm_replay *r, vm_vaddr va, struct vm_error *error)
{
  uint32_t shift = r->geometry->page_shift;
  struct vm_reference reference = {.page = va.v >> shift};
  struct vm_eviction victim;
  uint32_t frame
      = vm_policy_fault (NULL, VM_POLICY_FIFO, &r->pool, reference, &victim);
  struct vm_mapping mapping = {
      .process = r->process,
      .va = vm_vaddr_of (va.v >> shift << shift),
      .frame = vm_frame_of (FIRST_PAGE_FRAME + frame),
      .shift = shift,
      .writable = true,
      .executable = true,
      .user = true,
  };

  if (victim.evicted)
    unmap (r, victim.page);
  r->stats.faults++;
  return vm_space_map (NULL, r->state, &mapping, error);
}

/* The access that was refused: loads its page and tries again. */
static bool
fault_in (struct vm_replay *r, const struct vm_access *access,
          const struct vm_fault *fault, struct vm_error *error)
{
  if (fault->kind != VM_FAULT_NOT_PRESENT) {
    vm_error_set_range (error, VM_ERROR_NOT_AN_ADDRESS, "va", access->va.v, 0,
                        0);
    return false;
  }
  if (!load (r, access->va, error))
    return false;
  if (vm_cpu_translate (NULL, r->state, r->geometry, 0, access).ok)
    return true;

  /* The entry could not be written: every slot of memory is in use. */
  vm_error_set (error, VM_ERROR_OUT_OF_MEMORY, NULL);
  return false;
}

/* What a record asks for; a modify is one write. */
static inline struct vm_access
access_of (vm_record record)
{
  enum vm_access_kind kind = record & 1 ? VM_WRITE
                                        : (enum vm_access_kind) (record & 2);

  return (struct vm_access){
      .va = vm_vaddr_of ((uint64_t) ((int64_t) record >> 2)),
      .kind = kind,
      .mode = VM_USER_MODE,
  };
}

struct vm_replay *
vm_replay_new (const struct vm_replay_config *config, struct vm_error *error)
{
  if (!config_is_sound (config, error))
    return NULL;

  struct vm_replay *r = calloc (1, sizeof *r);
  if (r == NULL) {
    vm_error_set (error, VM_ERROR_OUT_OF_MEMORY, NULL);
    return NULL;
  }
  struct vm_pool_config pool
      = {.policy = VM_POLICY_FIFO, .frames = config->frames};
  r->state = vm_state_new ();
  if (vm_pool_new (&r->pool, &pool) && r->state != NULL
      && set_up (r, config, error))
    return r;

  vm_error_set (error, VM_ERROR_OUT_OF_MEMORY, NULL);
  vm_replay_free (r);
  return NULL;
}

void
vm_replay_free (struct vm_replay *r)
{
  if (r == NULL)
    return;

  vm_state_free (r->state);
  vm_pool_done (&r->pool);
  free (r);
}

bool
vm_replay_run (struct vm_replay *r, const vm_record *records, size_t count,
               struct vm_error *error)
{
  for (size_t i = 0; i < count; i++) {
    struct vm_access access = access_of (records[i]);
    struct vm_translation got
        = vm_cpu_translate (NULL, r->state, r->geometry, 0, &access);

    r->stats.accesses++;
    if (!got.ok && !fault_in (r, &access, &got.fault, error))
      return false;
  }
  return true;
}

void
vm_replay_stats (const struct vm_replay *r, struct vm_replay_stats *stats)
{
  const struct vm_counters *c = &r->state->counters;

  *stats = r->stats;
  stats->tlb_hits = c->tlb_hits;
  stats->tlb_misses = c->tlb_misses;
  stats->entry_reads = c->entry_reads;
}
