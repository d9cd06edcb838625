/* Writes the values of steps as JSON. */
#ifndef CLI_OUTCOME_VALUE_H
#define CLI_OUTCOME_VALUE_H

#include "json.h"
#include "machine/machine.h"

/* A process by its name; null for none. */
void cli_process_write (CliJson *json, const char *key,
                        const struct vm_machine *machine, guint64 index);

/* A value as its kind is written: number, hex, word. One that is not used is
 * left out. */
void cli_value_write (CliJson *json, const struct vm_machine *machine,
                      const struct vm_value_info *info, guint64 value);

#endif
