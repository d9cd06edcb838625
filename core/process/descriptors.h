/* The descriptors of processes: numbers for open files (files_struct).
 *
 *   fds[table * VM_MAX_FDS + fd - VM_FIRST_FD] -> stream; 0: not open
 *
 * A table is that which was made for the process with its index; clone may have
 * others share it (task.h). */
#ifndef VM_DESCRIPTORS_H
#define VM_DESCRIPTORS_H

#include "mm/streams.h"

#define VM_FIRST_FD 3u /* those before are the terminal's */

/* The open file behind a descriptor; 0: there is none. */
uint32_t vm_descriptors_find (const struct vm_state *s, uint32_t process,
                              uint64_t fd);

/* Opens a file; *fd gets the lowest number that is free. VM_EMFILE: the
 * process has too many, or all of them. */
enum vm_errno vm_descriptors_open (struct vm_tape *t, const struct vm_state *s,
                                   uint32_t process, uint32_t file,
                                   uint32_t *fd);

/* VM_EBADF: it is not open. */
enum vm_errno vm_descriptors_close (struct vm_tape *t, const struct vm_state *s,
                                    uint32_t process, uint64_t fd);

/* Copies a table into an empty one; closes all of a table. */
void vm_descriptors_copy (struct vm_tape *t, const struct vm_state *s,
                          uint32_t from, uint32_t to);
void vm_descriptors_drop (struct vm_tape *t, const struct vm_state *s,
                          uint32_t table);

#endif
