/* OPT's faults for every number of frames up to a limit at once.
 *
 *   stack   | 4 | 7 | 2 | 9 |       an access to 2 brings it to the top; of 4
 *                 \  /              and 7 the one that is used sooner stays at
 *   after   | 2 | 7 | 4 | 9 |       the second place, and the other goes on
 *
 * With n frames OPT holds the n pages on top, for every n: Mattson's method
 * (distance.h) for a policy that ranks pages by their next use. A pass takes
 * time by the depth in which pages are found, so the stack is cut off. */
#ifndef VM_OPTIMAL_H
#define VM_OPTIMAL_H

#include "types.h"

struct vm_optimal;

/* An empty stack for at most so many frames; NULL if the host gives no memory.
 */
struct vm_optimal *vm_optimal_new (uint32_t frames);
void vm_optimal_free (struct vm_optimal *optimal);

/* Makes accesses to pages, given as number << 2 | anything, numbers below
 * 2^30; next says when each comes again. False if the host gives no memory. */
bool vm_optimal_add (struct vm_optimal *optimal, const uint32_t *numbers,
                     const uint32_t *next, size_t count);

/* Faults with so many frames, at most those of vm_optimal_new. */
uint64_t vm_optimal_faults (const struct vm_optimal *optimal, uint32_t frames);

#endif
