/* A whole trace kept in memory, with what OPT must know: when each page comes
 * again.
 *
 *   access      0     1     2     3     4          four bytes each:
 *   page, kind  A r   B w   A r   C r   A w        its page's number << 2 |
 * kind next        2     -     4     -     -          and four more, made at
 * the end
 *
 * So it takes eight bytes an access. They are kept in blocks, for nothing may
 * have to be copied when they grow. */
#ifndef VM_FUTURE_H
#define VM_FUTURE_H

#include "replay/pages.h"
#include "replay/record.h"

/* Accesses that can be kept. */
#define VM_FUTURE_MOST ((UINT64_C (1) << 32) - 2)

#define VM_FUTURE_NEVER UINT32_MAX

struct vm_future;

/* An empty one for pages of 2^shift bytes; NULL if the host gives no memory. */
struct vm_future *vm_future_new (uint32_t shift);
void vm_future_free (struct vm_future *future);

/* Adds records of a process after those before. False if there are too many,
 * or the host gives no memory. */
bool vm_future_add (struct vm_future *future, uint32_t process,
                    const vm_record *records, size_t count);

/* No more come: finds out when pages come again. False if the host gives no
 * memory. */
bool vm_future_finish (struct vm_future *future);

/* The same, about a million accesses at a time: to be called until *left, the
 * accesses of which it is not known yet, is 0. */
bool vm_future_finish_some (struct vm_future *future, uint64_t *left);

/* What is kept of a page by its number: its key (pages.h), and the number of
 * its process. */
uint64_t vm_future_key (const struct vm_future *future, uint32_t page);
uint32_t vm_future_process (const struct vm_future *future, uint32_t page);

uint64_t vm_future_count (const struct vm_future *future);
uint32_t vm_future_pages (const struct vm_future *future);

/* Bytes of memory that so many accesses take, besides 40 a page. */
uint64_t vm_future_bytes (uint64_t accesses);

/* The accesses from a position on, all of one process, whose number is put into
 * *process: at most room, and no more than lie together. Addresses are those
 * of their pages. Returns how many. */
size_t vm_future_get (const struct vm_future *future, uint64_t position,
                      vm_record *records, uint32_t *next, size_t room,
                      uint32_t *process);

/* The same as bare numbers of pages << 2 | kind: the block in which a position
 * lies. Returns how many accesses follow in it; *next is where each page comes
 * again. */
size_t vm_future_block (const struct vm_future *future, uint64_t position,
                        const uint32_t **numbers, const uint32_t **next);

#endif
