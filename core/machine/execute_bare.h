/* Does the operations about bare memory. */
#ifndef VM_EXECUTE_BARE_H
#define VM_EXECUTE_BARE_H

#include "machine/execute.h"

/* Each runs one operation, as vm_execute does. translation.ok of the result
 * says whether there was a place for a program, or whether a program found all
 * its data. */
bool vm_execute_way (struct vm_tape *t, const struct vm_state *s,
                     const struct vm_op *op, struct vm_result *result,
                     struct vm_error *error);
bool vm_execute_program (struct vm_tape *t, const struct vm_state *s,
                         const struct vm_op *op, struct vm_result *result,
                         struct vm_error *error);
bool vm_execute_swap_out (struct vm_tape *t, const struct vm_state *s,
                          const struct vm_op *op, struct vm_result *result,
                          struct vm_error *error);
bool vm_execute_swap_in (struct vm_tape *t, const struct vm_state *s,
                         const struct vm_op *op, struct vm_result *result,
                         struct vm_error *error);
bool vm_execute_relocate (struct vm_tape *t, const struct vm_state *s,
                          const struct vm_op *op, struct vm_result *result,
                          struct vm_error *error);
bool vm_execute_compact (struct vm_tape *t, const struct vm_state *s,
                         struct vm_result *result, struct vm_error *error);
bool vm_execute_run (struct vm_tape *t, const struct vm_state *s,
                     const struct vm_op *op, struct vm_result *result,
                     struct vm_error *error);

#endif
