/* The operations about segments. */
#ifndef VM_SEGMENT_OP_H
#define VM_SEGMENT_OP_H

#include "machine/machine.h"

/* "segments": turns segmentation on. Like those below: false and *error if it
 * cannot be done. */
bool vm_segment_op_begin (struct vm_tape *t, const struct vm_state *s,
                          const struct vm_op *op, struct vm_error *error);

/* "segment": writes an entry of the table. */
bool vm_segment_op_describe (struct vm_tape *t, const struct vm_state *s,
                             const struct vm_op *op, struct vm_error *error);

/* "load": loads a register. A fault is in result->translation. */
bool vm_segment_op_load (struct vm_tape *t, const struct vm_state *s,
                         const struct vm_op *op, struct vm_result *result,
                         struct vm_error *error);

#endif
