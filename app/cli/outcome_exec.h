/* What exec and link came to. */
#ifndef CLI_OUTCOME_EXEC_H
#define CLI_OUTCOME_EXEC_H

#include "json.h"
#include "machine/machine.h"

/* As members of an object; as a line of text. */
void cli_exec_write (CliJson *json, const struct vm_machine *machine,
                     const struct vm_result *result);
void cli_exec_print (const struct vm_machine *machine,
                     const struct vm_result *result);

#endif
