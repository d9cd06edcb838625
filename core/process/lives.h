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
 * goes (exit_mmap of mm/mmap.c). */
void vm_process_drop_mm (struct vm_tape *t, const struct vm_state *s,
                         uint32_t process);

/* Takes the place of a process that has no address space any more. */
void vm_process_reap (struct vm_tape *t, const struct vm_state *s,
                      uint32_t process);

#endif
