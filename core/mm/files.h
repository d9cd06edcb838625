/* Files, and the pages of them that are in memory (the page cache).
 *
 *   file, page --hash--> cache[chain] -> frame -> frame -> ... -> 0
 *                                        (vm_frame_record.next)
 *
 *                 read                  first write           writeback
 *   on the disk ---------> cached, clean ---------> cached, dirty -----+
 *        ^                    |       ^                                |
 *        +------ dropped -----+       +--------------------------------+
 *
 * Memory that processes share without a file is a file, too, one without a
 * name (shmem), as in Linux; so is memory that they share by a name. Such files
 * are on no disk: their pages stay, or go to swap (shmem.h). A file on a disk
 * has the bytes that were brought in for it (contents.h), and zeros behind
 * them, or else bytes that follow from its number; and where it was written,
 * what was written. */
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

/* How it came about: what /proc/PID/maps calls it. */
enum vm_file_origin {
  VM_FILE_MADE,  /* by its name */
  VM_FILE_POSIX, /* shm_open: /dev/shm/NAME */
  VM_FILE_MEMFD, /* memfd_create: /memfd:NAME (deleted) */
  VM_FILE_SYSV   /* shmget: /SYSV... (deleted) */
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

/* What /proc/PID/maps calls pages of the kernel's own, a file of the kind
 * VM_FILE_KERNEL: "[vdso]" (arch/x86/entry/vdso/vma.c). */
const char *vm_files_kernel_name (const struct vm_file *file);

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

/* The first cached page of a file at or behind one; VM_NO_PAGE: there is none.
 * As costly as the file is long, or the memory large, whichever is less. */
#define VM_NO_PAGE UINT64_MAX
uint64_t vm_files_next (const struct vm_state *s, uint32_t file, uint64_t from);

/* True if a page can be had: it is cached, in swap, or on the disk. False: it
 * is a hole, and reads as zeros. */
bool vm_files_has (const struct vm_state *s, uint32_t file, uint64_t page);

/* True if the disk has something for a page, so that it must be read. */
bool vm_files_on_disk (const struct vm_state *s, uint32_t file, uint64_t page);

/* The bytes of a page as the disk has them, VM_PAGE_SIZE of them. */
void vm_files_load (const struct vm_tape *t, const struct vm_state *s,
                    uint32_t file, uint64_t page, uint8_t *bytes);

/* The frame of a page; one that is not cached is read if the disk has it, else
 * full of zeros. Its reference is the page cache's. 0 if no frame is left. A
 * read for process VM_NONE was before anybody looked, and is not counted. */
uint32_t vm_files_get (struct vm_tape *t, const struct vm_state *s,
                       uint32_t file, uint64_t page, uint32_t process);

/* The same for a page that will be overwritten as a whole: only swap is read.
 */
uint32_t vm_files_get_blank (struct vm_tape *t, const struct vm_state *s,
                             uint32_t file, uint64_t page, uint32_t process);

/* A cached page is newer than what the disk has (folio_mark_dirty), and is no
 * more (folio_clear_dirty_for_io). */
void vm_files_set_dirty (struct vm_tape *t, const struct vm_state *s,
                         uint32_t frame);
void vm_files_set_clean (struct vm_tape *t, const struct vm_state *s,
                         uint32_t frame);

/* Takes a page out of the page cache, dirty or not, which lets go of its frame
 * (filemap_remove_folio). Nothing may map it. */
void vm_files_forget (struct vm_tape *t, const struct vm_state *s,
                      uint32_t frame);

/* Shared memory is promised in whole when it is made (shmem_acct_size of
 * mm/shmem.c), until nobody maps it any more. */
void vm_files_promise (struct vm_tape *t, const struct vm_state *s,
                       uint32_t file, uint64_t pages);

/* Takes away a file's name. */
void vm_files_unlink (struct vm_tape *t, const struct vm_state *s,
                      uint32_t file);

/* Lets go of a file that nothing maps any more, that is open nowhere, and that
 * nobody can name: all its pages and blocks. */
void vm_files_drop_unused (struct vm_tape *t, const struct vm_state *s,
                           uint32_t file);

#endif
