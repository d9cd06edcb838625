/* The commands that the command line knows, one file each. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "args.h"

/* Each runs one command on its arguments and returns the exit status; what
 * was wrong has been said on standard error. */
CliStatus cli_elf (CliArgs *args);
CliStatus cli_exercise (CliArgs *args);
CliStatus cli_grade (CliArgs *args);
CliStatus cli_layout (CliArgs *args);
CliStatus cli_progress (CliArgs *args);
CliStatus cli_pte (CliArgs *args);
CliStatus cli_replace (CliArgs *args);
CliStatus cli_run (CliArgs *args);
CliStatus cli_split (CliArgs *args);
CliStatus cli_lesson (CliArgs *args);
CliStatus cli_trace (CliArgs *args);
CliStatus cli_trace_record (CliArgs *args);

CliStatus cli_lesson_check (CliArgs *args);
CliStatus cli_lesson_export (CliArgs *args);
CliStatus cli_lesson_list (CliArgs *args);
CliStatus cli_lesson_new (CliArgs *args);
CliStatus cli_lesson_preview (CliArgs *args);
CliStatus cli_lesson_reference (CliArgs *args);
CliStatus cli_lesson_run (CliArgs *args);

typedef struct {
  const char *name;
  CliStatus (*run) (CliArgs *args);
  const char *help; /* one line; translated when shown */
} CliCommand;

/* Runs the command of a table (which ends with a NULL name) that the first
 * argument names, or prints the table for --help. group is what stands before
 * the name: "lesson", or NULL for the program. */
CliStatus cli_dispatch (const char *group, const CliCommand *commands,
                        CliArgs *args);

#endif
