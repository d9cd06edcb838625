/* Reads ELF files: the header, and the program headers that it names. */
#include "elf/elf.h"

#include <stdlib.h>
#include <string.h>

#include "elf/elf_bytes.h"

/* Program headers that the kernel reads at most: 64 KiB of them
 * (load_elf_phdrs). */
#define MOST_PROGRAM_BYTES 65536u

/* Offsets of the fields of the header that this file talks about, by class. */
struct places {
  uint32_t phoff, ehsize, phentsize, phnum;
};

static const struct places places_32 = {28, 40, 42, 44};
static const struct places places_64 = {32, 52, 54, 56};

static bool
is_broken (struct vm_elf_verdict *broken, enum vm_elf_problem problem,
           const char *field, uint64_t offset, uint64_t value, uint64_t limit)
{
  *broken = (struct vm_elf_verdict){problem, VM_ELF_BROKEN, field,
                                    offset,  value,         limit};
  return false;
}

static const struct places *
places_of (const struct vm_elf *elf)
{
  return elf->bits == 32 ? &places_32 : &places_64;
}

/* The table of program headers. False if nothing can be read of it (*broken),
 * or there is no memory. */
static bool
read_segments (struct vm_elf *elf, const struct vm_elf_tables *tables,
               struct vm_elf_verdict *broken)
{
  const struct places *at = places_of (elf);
  uint32_t entry = vm_elf_program_size (elf), count = tables->programs;
  uint64_t size = (uint64_t) count * entry;

  if (count == 0)
    return true;
  if (tables->program != entry)
    return is_broken (broken, VM_ELF_BAD_ENTRY_SIZE, "e_phentsize",
                      at->phentsize, tables->program, entry);
  if (!vm_elf_has (elf, tables->programs_at, size))
    return is_broken (broken, VM_ELF_TABLE_OUTSIDE, "e_phoff", at->phoff,
                      tables->programs_at, elf->length);
  if (size > MOST_PROGRAM_BYTES) {
    uint32_t most = MOST_PROGRAM_BYTES / entry;
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
        = vm_elf_read_segment (elf, tables->programs_at + (uint64_t) i * entry);
  return true;
}

/* The header, and the tables that it names. */
static bool
read_header (struct vm_elf *elf, struct vm_elf_verdict *broken)
{
  const struct places *at = places_of (elf);
  struct vm_elf_reader reader = {elf, 16};
  struct vm_elf_tables tables;

  elf->abi = elf->bytes[7];
  elf->abi_version = elf->bytes[8];
  elf->type = (uint16_t) vm_elf_next (&reader, 2);
  elf->machine = (uint16_t) vm_elf_next (&reader, 2);
  vm_elf_next (&reader, 4); /* e_version */
  elf->entry = vm_elf_next_word (&reader);
  elf->program_offset = vm_elf_next_word (&reader);
  elf->section_offset = vm_elf_next_word (&reader);
  elf->flags = (uint32_t) vm_elf_next (&reader, 4);
  vm_elf_read_tables (elf, &tables);
  vm_elf_widen_tables (elf, &tables);

  /* The kernel looks at neither. */
  if (tables.version != 1)
    vm_elf_note (elf, VM_ELF_WARNING, VM_ELF_BAD_VERSION, "e_version", 20,
                 tables.version, 1);
  if (tables.header != vm_elf_header_size (elf))
    vm_elf_note (elf, VM_ELF_WARNING, VM_ELF_BAD_ENTRY_SIZE, "e_ehsize",
                 at->ehsize, tables.header, vm_elf_header_size (elf));
  return read_segments (elf, &tables, broken)
         && vm_elf_read_sections (elf, &tables);
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
  struct vm_elf *elf = calloc (1, sizeof *elf);
  if (elf == NULL)
    return NULL;
  if (!vm_elf_begin (elf, bytes, length, broken)
      || !read_header (elf, broken)) {
    vm_elf_free (elf);
    return NULL;
  }
  vm_elf_check_segments (elf);
  vm_elf_check_sections (elf);
  vm_elf_check_dynamic (elf);
  vm_elf_check_notes (elf);
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

bool
vm_elf_is_x86 (const struct vm_elf *elf)
{
  const uint32_t i386 = 3, x86_64 = 62;

  return !elf->big_endian && elf->machine == (elf->bits == 32 ? i386 : x86_64);
}
