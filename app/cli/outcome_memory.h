/* What system calls, page faults and views of a process come to, in words and
 * as JSON. */
#ifndef CLI_OUTCOME_MEMORY_H
#define CLI_OUTCOME_MEMORY_H

#include "json.h"
#include "machine/machine.h"

/* The members of a call's object: process, ok, and what it returned, or
 * errno. */
void cli_memory_write (CliJson *json, const struct vm_machine *machine,
                       const struct vm_op *op, const struct vm_result *result);

/* The same as a line of text; nothing for operations that are no calls. */
void cli_memory_print (const struct vm_op *op, const struct vm_result *result);

/* What the kernel did about the faults of an access: faults, and signal. Only
 * where it manages the process. */
void cli_memory_write_faults (CliJson *json, const struct vm_machine *machine,
                              const struct vm_result *result);
void cli_memory_print_faults (const struct vm_result *result);

/* The members of show's object, and the same for people. */
void cli_show_write (CliJson *json, const struct vm_machine *machine,
                     const struct vm_op *op, const struct vm_result *result);
void cli_show_print (const struct vm_machine *machine, const struct vm_op *op,
                     const struct vm_result *result);

/* The page cache, as an array of files, or as lines if json is NULL. */
void cli_cache_show (CliJson *json, const struct vm_machine *machine);

#endif
