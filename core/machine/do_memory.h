/* Does the operations on address spaces and processes. */
#ifndef VM_DO_MEMORY_H
#define VM_DO_MEMORY_H

#include "machine/machine.h"
#include "mmu/walk.h"

/* Runs one of them. What the kernel refuses is a result, with its errno; false
 * and *error if the operation itself cannot be. */
bool vm_do_memory (struct vm_tape *t, const struct vm_state *s,
                   const struct vm_op *op, struct vm_result *result,
                   struct vm_error *error);

/* Gives a new process what Linux gives one: a stack, and the kernel's care. */
bool vm_do_layout (struct vm_tape *t, const struct vm_state *s,
                   uint32_t process, struct vm_error *error);

/* The access of a process ended in a fault: lets the kernel answer, where it
 * manages the process. True if the access may be tried again; what happened
 * goes into the result. */
bool vm_do_fault (struct vm_tape *t, const struct vm_state *s,
                  const struct vm_op *op, const struct vm_access *access,
                  struct vm_result *result);

#endif
