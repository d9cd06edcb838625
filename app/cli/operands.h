/* Numbers and geometries as they are written on the command line. */
#ifndef CLI_OPERANDS_H
#define CLI_OPERANDS_H

#include "args.h"
#include "mmu/geometry.h"

/* Reads a number: decimal or 0x hexadecimal, K M G T behind it. FALSE, and
 * args->status after a message, if the word is anything else. */
gboolean cli_number (CliArgs *args, const CliUsage *usage, const char *word,
                     guint64 *value);

/* The geometry of that name, a toy made in *room; NULL, and args->status after
 * a message, if there is none. */
const struct vm_geometry *cli_geometry (CliArgs *args, const CliUsage *usage,
                                        const char *word,
                                        struct vm_geometry *room);

#endif
