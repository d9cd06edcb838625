/* One address of a program that was executed. */
#ifndef CLI_ELF_WHERE_H
#define CLI_ELF_WHERE_H

#include "args.h"
#include "load.h"

/* Says what the file has there, if it is the program's own address, and what
 * the machine has: region, as a line of /proc/PID/maps (NULL: none), entry and
 * frame. */
CliStatus cli_elf_where (const char *file, const ProgramRun *run,
                         guint64 address, const char *region, gboolean json);

#endif
