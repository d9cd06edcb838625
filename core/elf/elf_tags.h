/* What the numbers of the dynamic linker are called, as the manuals spell it.
 * Each is NULL for a number that has no name here. */
#ifndef VM_ELF_TAGS_H
#define VM_ELF_TAGS_H

#include "elf/elf.h"

const char *vm_elf_tag_name (uint64_t tag); /* "NEEDED" */

/* One bit of the value of FLAGS and FLAGS_1: "NOW", "PIE". */
const char *vm_elf_dynamic_flag_name (uint64_t tag, uint32_t bit);

/* Of x86-64 and i386: "R_X86_64_RELATIVE". */
const char *vm_elf_relocation_name (const struct vm_elf *elf, uint32_t type);

/* Of a property note: "x86 feature" and the bits in it, "IBT". */
const char *vm_elf_property_name (uint32_t type);
const char *vm_elf_property_bit_name (uint32_t type, uint32_t bit);

/* The system of an ABI note: "Linux". */
const char *vm_elf_system_name (uint32_t system);

#endif
