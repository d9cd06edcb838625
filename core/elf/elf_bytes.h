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

/* What the header says of the two tables. */
struct vm_elf_tables {
  uint32_t version, header;          /* e_version, e_ehsize */
  uint32_t program, programs;        /* bytes of an entry, entries */
  uint32_t section;                  /* bytes of an entry */
  uint64_t sections;                 /* entries */
  uint32_t names;                    /* index of the section with names */
  uint64_t programs_at, sections_at; /* offsets of the tables */
};

/* Bytes of the header and of an entry of each table, as they must be. */
uint32_t vm_elf_header_size (const struct vm_elf *elf);
uint32_t vm_elf_program_size (const struct vm_elf *elf);
uint32_t vm_elf_section_size (const struct vm_elf *elf);

/* Class and byte order, of a file with room for its header. False, and why, if
 * it is none. */
bool vm_elf_begin (struct vm_elf *elf, const uint8_t *bytes, uint64_t length,
                   struct vm_elf_verdict *broken);

/* The tables as the fields of the header say, and as the first section header
 * says where the fields are too narrow (PN_XNUM, SHN_XINDEX). */
void vm_elf_read_tables (const struct vm_elf *elf,
                         struct vm_elf_tables *tables);
void vm_elf_widen_tables (const struct vm_elf *elf,
                          struct vm_elf_tables *tables);

/* One entry of a table, at an offset that lies in the file with all of it. */
struct vm_elf_segment vm_elf_read_segment (const struct vm_elf *elf,
                                           uint64_t at);
struct vm_elf_section vm_elf_read_section (const struct vm_elf *elf,
                                           uint64_t at);

/* Each file checks what it reads, once the headers are known. */
void vm_elf_check_segments (struct vm_elf *elf);
void vm_elf_check_sections (struct vm_elf *elf);
void vm_elf_check_dynamic (struct vm_elf *elf);
void vm_elf_check_notes (struct vm_elf *elf);

/* Reads the section headers; false if the host gives no memory. A table that
 * cannot be read is noted, and leaves none. */
bool vm_elf_read_sections (struct vm_elf *elf,
                           const struct vm_elf_tables *tables);

#endif
