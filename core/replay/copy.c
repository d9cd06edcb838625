/* Copies a replay as it stands. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "replay/player.h"

/* Managed frames that were ever used: page tables take the lowest, and keep
 * them. Those of a toy lie at the end of a small memory. */
static uint32_t
used_frames (const struct vm_replay *r)
{
  const struct vm_config *c = &r->state->config;

  return r->geometry == &r->toy ? c->frames : c->frames - r->state->free_count;
}

/* Copies what a replay has touched of its state; the rest is zero in both. */
static void
copy_state (const struct vm_replay *from, struct vm_state *to)
{
  const struct vm_state *s = from->state;

  memcpy (to, s, offsetof (struct vm_state, regions));
  memcpy (to->tlb, s->tlb, VM_MAX_TLB_ENTRIES * sizeof *to->tlb);
  memcpy (to->runs, s->runs, sizeof to->runs);
  memcpy (to->frames, s->frames, used_frames (from) * sizeof *to->frames);
  for (uint32_t slot = 1; slot < s->slot_count; slot++) {
    uint32_t place = s->slot_frame[slot];
    to->slot_frame[slot] = place;
    to->slot_of[place] = slot;
    memcpy (to->bytes[slot], s->bytes[slot], VM_SLOT_SIZE);
  }
}

/* Hints are places in the state: the same in the other one. */
static void
move_hints (struct vm_replay *to, const struct vm_replay *from)
{
  for (uint32_t unit = 0; unit < VM_PLAYER_UNITS; unit++)
    for (uint32_t i = 0; i < VM_PLAYER_HINTS; i++)
      to->hints[unit][i] = to->state->tlb
                           + (from->hints[unit][i] - from->state->tlb);
}

static bool
copy_shadows (struct vm_replay *to, const struct vm_replay *from)
{
  for (uint32_t unit = 0; unit < VM_PLAYER_UNITS; unit++)
    if (from->shadows[unit].gone != NULL
        && !vm_shadow_copy (&to->shadows[unit], &from->shadows[unit]))
      return false;
  return true;
}

static bool
copy_sketches (struct vm_replay *to, const struct vm_replay *from)
{
  uint32_t used = from->pool.record->used;
  if (!from->skimming)
    return true;

  to->frames = calloc (from->pool_config.frames, sizeof *to->frames);
  if (to->frames == NULL)
    return false;
  memcpy (to->frames, from->frames, used * sizeof *to->frames);
  for (uint32_t i = 0; i < VM_SKETCHES; i++)
    if (!vm_sketch_copy (&to->sketches[i], &from->sketches[i]))
      return false;
  for (uint32_t unit = 0; unit < VM_PLAYER_UNITS; unit++)
    if (!vm_depth_copy (&to->depths[unit], &from->depths[unit]))
      return false;
  return true;
}

static bool
copy_parts (struct vm_replay *to, const struct vm_replay *from)
{
  uint32_t frames = from->pool_config.frames;
  uint32_t used = from->pool.record->used;

  to->state = vm_state_new ();
  to->tallies = calloc (VM_MAX_PROCESSES, sizeof *to->tallies);
  to->page_in = calloc (frames, sizeof *to->page_in);
  if (to->state == NULL || to->tallies == NULL || to->page_in == NULL
      || !vm_pool_copy (&to->pool, &from->pool, &from->pool_config)
      || !vm_pages_copy (&to->pages, &from->pages) || !copy_shadows (to, from)
      || !copy_sketches (to, from))
    return false;

  memcpy (to->tallies, from->tallies, from->tally_count * sizeof *to->tallies);
  memcpy (to->page_in, from->page_in, used * sizeof *to->page_in);
  copy_state (from, to->state);
  move_hints (to, from);
  return true;
}

struct vm_replay *
vm_replay_copy (const struct vm_replay *from)
{
  struct vm_replay *to = malloc (sizeof *to);
  if (to == NULL)
    return NULL;

  *to = *from;
  to->tallies = NULL;
  to->page_in = NULL;
  to->state = NULL;
  to->pool = (struct vm_pool){0};
  to->pages = (struct vm_pages){0};
  for (uint32_t unit = 0; unit < VM_PLAYER_UNITS; unit++)
    to->shadows[unit].gone = NULL;
  to->frames = NULL;
  memset (to->sketches, 0, sizeof to->sketches);
  memset (to->depths, 0, sizeof to->depths);
  if (from->geometry == &from->toy)
    to->geometry = &to->toy;
  if (copy_parts (to, from))
    return to;
  vm_replay_free (to);
  return NULL;
}

uint64_t
vm_replay_bytes (const struct vm_replay *r)
{
  struct vm_pool_config filled = r->pool_config;
  filled.frames = r->pool.record->used + 1;
  uint64_t pool = vm_pool_bytes (&filled) + filled.frames * sizeof *r->page_in;
  uint64_t pages = (uint64_t) r->pages.room * sizeof *r->pages.page
                   + ((uint64_t) r->pages.mask + 1) * sizeof *r->pages.buckets;

  return sizeof *r + offsetof (struct vm_state, regions)
         + VM_MAX_TLB_ENTRIES * sizeof *r->state->tlb
         + used_frames (r) * sizeof *r->state->frames
         + (uint64_t) r->state->slot_count * VM_SLOT_SIZE + pool + pages;
}
