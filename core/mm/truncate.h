/* Pages leave the page cache: because their file ends before them, or because
 * nobody needs them.
 *
 *   before  |  page  |  page  |  page  |  page  |
 *   after   |  page  |  pa0000|
 *                      ^ the new end: the rest of its page becomes zero;
 *                        entries behind it go, in every process, those of
 *                        private copies, too; then the pages, then their blocks
 *
 * Rules: mm/truncate.c and unmap_mapping_range of mm/memory.c, Linux 6.x. */
#ifndef VM_TRUNCATE_H
#define VM_TRUNCATE_H

#include "mm/files.h"

/* Gives a file another size. False if no frame is left for its last page, which
 * must be read to be cleared in part; then nothing has changed. */
bool vm_truncate (struct vm_tape *t, const struct vm_state *s, uint32_t file,
                  uint64_t size, uint32_t process);

/* Drops the pages of a file (0: of all) that are on a disk, clean, and mapped
 * nowhere (invalidate_mapping_pages). Returns how many. */
uint64_t vm_truncate_drop (struct vm_tape *t, const struct vm_state *s,
                           uint32_t file);

#endif
