/* Builds the machine that the first operation describes. */
#ifndef VM_BUILD_H
#define VM_BUILD_H

#include "machine/ops.h"
#include "tape/tape.h"

/* Runs the operation "machine". False and *error if there is one already, or
 * this one cannot be. */
bool vm_build_machine (struct vm_tape *t, const struct vm_state *s,
                       const struct vm_op *op, struct vm_error *error);

#endif
