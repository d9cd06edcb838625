/* Replays a trace of memory accesses at full speed, without a tape.
 *
 *   record -> TLB -> walk -> fault? -> victim out, page in -> again
 *
 * The TLB, the walk and the page tables are the machine's own, given no tape;
 * nothing is modelled twice. Pages are loaded when they are first touched and
 * thrown out by a replacement policy when the frames are full; a dirty victim
 * counts as written back. One replay is one object: nothing is shared, so
 * each thread may have its own. */
#ifndef VM_REPLAY_H
#define VM_REPLAY_H

#include "error.h"
#include "mmu/geometry.h"

/* One access of a trace: the address shifted left by two, and the kind (enum
 * vm_access_kind, or 3 for a modify) in the two lowest bits. */
typedef uint64_t vm_record;

static inline vm_record
vm_record_of (vm_vaddr va, enum vm_access_kind kind)
{
  return va.v << 2 | (uint64_t) kind;
}

struct vm_replay_config {
  enum vm_geometry_id geometry;
  uint32_t tlb_sets, tlb_ways; /* product at most VM_MAX_TLB_ENTRIES */
  uint32_t frames; /* for pages, at most 2 GiB; page tables come on top */
};

struct vm_replay_stats {
  uint64_t accesses;
  uint64_t tlb_hits, tlb_misses; /* a faulting access misses twice: before and
                                    after its page was loaded */
  uint64_t entry_reads;
  uint64_t faults;     /* pages loaded */
  uint64_t writebacks; /* victims that were dirty */
};

struct vm_replay;

/* A replay with empty memory. NULL and *error if the configuration is out of
 * bounds or the host gives no memory. */
struct vm_replay *vm_replay_new (const struct vm_replay_config *config,
                                 struct vm_error *error);
void vm_replay_free (struct vm_replay *replay);

/* Replays count records after those before. False and *error if an address
 * does not fit the geometry, or page tables outgrow memory; the records up to
 * that one have been counted. */
bool vm_replay_run (struct vm_replay *replay, const vm_record *records,
                    size_t count, struct vm_error *error);

void vm_replay_stats (const struct vm_replay *replay,
                      struct vm_replay_stats *stats);

#endif
