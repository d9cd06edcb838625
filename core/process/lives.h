/* The pieces that making and ending processes are put together from. */
#ifndef VM_LIVES_H
#define VM_LIVES_H

#include "process/process.h"

/* Takes a place for a process, with a name, a pid and a parent (or VM_NONE).
 * VM_NONE if there is none left. It has no address space yet. */
uint32_t vm_process_take_place (struct vm_tape *t, const struct vm_state *s,
                                uint32_t name, uint32_t parent);

/* Gives it an address space of its own, with a root. False and *error if no
 * frame is left. */
bool vm_process_make_mm (struct vm_tape *t, const struct vm_state *s,
                         uint32_t process, struct vm_error *error);

/* Takes its address space away from it; with the last user the space itself
 * goes (exit_mmap of mm/mmap.c), but for its top-level tables while a kernel
 * thread still has them loaded or keeps a reference. */
void vm_process_drop_mm (struct vm_tape *t, const struct vm_state *s,
                         uint32_t process);

/* Frees the top-level tables of an address space that has neither users nor
 * pages, and forgets it (__mmdrop). */
void vm_process_forget_mm (struct vm_tape *t, const struct vm_state *s,
                           uint32_t mm);

/* Gives a process the address space of another; or a copy of it, region by
 * region. False if frames, regions or promises do not suffice. */
void vm_process_share_mm (struct vm_tape *t, const struct vm_state *s,
                          uint32_t from, uint32_t to);
bool vm_process_double_mm (struct vm_tape *t, const struct vm_state *s,
                           uint32_t from, uint32_t to);

/* Takes the processors away from a process that runs on them. */
void vm_process_leave_processors (struct vm_tape *t, const struct vm_state *s,
                                  uint32_t process);

/* A parent waits until its child leaves the memory that it was given. */
void vm_process_suspend (struct vm_tape *t, const struct vm_state *s,
                         uint32_t parent, uint32_t child);

/* Takes the place of a process that has no address space any more. */
void vm_process_reap (struct vm_tape *t, const struct vm_state *s,
                      uint32_t process);

#endif
