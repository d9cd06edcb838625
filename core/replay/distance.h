/* LRU's faults for every number of frames at once, in one pass.
 *
 *   stack   | 4 | 7 | 2 | 9 | 1 |      the pages, the one used last on top
 *                     ^
 *   an access to 2 hits from three frames on: its distance is 3
 *
 * LRU with n frames holds the n pages on top, for every n (R. Mattson and
 * others, Evaluation Techniques for Storage Hierarchies, IBM Systems Journal
 * 9/2, 1970). The top is a short array, where nearly all is found; below it
 * each page has a place in time, and a tree of partial sums tells how many
 * places above it are taken (P. Fenwick, Software Practice and Experience 24/3,
 * 1994). When time has used up the tree, the places are closed up. */
#ifndef VM_DISTANCE_H
#define VM_DISTANCE_H

#include "types.h"

struct vm_distance;

/* An empty stack; NULL if the host gives no memory. */
struct vm_distance *vm_distance_new (void);
void vm_distance_free (struct vm_distance *distance);

/* Makes accesses to pages, given as number << 2 | anything; numbers are dense.
 * False if the host gives no memory. */
bool vm_distance_add (struct vm_distance *distance, const uint32_t *numbers,
                      size_t count);

/* Faults with so many frames. */
uint64_t vm_distance_faults (const struct vm_distance *distance,
                             uint64_t frames);

#endif
