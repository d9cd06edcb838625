/* Reads the headers of ELF files. */
#include "elf/elf.h"

#include <stdlib.h>
#include <string.h>

#include "elf/elf_bytes.h"

/* Program headers that the kernel reads at most: 64 KiB of them
 * (load_elf_phdrs). */
#define MOST_PROGRAM_BYTES 65536u

/* Where the fields that this file talks about lie, by class. */
struct places {
  uint32_t header, program, section;    /* bytes of each kind of header */
  uint32_t version, phoff, shoff;       /* offsets of fields in the header */
  uint32_t phentsize, phnum, shentsize; /* likewise */
};

static const struct places places_32 = {52, 32, 40, 20, 28, 32, 42, 44, 46};
static const struct places places_64 = {64, 56, 64, 20, 32, 40, 54, 56, 58};

static bool
is_broken (struct vm_elf_verdict *broken, enum vm_elf_problem problem,
           const char *field, uint64_t offset, uint64_t value, uint64_t limit)
{
  *broken = (struct vm_elf_verdict){problem, VM_ELF_BROKEN, field,
                                    offset,  value,         limit};
  return false;
}

/* The bytes that every ELF file begins with (e_ident). */
static bool
check_ident (const uint8_t *bytes, uint64_t length,
             struct vm_elf_verdict *broken)
{
  static const uint8_t magic[4] = {0x7f, 'E', 'L', 'F'};

  if (length > VM_ELF_MOST_BYTES)
    return is_broken (broken, VM_ELF_TOO_LARGE, "file", 0, length,
                      VM_ELF_MOST_BYTES);
  if (length < 16)
    return is_broken (broken, VM_ELF_TOO_SHORT, "e_ident", 0, length, 16);
  for (uint32_t i = 0; i < sizeof magic; i++)
    if (bytes[i] != magic[i])
      return is_broken (broken, VM_ELF_BAD_MAGIC, "e_ident[EI_MAG]", i,
                        bytes[i], magic[i]);
  if (bytes[4] != 1 && bytes[4] != 2)
    return is_broken (broken, VM_ELF_BAD_CLASS, "e_ident[EI_CLASS]", 4,
                      bytes[4], 2);
  if (bytes[5] != 1 && bytes[5] != 2)
    return is_broken (broken, VM_ELF_BAD_ORDER, "e_ident[EI_DATA]", 5, bytes[5],
                      2);
  if (bytes[6] != 1)
    return is_broken (broken, VM_ELF_BAD_VERSION, "e_ident[EI_VERSION]", 6,
                      bytes[6], 1);
  uint64_t least = bytes[4] == 1 ? places_32.header : places_64.header;
  if (length < least)
    return is_broken (broken, VM_ELF_TOO_SHORT, "e_ehsize", 0, length, least);
  return true;
}

/* A segment's header; its fields stand in another order in each class. */
static struct vm_elf_segment
read_segment (const struct vm_elf *elf, uint64_t at)
{
  struct vm_elf_reader reader = {elf, at};
  struct vm_elf_segment segment = {.at = at};

  segment.type = (uint32_t) vm_elf_next (&reader, 4);
  if (elf->bits == 64)
    segment.flags = (uint32_t) vm_elf_next (&reader, 4);
  segment.offset = vm_elf_next_word (&reader);
  segment.vaddr = vm_elf_next_word (&reader);
  segment.paddr = vm_elf_next_word (&reader);
  segment.filesz = vm_elf_next_word (&reader);
  segment.memsz = vm_elf_next_word (&reader);
  if (elf->bits == 32)
    segment.flags = (uint32_t) vm_elf_next (&reader, 4);
  segment.align = vm_elf_next_word (&reader);
  return segment;
}

static const struct places *
places_of (const struct vm_elf *elf)
{
  return elf->bits == 32 ? &places_32 : &places_64;
}

/* More program headers than fit the field stand in the first section header
 * (PN_XNUM). */
static uint32_t
count_segments (const struct vm_elf *elf, uint32_t count)
{
  const struct places *at = places_of (elf);
  uint64_t info = elf->section_offset + at->section - elf->bits / 8 * 2 - 4;

  if (count != 0xffff || elf->section_offset == 0
      || !vm_elf_has (elf, elf->section_offset, at->section))
    return count;
  return (uint32_t) vm_elf_number (elf, info, 4);
}

/* The table of program headers. False if nothing can be read of it (*broken),
 * or there is no memory. */
static bool
read_segments (struct vm_elf *elf, uint32_t entry_size, uint32_t count,
               struct vm_elf_verdict *broken)
{
  const struct places *at = places_of (elf);
  uint64_t size = (uint64_t) count * at->program;

