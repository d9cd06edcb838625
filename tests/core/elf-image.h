/* A small ELF file that tests make, to break it. */
#ifndef TEST_ELF_IMAGE_H
#define TEST_ELF_IMAGE_H

#include "elf/elf.h"

#define ROOM 4096

/* A small file of our own making. */
struct image {
  uint8_t bytes[ROOM];
  uint32_t bits;
  bool big;
  uint32_t length;
  uint32_t programs, sections;            /* where the tables are */
  uint32_t interpreter, strings, symbols; /* and the data */
  uint32_t notes, dynamic, relocations;
};

/* Each class in each byte order. */
#define KINDS 4
extern const struct kind {
  uint32_t bits;
  bool big;
} kinds[KINDS];

/* An executable with an interpreter, two segments, a symbol table, a dynamic
 * section, a note, relocations. */
void make (struct image *image, uint32_t bits, bool big);

/* Changes a number, a segment's header, a section's. */
void put (struct image *image, uint32_t at, uint32_t width, uint64_t value);
void put_segment (struct image *image, uint32_t index, uint32_t type,
                  uint32_t flags, uint64_t offset, uint64_t vaddr,
                  uint64_t filesz, uint64_t memsz, uint64_t align);
void put_section (struct image *image, uint32_t index, uint32_t name,
                  uint32_t type, uint64_t offset, uint64_t size, uint32_t link,
                  uint64_t entsize);

/* Bytes of an address. */
uint32_t word (const struct image *image);

#endif
