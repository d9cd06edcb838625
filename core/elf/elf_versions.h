/* Versions of symbols that a file knows, as the dynamic linker counts them. */
#ifndef VM_ELF_VERSIONS_H
#define VM_ELF_VERSIONS_H

#include "elf/elf.h"

/* The highest number of a version that the file needs or defines (DT_VERNEED,
 * DT_VERDEF); 0: it has none. */
uint32_t vm_elf_last_version (const struct vm_elf *elf);

#endif
