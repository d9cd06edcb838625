/* One policy with one number of frames, and nothing else: for curves of
 * policies that have to be run once for each size.
 *
 * It faults as a whole replay does (replay.h), which adds TLB and page tables
 * but asks the policy the same. */
#ifndef VM_SIZED_H
#define VM_SIZED_H

#include "policy/policy.h"

struct vm_sized {
  struct vm_pool pool;
  enum vm_policy policy;
  uint32_t *frame_of; /* of each page, or VM_NONE */
  uint32_t pages;     /* room in frame_of */
  uint64_t faults, writebacks;
};

/* False if the host gives no memory; then nothing is to be released. */
bool vm_sized_init (struct vm_sized *sized,
                    const struct vm_pool_config *config);
void vm_sized_done (struct vm_sized *sized);

/* Makes accesses to pages, given as number << 2 | kind of a record; numbers are
 * dense and below `pages`. next is for OPT alone, and else NULL. False if the
 * host gives no memory. */
bool vm_sized_run (struct vm_sized *sized, const uint32_t *numbers,
                   const uint32_t *next, size_t count, uint32_t pages);

#endif
