/* Which way of a full set a new entry of a TLB takes.
 *
 *   LRU      the one used longest ago
 *   FIFO     the one filled longest ago
 *   random   any; the numbers follow from the machine's seed
 *   PLRU     a tree of one bit a node, which points to the half that was not
 *            used last; a use turns the nodes above it away
 *
 *                   node 1
 *                  /      \                 bit 0: go left, 1: go right
 *             node 2      node 3
 *             /   \       /   \
 *          way 0 way 1 way 2 way 3          node n's bit: way n, field tree
 *
 * An empty way is taken first, the lowest, whatever the policy. Filling a way
 * is a use. Numbers come from one row for all TLBs of the machine, Marsaglia's
 * xorshift: x ^= x << 13; x ^= x >> 7; x ^= x << 17, in 64 bits, beginning with
 * the seed; the upper 32 bits of each, modulo the ways, are the way. */
#ifndef VM_REPLACE_H
#define VM_REPLACE_H

#include "mmu/tlb.h"

/* Notes that an entry, which lies in that TLB, was used just now. */
void vm_replace_touch (struct vm_tape *t, const struct vm_state *s,
                       const struct vm_tlb *tlb, uint32_t index);

/* Chooses a way, says which and why, and puts the entry there; kind as in
 * vm_tlb_put. Returns the index. */
uint32_t vm_replace_fill (struct vm_tape *t, const struct vm_state *s,
                          const struct vm_tlb *tlb, enum vm_step_kind kind,
                          const struct vm_tlb_entry *new);

/* The way of a set that the next new entry will take; VM_NONE where that is
 * drawn by lot. */
uint32_t vm_replace_next (const struct vm_state *s, const struct vm_tlb *tlb,
                          uint32_t set);

#endif
