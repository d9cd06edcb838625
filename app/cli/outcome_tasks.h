/* What show prints of tasks and processors: who shares what, who runs where and
 * with whose memory. */
#ifndef CLI_OUTCOME_TASKS_H
#define CLI_OUTCOME_TASKS_H

#include "json.h"
#include "machine/machine.h"

/* As members of an object, or, without json, as lines. */
void cli_threads_show (CliJson *json, const struct vm_machine *machine);
void cli_cpus_show (CliJson *json, const struct vm_machine *machine);

#endif
