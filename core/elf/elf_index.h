/* Symbols in the order of their addresses: what a debugger searches to say
 * "main+0x12".
 *
 *   address   0x1000      0x1040     0x10a0          a look-up halves the
 *             _init       main       usage           rows that are left:
 *                            ^                       low ... middle ... high
 *                       0x1052 = main + 0x12
 */
#ifndef VM_ELF_INDEX_H
#define VM_ELF_INDEX_H

#include "elf/elf.h"

struct vm_elf_place {
  uint64_t value, size;
  uint64_t reach;         /* the furthest end of all rows up to this one */
  uint32_t table, symbol; /* section, and index in it */
  uint32_t rank;          /* the lower the better, of several at one address */
};

struct vm_elf_index {
  uint32_t count;
  struct vm_elf_place *places;
};

/* Every symbol that stands for code or data at an address: of .symtab, or of
 * .dynsym where there is none. False if the host gives no memory. */
bool vm_elf_index_init (struct vm_elf_index *index, const struct vm_elf *elf);
void vm_elf_index_done (struct vm_elf_index *index);

/* One comparison of a search: rows [low, high) are left, the address is held
 * against row `middle`. */
struct vm_elf_probe {
  uint32_t low, high, middle;
};

#define VM_ELF_MOST_PROBES 32u
struct vm_elf_search {
  uint32_t count;
  struct vm_elf_probe probes[VM_ELF_MOST_PROBES];
  uint32_t found; /* row; VM_NONE: no symbol holds the address */
};

/* Looks for the symbol that holds an address. One without a size reaches to
 * the next. */
void vm_elf_index_search (const struct vm_elf_index *index, uint64_t address,
                          struct vm_elf_search *search);

/* The first row with a name; VM_NONE: there is none. */
uint32_t vm_elf_index_named (const struct vm_elf_index *index,
                             const struct vm_elf *elf, const char *name);

#endif
