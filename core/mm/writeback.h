/* Writeback: dirty pages of files go to the disk.
 *
 *   entry  w D          w D cleared      w D cleared      w D cleared
 *   page   dirty   ->   under writeback  ->  disk writes  ->  clean
 *          |                                    |
 *          |  the next store faults again,      +-- fails: clean all the same,
 *          |  so that the page is dirty again       and the file owes an EIO
 *
 *   0 ------- background ----------- limit -------> dirty pages of all files
 *               |                      |
 *               the flusher writes     whoever dirties more must write himself
 *
 * Rules: mm/page-writeback.c, fs/fs-writeback.c and folio_mkclean of mm/rmap.c,
 * Linux 6.x. */
#ifndef VM_WRITEBACK_H
#define VM_WRITEBACK_H

#include "mm/files.h"

#define VM_DIRTY_BACKGROUND 10u /* per cent: dirty_background_ratio */
#define VM_DIRTY_LIMIT 20u      /* dirty_ratio */
#define VM_DIRTY_EXPIRE 30u     /* seconds: dirty_expire_centisecs */
#define VM_FLUSHER_INTERVAL 5u  /* seconds: dirty_writeback_centisecs */
#define VM_FLUSHER_PAGES 1024u  /* that it writes at a stretch */

/* How many dirty pages there may be: per cent of the free frames and those of
 * the page cache (domain_dirty_limits). */
uint64_t vm_writeback_limit (const struct vm_state *s, uint32_t percent);

/* Writes a dirty page of a file on a disk. False if the disk failed: the page
 * is clean then, too, as in Linux, and the file remembers the failure. */
bool vm_writeback_page (struct vm_tape *t, const struct vm_state *s,
                        uint32_t frame);

/* Writes the dirty pages [first, last] of a file, at most so many. */
void vm_writeback_range (struct vm_tape *t, const struct vm_state *s,
                         uint32_t file, uint64_t first, uint64_t last,
                         uint32_t most);

/* Writes everything that is dirty (sync). */
void vm_writeback_all (struct vm_tape *t, const struct vm_state *s);

/* Somebody has dirtied a page: beyond the limit he must write, until there are
 * half as many too many (balance_dirty_pages). */
void vm_writeback_balance (struct vm_tape *t, const struct vm_state *s);

/* What the flusher does at the end of an operation, if too much is dirty; and
 * when seconds pass: what has been dirty for long. */
void vm_writeback_background (struct vm_tape *t, const struct vm_state *s);
void vm_writeback_tick (struct vm_tape *t, const struct vm_state *s,
                        uint64_t seconds);

#endif
