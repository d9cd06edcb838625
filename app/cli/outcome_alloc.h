/* Prints what the kernel's own allocators came to, and what they hold. */
#ifndef CLI_OUTCOME_ALLOC_H
#define CLI_OUTCOME_ALLOC_H

#include "json.h"
#include "machine/machine.h"

/* get_pages, free_pages, kmalloc, kfree, rmmod: what was given, as members of
 * an object; or as lines. */
gboolean cli_alloc_is_op (enum vm_op_kind kind);
void cli_alloc_write (CliJson *json, const struct vm_machine *machine,
                      const struct vm_op *op, const struct vm_result *result);
void cli_alloc_print (const struct vm_op *op, const struct vm_result *result);

/* show what=buddy, and slab: as members of an object, or, without json, as
 * lines. */
void cli_show_buddy (CliJson *json, const struct vm_machine *machine);
void cli_show_slab (CliJson *json, const struct vm_machine *machine);

#endif
