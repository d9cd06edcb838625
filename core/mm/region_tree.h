/* The tree of an address space's regions.
 *
 *                 0x7f..000          black
 *                /         \
 *        0x5555..000     0x7ff..000  red or black
 *
 * A red-black tree: the root is black, no red node has a red child, and every
 * way down passes equally many black nodes; so a look-up compares at most
 * twice as many nodes as the best tree would need. Number 0 is the leaf that
 * stands below all others. */
#ifndef VM_REGION_TREE_H
#define VM_REGION_TREE_H

#include "mm/region.h"

/* The first region, in order of addresses, that ends above va: the one that
 * holds va, if any does (find_vma). 0: there is none. */
uint32_t vm_tree_find (const struct vm_state *s, uint32_t mm, uint64_t va);

/* The same, told as steps: each node that is compared. */
uint32_t vm_tree_find_told (struct vm_tape *t, const struct vm_state *s,
                            uint32_t mm, uint64_t va);

/* The region that holds va, or 0. */
uint32_t vm_tree_holder (const struct vm_state *s, uint32_t mm, uint64_t va);

/* The first and the last, and the neighbours of one; 0: there is none. */
uint32_t vm_tree_first (const struct vm_state *s, uint32_t mm);
uint32_t vm_tree_last (const struct vm_state *s, uint32_t mm);
uint32_t vm_tree_next (const struct vm_state *s, uint32_t region);
uint32_t vm_tree_previous (const struct vm_state *s, uint32_t region);

/* Puts a region, whose start and mm are set, in its place; takes it out. */
void vm_tree_insert (struct vm_tape *t, const struct vm_state *s,
                     uint32_t region);
void vm_tree_remove (struct vm_tape *t, const struct vm_state *s,
                     uint32_t region);

#endif
