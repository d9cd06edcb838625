/* The first stack of a program, byte for byte. */
#ifndef CLI_ELF_STACK_H
#define CLI_ELF_STACK_H

#include "json.h"
#include "load.h"

/* As members of an object: where it is, its bytes, the auxiliary vector. */
void cli_elf_write_stack (CliJson *json, const ProgramRun *run);

/* For people, from the end down: each string, pointer and pair. */
void cli_elf_print_stack (const ProgramRun *run);

#endif
