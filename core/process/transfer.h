/* read and write: bytes go between a file's pages in the page cache and the
 * memory of a process. The kernel copies them, with the process's own
 * addresses; a bad one is no crash:
 *
 *   page of the file -> touch the process's page -> page fault?
 *        |                                            |
 *        +--------------- copy <---- answered --------+---- bad address: as
 * many as were copied, or EFAULT
 *
 * A read that misses the page cache reads ahead; a write leaves dirty pages
 * behind, and reads a page first if it changes only a part of it. A mapping of
 * the same page needs no copy at all.
 *
 * Rules: filemap_read and generic_perform_write of mm/filemap.c, shmem_read of
 * mm/shmem.c, exception tables of arch/x86/mm/extable.c, Linux 6.x. */
#ifndef VM_TRANSFER_H
#define VM_TRANSFER_H

#include "mm/readahead.h"
#include "process/user.h"

struct vm_transfer {
  uint32_t file;
  uint32_t stream; /* whose position and read-ahead it is */
  uint64_t offset; /* in the file, in bytes */
  uint64_t va, length;
  bool to_file; /* write; else read */
};

/* *done gets the bytes copied. A read ends at the end of the file; a write
 * makes it longer. VM_EFAULT if the first byte already cannot be had,
 * VM_ENOMEM if no frame is left for the page cache; then nothing was copied. */
enum vm_errno vm_transfer_bytes (struct vm_tape *t, const struct vm_state *s,
                                 struct vm_user *user,
                                 const struct vm_transfer *what,
                                 uint64_t *done);

#endif
