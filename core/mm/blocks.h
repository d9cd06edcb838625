/* Where the pages of files lie on the disk.
 *
 *   file, page --hash--> block_chains[chain] -> block -> block -> ... -> 0
 *                                               (vm_block.next)
 *   block n of the files is block VM_DISK_BLOCKS + n of the disk
 *
 * What a file holds when it is made takes no block: it is known otherwise
 * (files.h). A page gets a block of its own when it is first written, and
 * keeps it until the file ends before it. */
#ifndef VM_BLOCKS_H
#define VM_BLOCKS_H

#include "tape/memory.h"

/* The block of a page; VM_NONE: it has none. */
uint32_t vm_blocks_find (const struct vm_state *s, uint32_t file,
                         uint64_t page);

/* What the disk has there, VM_SLOT_SIZE bytes. */
const uint8_t *vm_blocks_bytes (const struct vm_state *s, uint32_t block);

/* Has the disk write a page. False if it fails: by its own fault
 * (failing-write= of the machine), or because it is full. Then it holds what
 * it held before. */
bool vm_blocks_write (struct vm_tape *t, const struct vm_state *s,
                      uint32_t file, uint64_t page, const uint8_t *bytes);

/* Gives back the blocks of all pages of a file from one on. */
void vm_blocks_drop (struct vm_tape *t, const struct vm_state *s, uint32_t file,
                     uint64_t from);

#endif
