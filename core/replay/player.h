/* What a replay consists of. For the files of this folder alone. */
#ifndef VM_PLAYER_H
#define VM_PLAYER_H

#include "replay/depth.h"
#include "replay/pages.h"
#include "replay/replay.h"
#include "replay/sketch.h"

/* Where pages were found in the TLB lately, by the lowest bits of their
 * numbers. */
#define VM_PLAYER_HINTS 1024u

/* The first level's TLBs: of data or all, of instructions. */
#define VM_PLAYER_UNITS 2u

/* A process, and what it did before it was last switched away from. */
struct vm_player_tally {
  struct vm_replay_process process;
  uint32_t index; /* of the process in the state */
};

struct vm_replay {
  struct vm_state *state;
  const struct vm_geometry *geometry;
  struct vm_geometry toy; /* what that is, if it is one */
  struct vm_replay_config config;
  struct vm_pool pool;
  struct vm_pool_config pool_config; /* FIFO where no page ever goes */
  uint32_t first_frame;              /* that pages can lie in */

  struct vm_player_tally *tallies;
  uint32_t tally_count, current;
  struct vm_replay_stats stats;      /* but for what the state counts */
  uint64_t retries[VM_PLAYER_UNITS]; /* looks that are not counted */
  struct vm_replay_stats switch_stats, window_stats; /* when it began */

  struct vm_replay_fault fault;
  struct vm_pages pages;
  uint32_t *page_in; /* of each frame: the number of its page */
  uint32_t window;   /* its number, from 1 */
  uint64_t working_set;
  bool watching; /* whether a page was used is noted; windows and causes need
                    it */
  bool skimming; /* page tables and TLBs know nothing, but sketches (skim.h) */
  struct vm_sketch_frame *frames; /* with what it knows of each frame */
  struct vm_sketch sketches[VM_SKETCHES];
  struct vm_depth depths[VM_PLAYER_UNITS];
  struct vm_shadow shadows[VM_PLAYER_UNITS];
  const struct vm_tlb_entry *hints[VM_PLAYER_UNITS][VM_PLAYER_HINTS];
};

/* All that the TLBs hold is dropped now, which is a cause of misses. */
void vm_player_note_flush (struct vm_replay *r);

/* The same while accesses are skimmed: their sketches are empty after it. */
void vm_player_empty_sketches (struct vm_replay *r);
void vm_player_free_sketches (struct vm_replay *r);

/* Does a first table for an address go into a register? All of them are then
 * loaded anew, and the TLBs are empty (PAE). */
bool vm_player_empties_tlbs (const struct vm_replay *r, vm_vaddr va);

/* Nothing was found anywhere yet: each hint is an entry that is never valid. */
void vm_player_forget_hints (struct vm_replay *r);

#endif
