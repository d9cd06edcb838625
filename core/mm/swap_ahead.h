/* Read-ahead of swap: slots near the one that is needed are read as well, for
 * what left memory together often comes back together.
 *
 *   slots   | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16 ...
 *           '------ window of 8, aligned ------'
 *                       ^ needed          those in use, and in no frame yet
 *
 * Pages read ahead wait in the swap cache, without an address; whoever needs
 * one then has a minor fault. The window grows with how many of the latest were
 * used, up to 2^page-cluster= slots. Rules: swap_cluster_readahead and
 * swapin_nr_pages of mm/swap_state.c, Linux 6.x, for disks that turn. What is
 * left out: the other way, by addresses, that Linux goes on disks that do not.
 * Only where Linux's lists choose who leaves: a policy would hear of pages that
 * nobody has used. */
#ifndef VM_SWAP_AHEAD_H
#define VM_SWAP_AHEAD_H

#include "mm/swap.h"

/* A slot was read because somebody needs it: reads those around it, as far as
 * frames above min are free. */
void vm_swap_ahead (struct vm_tape *t, const struct vm_state *s, uint32_t slot);

/* Somebody came to a frame of the swap cache: if it was read ahead, that was
 * worth it. */
void vm_swap_ahead_used (struct vm_tape *t, const struct vm_state *s,
                         uint32_t frame);

/* Reads a slot into a frame of the swap cache that belongs to no address yet.
 * False if no frame can be spared. */
bool vm_swap_fetch (struct vm_tape *t, const struct vm_state *s, uint32_t slot);

#endif
