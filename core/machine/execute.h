/* From a parsed operation to the folder that does it. */
#ifndef VM_EXECUTE_H
#define VM_EXECUTE_H

#include "machine/machine.h"
#include "process/process.h"

/* Runs an operation whose tape entry is open; its lists are in names. False and
 * *error (which may be NULL) if it cannot be done: the caller rolls the tape
 * back. */
bool vm_execute (struct vm_tape *t, const struct vm_state *s,
                 const struct vm_names *names, const struct vm_op *op,
                 struct vm_result *result, struct vm_error *error);

/* Replaces a number in the error's subject by the name it stands for. */
void vm_execute_explain (const struct vm_names *names, struct vm_error *error);

/* The process that a parameter names, by its interned name. False and *error
 * if there is none that can do anything. */
bool vm_execute_find_process (const struct vm_state *s, uint64_t name,
                              uint32_t *index, struct vm_error *error);

#endif
