/* Makes page tables and TLBs of what was skimmed. */
#include <stdlib.h>

#include "mm/space.h"
#include "mmu/cpu.h"
#include "replay/player.h"
#include "replay/skim.h"

/* The processor uses a page that lies in memory. */
static void
use_page (struct vm_replay *r, const struct vm_page *page,
          enum vm_access_kind kind)
{
  const struct vm_access access
      = {.va = vm_vaddr_of (page->key >> 12 << r->geometry->page_shift),
         .kind = kind,
         .mode = VM_USER_MODE};

  vm_cpu_translate (NULL, r->state, r->geometry, 0, &access);
}

/* Maps the page in a frame, and uses it as it was used. */
static void
settle_frame (struct vm_replay *r, uint32_t frame)
{
  const struct vm_page *page = &r->pages.page[r->page_in[frame]];
  uint32_t process = r->tallies[page->key & 0xfff].index;
  uint32_t shift = r->geometry->page_shift;
  struct vm_mapping mapping = {
      .process = process,
      .va = vm_vaddr_of (page->key >> 12 << shift),
      .frame = vm_frame_of (r->first_frame + frame),
      .shift = shift,
      .writable = true,
      .executable = true,
      .user = true,
  };
  struct vm_fault none;

  vm_space_map_at (NULL, r->state, r->geometry, &mapping,
                   vm_paddr_of (page->entry));
  vm_cpu_switch (NULL, r->state, 0, process, &none);
  use_page (r, page, r->pool.frames[frame].dirty ? VM_WRITE : VM_READ);
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

/* TLBs ----------------------------------------------------------------------
 */

/* What a TLB would hold of a page: an empty one is asked for it. */
static struct vm_tlb_entry
entry_of (struct vm_replay *r, const struct vm_sketch *sketch,
          const struct vm_page *page)
{
  vm_vaddr va = vm_vaddr_of (page->key >> 12 << r->geometry->page_shift);
  enum vm_access_kind kind = sketch->unit == VM_TLB_CODE ? VM_FETCH : VM_READ;

  empty_tlbs (r->state);
  use_page (r, page, kind);
  uint32_t index = vm_tlb_probe (NULL, r->state, &sketch->tlb, VM_ANY_ASID, va);
  return r->state->tlb[index];
}

/* The entries of a TLB, in the ways in which its sketch has them. */
static void
draw (struct vm_replay *r, const struct vm_sketch *sketch,
      struct vm_tlb_entry *entries)
{
  for (uint32_t i = 0; i < sketch->tlb.sets * sketch->tlb.ways; i++) {
    const struct vm_sketch_way *way = &sketch->ways[sketch->tlb.sets + i];
    if (way->frame == VM_NONE)
      continue;
    entries[i] = entry_of (r, sketch, &r->pages.page[r->page_in[way->frame]]);
    entries[i].used = way->used;
  }
}

static bool
settle_tlbs (struct vm_replay *r)
{
  const struct vm_state *s = r->state;
  struct vm_tlb_entry *entries = calloc (VM_MAX_TLB_ENTRIES, sizeof *entries);
  if (entries == NULL)
    return false;

  for (uint32_t i = 0; i < VM_SKETCHES; i++)
    draw (r, &r->sketches[i], entries + r->sketches[i].tlb.first);
  empty_tlbs (s);
  for (uint32_t i = 0; i < vm_tlb_entries (s); i++) {
    struct vm_tlb_entry *entry = &entries[i];
    enum vm_tlb_unit unit;
    struct vm_tlb tlb = vm_tlb_holding (s, i, &unit);
    if (entry->valid)
      vm_tlb_put (NULL, s, &tlb, VM_STEP_TLB_FILL, i, entry);
  }
  free (entries);
  return true;
}

/* What each TLB has thrown out of late, the newest first. */
static void
settle_shadow (struct vm_replay *r, uint32_t unit)
{
  const struct vm_depth *depth = &r->depths[unit];
  struct vm_shadow *shadow = &r->shadows[unit];
  uint32_t node = 0;

  while (depth->entries != 0 && (node = vm_depth_before (depth, node)) != 0) {
    const struct vm_depth_node *n = &depth->nodes[node];
    if (n->gone)
      shadow->gone[shadow->count++] = (struct vm_shadow_page){
          .page = r->pool.pages[n->frame] >> 12, .used = n->used};
  }
}

/* Public --------------------------------------------------------------------
 */

bool
vm_replay_settle (struct vm_replay *r, struct vm_error *error)
{
  struct vm_counters before = r->state->counters;
  struct vm_fault none;
  if (!r->skimming)
    return true;

  for (uint32_t i = 0, left = r->pool.record->used; left > 0; i++)
    if (r->pool.frames[i].used) {
      r->page_in[i] = r->frames[i].page;
      settle_frame (r, i);
      left--;
    }
  vm_cpu_switch (NULL, r->state, 0, r->tallies[r->current].index, &none);
  bool settled = settle_tlbs (r);
  for (uint32_t unit = 0; unit < VM_PLAYER_UNITS; unit++)
    settle_shadow (r, unit);
  r->state->counters = before;
  vm_player_forget_hints (r);
  vm_player_free_sketches (r);
  r->skimming = false;
  if (!settled)
    vm_error_set (error, VM_ERROR_OUT_OF_MEMORY, NULL);
  return settled;
}
