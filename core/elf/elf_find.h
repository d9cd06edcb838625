/* What lies at an address of a file, and where a byte of the file goes. All
 * addresses are those in the file, without a bias. */
#ifndef VM_ELF_FIND_H
#define VM_ELF_FIND_H

#include "elf/elf.h"

/* The segment to be mapped that holds an address; of several the last, which
 * the kernel maps over the others. VM_NONE: none does. */
uint32_t vm_elf_segment_of (const struct vm_elf *elf, uint64_t address);

/* The section that holds an address, or a byte of the file. VM_NONE: none. */
uint32_t vm_elf_section_of (const struct vm_elf *elf, uint64_t address);
uint32_t vm_elf_section_with (const struct vm_elf *elf, uint64_t offset);

/* Where the file has the byte of an address; false if it has none: nothing is
 * there, or zeros (bss). */
bool vm_elf_offset_of (const struct vm_elf *elf, uint64_t address,
                       uint64_t *offset);

/* The address of a byte of the file; false if no segment maps it on purpose. */
bool vm_elf_address_of (const struct vm_elf *elf, uint64_t offset,
                        uint64_t *address);

#endif
