/* Does the operations on the kernel's half, and what is shown of it. */
#ifndef VM_DO_KERNEL_H
#define VM_DO_KERNEL_H

#include "machine/machine.h"

/* kernel, vmalloc, vfree, kmap, kunmap, kwrite. What the kernel refuses is a
 * result, with its errno; false and *error if the operation itself cannot be
 * done. */
bool vm_do_kernel (struct vm_tape *t, const struct vm_state *s,
                   const struct vm_op *op, struct vm_result *result,
                   struct vm_error *error);

/* show, of a process or of nobody. */
bool vm_do_show (struct vm_tape *t, const struct vm_state *s,
                 const struct vm_op *op, struct vm_result *result,
                 struct vm_error *error);

#endif
