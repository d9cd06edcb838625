/* What a file tells the dynamic linker, besides its symbols. */
#ifndef VM_ELF_DYNAMIC_H
#define VM_ELF_DYNAMIC_H

#include "elf/elf.h"

/* The dynamic section: an array of tags and values in the file. */
struct vm_elf_dynamic {
  uint64_t offset;                /* of the first, in the file */
  uint32_t count;                 /* before DT_NULL */
  uint64_t strings, strings_size; /* its string table, in the file; 0: none */
};

struct vm_elf_entry {
  uint64_t tag, value;
};

/* Where it lies: the segment of type DYNAMIC, as the linker finds it, or the
 * section; count 0: there is none. */
void vm_elf_dynamic_init (struct vm_elf_dynamic *dynamic,
                          const struct vm_elf *elf);

/* Entry `index`, below the count. */
struct vm_elf_entry vm_elf_dynamic_entry (const struct vm_elf *elf,
                                          const struct vm_elf_dynamic *dynamic,
                                          uint32_t index);

/* True if the value of a tag is the offset of a string. */
bool vm_elf_tag_is_string (uint64_t tag);

/* A string of its table; NULL if it lies outside, or no NUL ends it. */
const char *vm_elf_dynamic_string (const struct vm_elf *elf,
                                   const struct vm_elf_dynamic *dynamic,
                                   uint64_t offset);

/* Relocations of a section of type REL, RELA or RELR, by type. */
#define VM_ELF_RELOCATION_TYPES 256u
struct vm_elf_relocations {
  uint64_t count;
  uint64_t types[VM_ELF_RELOCATION_TYPES];
  uint64_t others; /* of types beyond */
};

/* Counts them; 0 for any other section. RELR holds no types: each is a
 * relative one, and a bit each for most of them. */
void vm_elf_count_relocations (const struct vm_elf *elf, uint32_t section,
                               struct vm_elf_relocations *relocations);

#endif