  if (count == 0)
    return true;
  if (entry_size != at->program)
    return is_broken (broken, VM_ELF_BAD_ENTRY_SIZE, "e_phentsize",
                      at->phentsize, entry_size, at->program);
  if (!vm_elf_has (elf, elf->program_offset, size))
    return is_broken (broken, VM_ELF_TABLE_OUTSIDE, "e_phoff", at->phoff,
                      elf->program_offset, elf->length);
  if (size > MOST_PROGRAM_BYTES) {
    uint32_t most = MOST_PROGRAM_BYTES / at->program;
    vm_elf_note (elf, VM_ELF_REFUSED, VM_ELF_TOO_MANY, "e_phnum", at->phnum,
                 count, most);
    count = most;
  }
  elf->segments = calloc (count, sizeof *elf->segments);
  if (elf->segments == NULL)
    return false;
  elf->segment_count = count;
  for (uint32_t i = 0; i < count; i++)
    elf->segments[i]
        = read_segment (elf, elf->program_offset + (uint64_t) i * at->program);
  return true;
}

/* The header, and the tables that it names. */
static bool
read_header (struct vm_elf *elf, struct vm_elf_verdict *broken)
{
  const struct places *at = places_of (elf);
  struct vm_elf_reader reader = {elf, 16};

  elf->abi = elf->bytes[7];
  elf->abi_version = elf->bytes[8];
  elf->type = (uint16_t) vm_elf_next (&reader, 2);
  elf->machine = (uint16_t) vm_elf_next (&reader, 2);
  uint32_t version = (uint32_t) vm_elf_next (&reader, 4);
  elf->entry = vm_elf_next_word (&reader);
  elf->program_offset = vm_elf_next_word (&reader);
  elf->section_offset = vm_elf_next_word (&reader);
  elf->flags = (uint32_t) vm_elf_next (&reader, 4);
  uint32_t header = (uint32_t) vm_elf_next (&reader, 2);
  uint32_t program = (uint32_t) vm_elf_next (&reader, 2);
  uint32_t programs = (uint32_t) vm_elf_next (&reader, 2);
  uint32_t section = (uint32_t) vm_elf_next (&reader, 2);
  uint32_t sections = (uint32_t) vm_elf_next (&reader, 2);
  uint32_t names = (uint32_t) vm_elf_next (&reader, 2);

  /* The kernel looks at neither. */
  if (version != 1)
    vm_elf_note (elf, VM_ELF_WARNING, VM_ELF_BAD_VERSION, "e_version",
                 at->version, version, 1);
  if (header != at->header)
    vm_elf_note (elf, VM_ELF_WARNING, VM_ELF_BAD_ENTRY_SIZE, "e_ehsize",
                 at->phentsize - 2, header, at->header);
  return read_segments (elf, program, count_segments (elf, programs), broken)
         && vm_elf_read_sections (elf, section, sections, names);
}

void
vm_elf_note (struct vm_elf *elf, enum vm_elf_weight weight,
             enum vm_elf_problem problem, const char *field, uint64_t offset,
             uint64_t value, uint64_t limit)
{
  elf->refused |= weight == VM_ELF_REFUSED;
  if (elf->verdict_count < VM_ELF_MOST_VERDICTS)
    elf->verdicts[elf->verdict_count]
        = (struct vm_elf_verdict){problem, weight, field, offset, value, limit};
  elf->verdict_count++;
}

struct vm_elf *
vm_elf_new (const uint8_t *bytes, uint64_t length,
            struct vm_elf_verdict *broken)
{
  *broken = (struct vm_elf_verdict){.problem = VM_ELF_FINE};
  if (!check_ident (bytes, length, broken))
    return NULL;

  struct vm_elf *elf = calloc (1, sizeof *elf);
  if (elf == NULL)
    return NULL;
  elf->bytes = bytes;
  elf->length = length;
  elf->bits = bytes[4] == 1 ? 32 : 64;
  elf->big_endian = bytes[5] == 2;
  if (!read_header (elf, broken)) {
    vm_elf_free (elf);
    return NULL;
  }
  vm_elf_check_segments (elf);
  vm_elf_check_sections (elf);
  return elf;
}

void
vm_elf_free (struct vm_elf *elf)
{
  if (elf == NULL)
    return;
  free (elf->segments);
  free (elf->sections);
  free (elf);
}

bool
vm_elf_loads (const struct vm_elf *elf)
{
  return !elf->refused && (elf->type == VM_ELF_EXEC || elf->type == VM_ELF_DYN);
}
