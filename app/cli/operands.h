/* Numbers, geometries and paper as they are written on the command line. */
#ifndef CLI_OPERANDS_H
#define CLI_OPERANDS_H

#include "args.h"
#include "mmu/geometry.h"
#include "page.h"

/* Reads a number: decimal or 0x hexadecimal, K M G T behind it. FALSE, and
 * args->status after a message, if the word is anything else. */
gboolean cli_number (CliArgs *args, const CliUsage *usage, const char *word,
                     guint64 *value);

/* The geometry of that name, a toy made in *room; NULL, and args->status after
 * a message, if there is none. */
const struct vm_geometry *cli_geometry (CliArgs *args, const CliUsage *usage,
                                        const char *word,
                                        struct vm_geometry *room);

/* A size of paper by its name; NULL is A4. FALSE, and args->status after a
 * message, if there is none. */
gboolean cli_paper_size (CliArgs *args, const CliUsage *usage, const char *word,
                         const ScenePaperSize **size);

#endif
