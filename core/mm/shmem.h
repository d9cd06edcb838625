/* Shared memory in swap: pages of files that are on no disk, while they are not
 * in memory.
 *
 *   page tables   | empty |            nobody's entry names the slot
 *   the file      page 3 --hash--> slot_chains[chain] -> slot -> slot -> 0
 *                                  (vm_swap_record.file, page, next)
 *
 *   page cache --out--> swap cache --written--> swap only
 *        ^                                         |
 *        +--------- read, and the slot is free ----+
 *
 * A page of shared memory is in the page cache or in a slot, never in both, as
 * in Linux: whoever brings it back gives its slot back, so that it is dirty
 * again. Rules: shmem_writepage, shmem_swapin_folio, shmem_unuse and
 * shmem_undo_range of mm/shmem.c of Linux 6.x. */
#ifndef VM_SHMEM_H
#define VM_SHMEM_H

#include "mm/swap.h"

/* The slot that a page of a file is in; 0: it is in none. */
uint32_t vm_shmem_slot (const struct vm_state *s, uint32_t file, uint64_t page);

/* A dirty page of the page cache, which nothing maps, goes to swap, and its
 * frame is free. False if there is no slot, or writing failed: then it stays in
 * the page cache. */
bool vm_shmem_out (struct vm_tape *t, const struct vm_state *s, uint32_t frame);

/* The way back: the slot is free then. The frame that has the slot's bytes
 * already leaves the swap cache; its reference is the caller's. 0: none has
 * them. */
uint32_t vm_shmem_take_cached (struct vm_tape *t, const struct vm_state *s,
                               uint32_t slot);

/* The same for a slot that no frame has: it is read into one that has just
 * joined the page cache for its page. */
void vm_shmem_read (struct vm_tape *t, const struct vm_state *s, uint32_t slot,
                    uint32_t frame);

/* The file ends before a page: the slots of all from there on are free. */
void vm_shmem_drop (struct vm_tape *t, const struct vm_state *s, uint32_t file,
                    uint64_t from);

/* The first slot from one on, below end, that holds a page of shared memory; 0:
 * none does. */
uint32_t vm_shmem_next (const struct vm_state *s, uint32_t slot, uint32_t end);

#endif
