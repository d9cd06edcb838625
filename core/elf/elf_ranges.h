/* Which bytes of a file the reader of ELF files looks at.
 *
 * A program of 33 MB has 31 MB of code and data that say nothing about it. The
 * caller makes room for the whole file, zeroed, and asks for one range after
 * the other; each must have been read before the next is asked for, since the
 * header says where the tables are, and those what lies elsewhere. */
#ifndef VM_ELF_RANGES_H
#define VM_ELF_RANGES_H

#include "elf/elf.h"

struct vm_elf_range {
  uint64_t offset, size; /* within the file */
};

/* How far the asking has come; zeroed to begin. */
struct vm_elf_walk {
  uint32_t stage, index;
  uint64_t asked; /* bytes so far */
};

/* The next range that must be in `bytes`; false: it is all there, and
 * vm_elf_new will look at nothing else. What is no ELF file asks for its
 * header only. Where ranges overlap so much that they exceed the file, the
 * whole file is asked for, and no more. */
bool vm_elf_wants (const uint8_t *bytes, uint64_t length,
                   struct vm_elf_walk *walk, struct vm_elf_range *range);

#endif
