/* Does the operations by which the kernel's code asks for memory. */
#ifndef VM_DO_ALLOC_H
#define VM_DO_ALLOC_H

#include "machine/machine.h"

/* get_pages, free_pages, kmalloc, kfree, rmmod. What the kernel refuses is a
 * result: value is the address (0: NULL, or none), translation.ok says whether
 * something was given, translation.pa where it lies, translation.value how many
 * bytes it has. False and *error if this machine's kernel has no such
 * allocators. */
bool vm_do_alloc (struct vm_tape *t, const struct vm_state *s,
                  const struct vm_op *op, struct vm_result *result,
                  struct vm_error *error);

#endif
