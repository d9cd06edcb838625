/* Makes replays. */
#include <stdlib.h>

#include "mm/space.h"
#include "replay/player.h"

/* Frames that are ever looked at: page tables take some, pages the rest. */
#define MOST_FRAMES (1u << 24)

/* Page tables come out of the managed frames; pages lie behind those, where
 * nobody counts references, but still where an entry can name them. A toy has
 * so few frames that tables get all that no page was promised. */
static uint32_t
first_frame_of (const struct vm_geometry *g, uint32_t wanted, uint32_t *limit)
{
  uint32_t leaf = vm_geometry_leaf_level (g, g->page_shift);
  uint64_t frames = vm_pte_last_frame (g, leaf, true) + 1;

  if (frames > MOST_FRAMES)
    frames = MOST_FRAMES;
  uint64_t first = frames / 2;
  if (g->id == VM_GEOMETRY_TOY && wanted != VM_REPLAY_ALL_FRAMES)
    first = wanted < frames ? frames - wanted : 1;
  if (first > VM_MANAGED_FRAMES)
    first = VM_MANAGED_FRAMES;
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

static bool
make_shadows (struct vm_replay *r)
{
  for (uint32_t unit = 0; unit < VM_PLAYER_UNITS; unit++) {
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

  r->pool_config = (struct vm_pool_config){
      .policy = all ? VM_POLICY_FIFO : r->config.policy,
      .frames = all && limit < r->config.frames ? limit : r->config.frames,
      .seed = r->config.seed,
      .interval = r->config.interval,
  };
  r->page_in = calloc (r->pool_config.frames, sizeof *r->page_in);
  return r->page_in != NULL && vm_pool_new (&r->pool, &r->pool_config);
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
  r->watching = r->config.windows || r->config.causes;
  r->current = VM_NONE;
  vm_frames_init (NULL, r->state);
  vm_player_forget_hints (r);
  if (r->config.causes && !make_shadows (r)) {
    vm_error_set (error, VM_ERROR_OUT_OF_MEMORY, NULL);
    return false;
  }
  return vm_space_make_kernel_root (NULL, r->state, error)
         && vm_replay_switch (r, 0, error);
}

void
vm_player_forget_hints (struct vm_replay *r)
{
  const struct vm_tlb_entry *none
      = &r->state->tlb[VM_MAX_CPUS * VM_MAX_TLB_ENTRIES - 1];

  for (uint32_t unit = 0; unit < VM_PLAYER_UNITS; unit++)
    for (uint32_t i = 0; i < VM_PLAYER_HINTS; i++)
      r->hints[unit][i] = none;
}

struct vm_replay *
vm_replay_new (const struct vm_replay_config *config, struct vm_error *error)
{
  const struct vm_config asked
      = {.geometry = config->geometry, .toy = config->toy};
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&asked, &room);
  uint32_t limit;
  uint32_t first = first_frame_of (g, config->frames, &limit);
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

  for (uint32_t unit = 0; unit < VM_PLAYER_UNITS; unit++)
    vm_shadow_done (&r->shadows[unit]);
  vm_player_free_sketches (r);
  vm_state_free (r->state);
  vm_pool_done (&r->pool);
  vm_pages_done (&r->pages);
  free (r->tallies);
  free (r->page_in);
  free (r);
}
