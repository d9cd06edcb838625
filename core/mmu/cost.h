/* What the accesses so far have cost, in cycles.
 *
 *   asking the first level   tlb hits + misses          x cost-tlb
 *   asking the second level  its hits + misses          x cost-stlb
 *   walking                  entries read               x cost-walk
 *   the data                 accesses to them           x cost-memory
 *   the disk                 pages read or written      x cost-disk
 *
 * Nothing is added up on the way: the counters say it all, at every step. */
#ifndef VM_COST_H
#define VM_COST_H

#include "tape/state.h"

struct vm_cost {
  uint64_t tlb, stlb, walk, memory, disk; /* cycles */
  uint64_t total;
  uint64_t accesses; /* total / accesses is the effective access time */
};

/* The costs up to the state given. */
struct vm_cost vm_cost_of (const struct vm_state *s);

#endif
