/* The fixed parts of an ELF file: its header, an entry of each table. */
#include "elf/elf_bytes.h"

static bool
is_broken (struct vm_elf_verdict *broken, enum vm_elf_problem problem,
           const char *field, uint64_t offset, uint64_t value, uint64_t limit)
{
  *broken = (struct vm_elf_verdict){problem, VM_ELF_BROKEN, field,
                                    offset,  value,         limit};
  return false;
}

uint32_t
vm_elf_header_size (const struct vm_elf *elf)
{
  return elf->bits == 32 ? 52 : 64;
}

uint32_t
vm_elf_program_size (const struct vm_elf *elf)
{
  return elf->bits == 32 ? 32 : 56;
}

uint32_t
vm_elf_section_size (const struct vm_elf *elf)
{
  return elf->bits == 32 ? 40 : 64;
}

/* The bytes that every ELF file begins with (e_ident). */
bool
vm_elf_begin (struct vm_elf *elf, const uint8_t *bytes, uint64_t length,
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
  elf->bytes = bytes;
  elf->length = length;
  elf->bits = bytes[4] == 1 ? 32 : 64;
  elf->big_endian = bytes[5] == 2;
  if (length < vm_elf_header_size (elf))
    return is_broken (broken, VM_ELF_TOO_SHORT, "e_ehsize", 0, length,
                      vm_elf_header_size (elf));
  return true;
}

void
vm_elf_read_tables (const struct vm_elf *elf, struct vm_elf_tables *tables)
{
  struct vm_elf_reader reader = {elf, 20};

  *tables
      = (struct vm_elf_tables){.version = (uint32_t) vm_elf_next (&reader, 4)};
  vm_elf_next_word (&reader); /* e_entry */
  tables->programs_at = vm_elf_next_word (&reader);
  tables->sections_at = vm_elf_next_word (&reader);
  vm_elf_next (&reader, 4); /* e_flags */
  tables->header = (uint32_t) vm_elf_next (&reader, 2);
  tables->program = (uint32_t) vm_elf_next (&reader, 2);
  tables->programs = (uint32_t) vm_elf_next (&reader, 2);
  tables->section = (uint32_t) vm_elf_next (&reader, 2);
  tables->sections = vm_elf_next (&reader, 2);
  tables->names = (uint32_t) vm_elf_next (&reader, 2);
}

void
vm_elf_widen_tables (const struct vm_elf *elf, struct vm_elf_tables *tables)
{
  uint64_t at = tables->sections_at;

  if (at == 0 || !vm_elf_has (elf, at, vm_elf_section_size (elf)))
    return;
  struct vm_elf_section first = vm_elf_read_section (elf, at);
  if (tables->programs == 0xffff)
    tables->programs = first.info;
  if (tables->sections == 0)
    tables->sections = first.size;
  if (tables->names == 0xffff)
    tables->names = first.link;
}

/* The fields of a program header stand in another order in each class. */
struct vm_elf_segment
vm_elf_read_segment (const struct vm_elf *elf, uint64_t at)
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

struct vm_elf_section
vm_elf_read_section (const struct vm_elf *elf, uint64_t at)
{
  struct vm_elf_reader reader = {elf, at};
  struct vm_elf_section section = {.at = at};

  section.name = (uint32_t) vm_elf_next (&reader, 4);
  section.type = (uint32_t) vm_elf_next (&reader, 4);
  section.flags = vm_elf_next_word (&reader);
  section.addr = vm_elf_next_word (&reader);
  section.offset = vm_elf_next_word (&reader);
  section.size = vm_elf_next_word (&reader);
  section.link = (uint32_t) vm_elf_next (&reader, 4);
  section.info = (uint32_t) vm_elf_next (&reader, 4);
  section.align = vm_elf_next_word (&reader);
  section.entsize = vm_elf_next_word (&reader);
  return section;
}
