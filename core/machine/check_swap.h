/* Proves that swap, lists of frames and a policy's books are what they should
 * be. */
#ifndef VM_CHECK_SWAP_H
#define VM_CHECK_SWAP_H

#include "machine/check.h"

/* What page tables were found to name: a number a slot, and one an address
 * space. */
struct vm_check_swapped {
  uint32_t *slots;   /* VM_SWAP_SLOTS of them: entries that name it */
  uint64_t *mms;     /* entries of it that name one */
  uint64_t *present; /* entries of it that name a frame */
};

/* True if links, areas and marks are within their limits; otherwise fills
 * *report. */
bool vm_check_swap_links (const struct vm_state *s,
                          struct vm_check_report *report);

/* Adds to refs what the swap cache and devices have of frames. True if slots
 * and frames of the swap cache name each other, and pins are counted. */
bool vm_check_swap_refs (const struct vm_state *s, uint32_t *refs,
                         struct vm_check_report *report);

/* True if each slot counts the entries that name it, no frame is on two lists,
 * a frame is on one exactly if it may be reclaimed, on the unevictable one
 * exactly if it is locked, and a policy has each page in its books once. */
bool vm_check_swap_counts (const struct vm_state *s,
                           const struct vm_check_swapped *found,
                           struct vm_check_report *report);

#endif
