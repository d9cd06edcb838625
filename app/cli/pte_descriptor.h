/* pagewalk-cli pte descriptor: a segment descriptor, from bits to meaning and
 * back. */
#ifndef CLI_PTE_DESCRIPTOR_H
#define CLI_PTE_DESCRIPTOR_H

#include "args.h"

/* How "descriptor" is written where a geometry could stand. */
#define CLI_DESCRIPTOR "descriptor"

/* Decodes the word after the first, or makes a descriptor out of the words
 * after it, and prints that. */
CliStatus cli_pte_descriptor (CliArgs *args, const CliUsage *usage,
                              gboolean encode, gboolean json);

#endif
