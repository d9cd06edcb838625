/* Does the operations about the physical address map and devices. */
#ifndef VM_EXECUTE_BUS_H
#define VM_EXECUTE_BUS_H

#include "machine/execute.h"

/* Each runs one operation, as vm_execute does. */
bool vm_execute_window (struct vm_tape *t, const struct vm_state *s,
                        const struct vm_op *op, struct vm_error *error);
bool vm_execute_port (struct vm_tape *t, const struct vm_state *s,
                      const struct vm_op *op, struct vm_result *result,
                      struct vm_error *error);
bool vm_execute_input (struct vm_tape *t, const struct vm_state *s,
                       const struct vm_op *op, struct vm_error *error);
bool vm_execute_iommu (struct vm_tape *t, const struct vm_state *s,
                       const struct vm_op *op, struct vm_result *result,
                       struct vm_error *error);
bool vm_execute_dma (struct vm_tape *t, const struct vm_state *s,
                     const struct vm_op *op, struct vm_result *result,
                     struct vm_error *error);

#endif
