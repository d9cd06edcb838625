/* Operations in which a process, or the kernel for it, touches its memory of
 * its own accord: malloc, free, read, write; and the way back, from a frame to
 * its users. */
#ifndef VM_DO_USER_H
#define VM_DO_USER_H

#include "machine/machine.h"

/* The process of the operation has been found, and is managed. A fault that
 * ends in a signal is part of the result. False and *error if the operation
 * cannot be done. */
bool vm_do_user (struct vm_tape *t, const struct vm_state *s,
                 const struct vm_op *op, struct vm_result *result,
                 struct vm_error *error);

/* rmap */
bool vm_do_rmap (struct vm_tape *t, const struct vm_state *s,
                 const struct vm_op *op, struct vm_result *result,
                 struct vm_error *error);

#endif
