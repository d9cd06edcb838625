/* pagewalk-cli elf --maps, --libs, --stack: a file executed in a machine. */
#ifndef CLI_ELF_RUN_H
#define CLI_ELF_RUN_H

#include "args.h"
#include "elf_back.h"

/* What was asked, as words; NULL or FALSE: it was not. */
typedef struct {
  gboolean maps, libs, stack;
  CliElfBack back; /* this alone, in place of them all */
  const char *aslr, *argv, *env, *execfn, *stack_limit, *kernel, *root;
} CliElfRun;

/* Executes it and prints what was asked. */
CliStatus cli_elf_run (const char *file, const CliElfRun *ask, gboolean json);

#endif
