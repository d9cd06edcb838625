/* What show prints of reclaim: swap areas, and lists of frames. */
#ifndef CLI_OUTCOME_RECLAIM_H
#define CLI_OUTCOME_RECLAIM_H

#include "json.h"
#include "machine/machine.h"

/* As members of an object, or, without json, as lines. */
void cli_show_swap (CliJson *json, const struct vm_machine *machine);
void cli_show_lists (CliJson *json, const struct vm_machine *machine);

#endif
