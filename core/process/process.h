/* Processes: a name, a pid, an address space. */
#ifndef VM_PROCESS_H
#define VM_PROCESS_H

#include "mm/space.h"

/* The pid of the first process; each further one gets the next. */
#define VM_FIRST_PID 41

/* Makes a process with an empty address space; *index gets its place in the
 * state. False and *error if a limit is reached. */
bool vm_process_create (struct vm_tape *t, const struct vm_state *s,
                        uint32_t name, uint32_t *index, struct vm_error *error);

/* The index of the process with that interned name, or VM_NONE. */
uint32_t vm_process_find (const struct vm_state *s, uint32_t name);

#endif
