/* What an operation came to, printed as JSON or for people. */
#ifndef CLI_OUTCOME_H
#define CLI_OUTCOME_H

#include "json.h"
#include "machine/machine.h"

/* Writes a step as an object (key NULL: in an array): its kind, depth, sentence
 * and the values by name. */
void cli_step_write (CliJson *json, const char *key,
                     const struct vm_machine *machine,
                     const struct vm_step *step);

/* Prints the machine's latest operation on standard output: a JSON object, or
 * its line (as the script has it) and sentences. The cursor must stand at the
 * end. */
void cli_outcome_print_json (CliJson *json, const struct vm_machine *machine);
void cli_outcome_print_text (const struct vm_machine *machine,
                             const char *line);

#endif
