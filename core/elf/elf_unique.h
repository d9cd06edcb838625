/* Symbols of which a whole process has one each (STB_GNU_UNIQUE): variables of
 * C++ templates and inline functions, which every library may bring along. The
 * dynamic loader keeps those that relocation asked for in a table of its own.
 *
 *   name asked for by a relocation --> first object that defines it
 *                                        |
 *                                        +--> unique there? once into the table
 *
 * Rules: elf/dl-lookup.c of glibc 2.36 (do_lookup_unique). Versions of symbols
 * are not looked at. */
#ifndef VM_ELF_UNIQUE_H
#define VM_ELF_UNIQUE_H

#include "elf/elf.h"

/* How many of them relocation of all these objects enters, which are searched
 * in this order. VM_NONE if the host gives no memory. */
uint32_t vm_elf_count_unique (struct vm_elf *const *objects, uint32_t count);

#endif
