/* Does the operations that load programs: exec and link. */
#ifndef VM_DO_EXEC_H
#define VM_DO_EXEC_H

#include "machine/machine.h"

/* What the kernel refuses is a result, with its errno, and so is a program that
 * cannot be loaded after all; false and *error if the operation itself cannot
 * be done. */
bool vm_do_exec (struct vm_tape *t, const struct vm_state *s,
                 const struct vm_names *names, const struct vm_op *op,
                 struct vm_result *result, struct vm_error *error);
bool vm_do_link (struct vm_tape *t, const struct vm_state *s,
                 const struct vm_names *names, const struct vm_op *op,
                 struct vm_result *result, struct vm_error *error);

#endif
