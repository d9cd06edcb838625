/* Read-ahead: pages of a file are read before anybody asks for them.
 *
 *   a reader that goes on in order        a page fault
 *
 *     asked                                      asked
 *       |  window of `size` pages          |  16 before | 16 behind |
 *       v---------------------------v      v------------v-----------v
 *       . . . . . . . . M . . . . . .      . . . . . . . . . . M . .
 *                       |<- async ->|
 *
 * Whoever comes to M, the marked page, has the next window read while the rest
 * of this one is still to come: a reader who goes on in order never waits. Each
 * window is larger than the one before, up to read-ahead= of the machine. What
 * fits to nothing is read alone.
 *
 * The disk is quick here: pages that were asked for ahead are there when the
 * operation goes on. Rules: mm/readahead.c and mm/filemap.c of Linux 6.16 and
 * later, on file systems that keep single pages. */
#ifndef VM_READAHEAD_H
#define VM_READAHEAD_H

#include "mm/streams.h"

/* Who reads, and where his state is kept. */
struct vm_reader {
  uint32_t stream;
  uint32_t file;
  uint32_t process; /* VM_NONE: nobody */
};

/* read wants `wanted` pages from one on that is not cached
 * (page_cache_sync_ra). */
void vm_readahead_sync (struct vm_tape *t, const struct vm_state *s,
                        const struct vm_reader *reader, uint64_t page,
                        uint64_t wanted);

/* Somebody came to a cached page: if it is marked, the next window is read, and
 * it is no more marked (page_cache_async_ra). */
void vm_readahead_async (struct vm_tape *t, const struct vm_state *s,
                         const struct vm_reader *reader, uint64_t page,
                         uint64_t wanted);

/* A page fault came to a page, in a region with these flags: one that is not
 * cached (do_sync_mmap_readahead), or one that is (do_async_mmap_readahead). */
void vm_readahead_miss (struct vm_tape *t, const struct vm_state *s,
                        const struct vm_reader *reader, uint64_t page,
                        uint32_t flags);
void vm_readahead_hit (struct vm_tape *t, const struct vm_state *s,
                       const struct vm_reader *reader, uint64_t page,
                       uint32_t flags);

/* Page faults were spared, because so many pages are cached
 * (filemap_map_pages). */
void vm_readahead_spared (struct vm_tape *t, const struct vm_state *s,
                          uint32_t stream, uint32_t pages);

/* Reads pages because somebody said that he will need them
 * (force_page_cache_ra). */
void vm_readahead_advised (struct vm_tape *t, const struct vm_state *s,
                           const struct vm_reader *reader, uint64_t page,
                           uint64_t wanted);

#endif
