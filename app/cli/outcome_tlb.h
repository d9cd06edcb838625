/* TLBs in what operations came to. */
#ifndef CLI_OUTCOME_TLB_H
#define CLI_OUTCOME_TLB_H

#include "json.h"
#include "machine/machine.h"

/* "tlb": {"sets", "ways"}, or one of those for each TLB that there is. */
void cli_tlb_write_shapes (CliJson *json, const struct vm_state *state);

/* "cpu" and "unit" of a step, where the machine has several of them. */
void cli_tlb_write_where (CliJson *json, const struct vm_machine *machine,
                          const struct vm_step *step);

/* The contents of a processor's TLBs, what is owed, and the costs so far. */
void cli_tlb_write (CliJson *json, const struct vm_machine *machine, guint cpu);
void cli_tlb_print (const struct vm_machine *machine, guint cpu);

#endif
