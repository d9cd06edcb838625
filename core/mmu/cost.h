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

#include "tape/tape.h"

struct vm_cost {
  uint64_t tlb, stlb, walk, memory, disk; /* cycles */
  uint64_t total;
  uint64_t accesses; /* total / accesses is the effective access time */
};

/* The costs up to the state given. */
struct vm_cost vm_cost_of (const struct vm_state *s);

/* What the kernel does is not counted above: it is told by steps, and each is
 * taken to touch memory once; one that clears or copies a page does so for each
 * line of it that it reads or writes. */
#define VM_COST_LINE 64u /* bytes */

/* Cycles that a step takes. What it contains is told by steps of its own. */
uint64_t vm_cost_of_step (const struct vm_config *config,
                          const struct vm_step *step);

/* True if the step is a page that a disk reads or writes. */
bool vm_cost_is_disk (const struct vm_step *step);

#endif
