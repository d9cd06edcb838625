/* Files, and the pages of them that are in memory (the page cache).
 *
 *   file, page --hash--> cache[chain] -> frame -> frame -> ... -> 0
 *                                        (vm_frame_record.next)
 *
 * Memory that processes share without a file is a file, too, one without a
 * name (shmem), as in Linux. A file on a disk has the bytes that were brought
 * in for it (contents.h), and zeros behind them, or else bytes that follow from
 * its number; they are read when a page is first needed. */
#ifndef VM_FILES_H
#define VM_FILES_H

#include "mm/frames.h"

enum vm_file_kind {
  VM_FILE_FREE,
  VM_FILE_DISK,   /* on a disk, by a file system that wants to be told of the
                     first write to a page (ext4) */
  VM_FILE_TMPFS,  /* in memory only */
  VM_FILE_SHARED, /* memory shared without a name */
  VM_FILE_KERNEL  /* pages of the kernel's own that processes may see */
};

/* Makes a file. name is interned, or VM_NONE. Returns its number; 0 if there
 * are too many. */
uint32_t vm_files_make (struct vm_tape *t, const struct vm_state *s,
                        enum vm_file_kind kind, uint32_t name, uint64_t size);

/* Gives a file on a disk that was just made the bytes of a content. The host
 * keeps them, so that fewer frames can be written from now on. False if too
 * many are written already. */
bool vm_files_give (struct vm_tape *t, const struct vm_state *s, uint32_t file,
                    uint32_t content);

/* The file with that interned name, or 0. */
uint32_t vm_files_find (const struct vm_state *s, uint32_t name);

/* Pages of a file, a started last one included. */
uint64_t vm_files_pages (const struct vm_state *s, uint32_t file);

/* True if a write through a shared mapping needs a fault of its own for each
 * page, so that the file system hears of it (vma_wants_writenotify). */
static inline bool
vm_files_notifies (const struct vm_state *s, uint32_t file)
{
  return s->files[file].kind == VM_FILE_DISK;
}

/* The frame in the page cache that holds a page of a file; 0: none does. */
uint32_t vm_files_cached (const struct vm_state *s, uint32_t file,
                          uint64_t page);

/* The frame of a page; one that is not cached is read, *read says so. Its
 * reference is the page cache's. 0 if no frame is left. */
uint32_t vm_files_get (struct vm_tape *t, const struct vm_state *s,
                       uint32_t file, uint64_t page, uint32_t process,
                       bool *read);

/* Takes a page out of the page cache, dirty or not, which lets go of its frame
 * (filemap_remove_folio). Nothing may map it. */
void vm_files_forget (struct vm_tape *t, const struct vm_state *s,
                      uint32_t frame);

/* Shared memory is promised in whole when it is made (shmem_acct_size of
 * mm/shmem.c), until nobody maps it any more. */
void vm_files_promise (struct vm_tape *t, const struct vm_state *s,
                       uint32_t file, uint64_t pages);

/* Lets go of all cached pages of a file that nothing maps any more and that
 * nobody can name: shared memory without users. */
void vm_files_drop_unused (struct vm_tape *t, const struct vm_state *s,
                           uint32_t file);

#endif
