/* What the operations on the kernel's half come to, in words and as JSON. */
#ifndef CLI_OUTCOME_KERNEL_H
#define CLI_OUTCOME_KERNEL_H

#include "json.h"
#include "machine/machine.h"

/* The members of an operation's object: ok, and the address it gave, or
 * errno. */
void cli_kernel_write (CliJson *json, const struct vm_machine *machine,
                       const struct vm_op *op, const struct vm_result *result);

/* The members of show's object for the views that are of no process, or lines
 * if json is NULL. */
void cli_kernel_show (CliJson *json, const struct vm_machine *machine,
                      const struct vm_op *op);

/* What page tables below a root map, of a machine with a kernel: "mapped",
 * stretches of entries in a row that lead to frames in a row. */
void cli_kernel_show_mapped (CliJson *json, const struct vm_machine *machine,
                             guint root);

#endif
