/* Proves that the pools' lists, heaps and ghosts contradict themselves nowhere.
 */
#ifndef VM_CHECK_POOLS_H
#define VM_CHECK_POOLS_H

#include "machine/check.h"
#include "policy/pool.h"

/* True if every number lies within its bounds; otherwise fills *report. */
bool vm_check_pool_links (const struct vm_state *s,
                          struct vm_check_report *report);

/* True if every page is where its policy looks for it, once, and the sums are
 * right; otherwise fills *report. */
bool vm_check_pool_pages (const struct vm_state *s,
                          struct vm_check_report *report);

/* The same for one pool, wherever it lies. */
bool vm_check_pool_books (const struct vm_pool *pool,
                          struct vm_check_report *report);

#endif
