/* What the numbers in ELF files are called, as the manuals spell it. */
#ifndef VM_ELF_NAMES_H
#define VM_ELF_NAMES_H

#include "elf/elf.h"

/* Each is NULL for a number that has no name here. */
const char *vm_elf_type_name (uint32_t type);             /* "DYN" */
const char *vm_elf_machine_name (uint32_t machine);       /* "x86-64" */
const char *vm_elf_segment_type_name (uint32_t type);     /* "LOAD" */
const char *vm_elf_section_type_name (uint32_t type);     /* "PROGBITS" */
const char *vm_elf_symbol_type_name (uint32_t type);      /* "FUNC" */
const char *vm_elf_bind_name (uint32_t bind);             /* "GLOBAL" */
const char *vm_elf_visibility_name (uint32_t visibility); /* "HIDDEN" */

/* "bad-magic": stable, as in JSON. */
const char *vm_elf_problem_name (enum vm_elf_problem problem);
const char *vm_elf_weight_name (enum vm_elf_weight weight);

#endif
