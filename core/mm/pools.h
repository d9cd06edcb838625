/* Pools of frames that run along a string of references, in lessons.
 *
 *   string    7   0   1   2   0   3 ...      declared, or as they come
 *   fifo      7   7   7   2   2   2
 *   3 frames      0   0   0   0   3          each pool has frames of its own,
 *                     1   1   1   1          and comes along at its own pace:
 *             *   *   *   *       *          mostly all go in lock-step
 *   lru       7   7   7   2 ...
 *
 * The policies are those that replay runs (policy/policy.h); here they have a
 * tape. */
#ifndef VM_POOLS_H
#define VM_POOLS_H

#include "error.h"
#include "policy/policy.h"

/* One reference as a number: the page, and 1 in the lowest bit if it is a
 * write. Pages are below VM_PAGES_END. */
#define VM_PAGES_END (UINT64_C (1) << 52)

static inline uint64_t
vm_pools_record (uint64_t page, bool write)
{
  return page << 1 | write;
}

/* Where the parts of a pool lie; index < pool_count. */
struct vm_pool vm_pools_get (const struct vm_state *s, uint32_t index);

/* The pool of that (interned) name, or VM_NONE. */
uint32_t vm_pools_find (const struct vm_state *s, uint32_t name);

/* Makes an empty pool, which stands before the first reference. False and
 * *error if the name is taken or there are too many. */
bool vm_pools_add (struct vm_tape *t, const struct vm_state *s,
                   const struct vm_pool_config *config, struct vm_error *error);

/* Declares what is referred to after what is known already: count records.
 * False and *error if there are too many. */
bool vm_pools_declare (struct vm_tape *t, const struct vm_state *s,
                       const uint64_t *records, uint32_t count,
                       struct vm_error *error);

/* Makes the next reference of the string in one pool, or, with VM_NONE, in
 * every pool. False and *error if there is none. */
bool vm_pools_refer (struct vm_tape *t, const struct vm_state *s, uint32_t pool,
                     struct vm_error *error);

/* The same for a record that is given: where the string goes on it must be
 * what comes next, else it is added. OPT cannot do with that. */
bool vm_pools_refer_to (struct vm_tape *t, const struct vm_state *s,
                        uint32_t pool, uint64_t record, struct vm_error *error);

#endif
