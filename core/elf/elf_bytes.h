/* Numbers out of a file, in either byte order, within its length. */
#ifndef VM_ELF_BYTES_H
#define VM_ELF_BYTES_H

#include <string.h>

#include "elf/elf.h"

/* True if [offset, offset + size) lies in the file. */
static inline bool
vm_elf_has (const struct vm_elf *elf, uint64_t offset, uint64_t size)
{
  return offset <= elf->length && size <= elf->length - offset;
}

/* A number of 1, 2, 4 or 8 bytes that lies in the file. (The host is
 * little-endian, as all that the simulation runs on.) */
static inline uint64_t
vm_elf_number (const struct vm_elf *elf, uint64_t offset, uint32_t width)
{
  uint64_t value = 0;

  memcpy (&value, elf->bytes + offset, width);
  return elf->big_endian ? __builtin_bswap64 (value) >> (64 - 8 * width)
                         : value;
}

/* One after the other. */
struct vm_elf_reader {
  const struct vm_elf *elf;
  uint64_t at;
};

static inline uint64_t
vm_elf_next (struct vm_elf_reader *reader, uint32_t width)
{
  uint64_t value = vm_elf_number (reader->elf, reader->at, width);

  reader->at += width;
  return value;
}

/* One as wide as an address of the file. */
static inline uint64_t
vm_elf_next_word (struct vm_elf_reader *reader)
{
  return vm_elf_next (reader, reader->elf->bits / 8);
}

/* Notes what is wrong. */
void vm_elf_note (struct vm_elf *elf, enum vm_elf_weight weight,
                  enum vm_elf_problem problem, const char *field,
                  uint64_t offset, uint64_t value, uint64_t limit);

/* Checks what the program headers say (elf_segments.c), and what the section
 * headers do (elf_sections.c). */
void vm_elf_check_segments (struct vm_elf *elf);
void vm_elf_check_sections (struct vm_elf *elf);

/* Reads the section headers; false if the host gives no memory. A table that
 * cannot be read is noted, and leaves none. */
bool vm_elf_read_sections (struct vm_elf *elf, uint32_t entry_size,
                           uint32_t count, uint32_t names);

#endif
