/* Says which bytes of a file its reader looks at, one range after the other. */
#include "elf/elf_ranges.h"

#include "elf/elf_bytes.h"

/* In this order. */
enum stage {
  HEADER,
  FIRST_SECTION, /* holds numbers that do not fit the header */
  PROGRAM_TABLE,
  SECTION_TABLE,
  SEGMENTS, /* what they hold, each */
  STRINGS,  /* the names of a dynamic segment */
  SECTIONS,
  DONE
};

/* A range that lies in the file as far as it does. */
static struct vm_elf_range
within (const struct vm_elf *elf, uint64_t offset, uint64_t size)
{
  if (offset >= elf->length)
    return (struct vm_elf_range){elf->length, 0};
  uint64_t left = elf->length - offset;
  return (struct vm_elf_range){offset, size < left ? size : left};
}

/* Header `index` of the program headers; false if it does not lie in the file.
 */
static bool
segment_at (const struct vm_elf *elf, const struct vm_elf_tables *tables,
            uint32_t index, struct vm_elf_segment *segment)
{
  uint64_t size = vm_elf_program_size (elf);
  uint64_t at = tables->programs_at + index * size;

  if (index >= tables->programs
      || !vm_elf_has (elf, tables->programs_at, (index + 1) * size))
    return false;
  *segment = vm_elf_read_segment (elf, at);
  return true;
}

static bool
segment_range (const struct vm_elf *elf, const struct vm_elf_tables *tables,
               uint32_t index, struct vm_elf_range *range)
{
  struct vm_elf_segment s;

  if (!segment_at (elf, tables, index, &s))
    return false;
  bool is_read = s.type == VM_ELF_INTERP || s.type == VM_ELF_NOTE
                 || s.type == VM_ELF_DYNAMIC;
  *range = within (elf, s.offset, is_read ? s.filesz : 0);
  return true;
}

static bool
section_range (const struct vm_elf *elf, const struct vm_elf_tables *tables,
               uint32_t index, struct vm_elf_range *range)
{
  uint64_t size = vm_elf_section_size (elf);

  if (index >= tables->sections
      || !vm_elf_has (elf, tables->sections_at, (index + 1) * size))
    return false;
  struct vm_elf_section s
      = vm_elf_read_section (elf, tables->sections_at + index * size);
  bool is_read = s.type == VM_ELF_SYMTAB || s.type == VM_ELF_STRTAB
                 || s.type == VM_ELF_RELA || s.type == VM_ELF_DYNAMIC_SECTION
                 || s.type == VM_ELF_NOTE_SECTION || s.type == VM_ELF_REL
                 || s.type == VM_ELF_DYNSYM || s.type == VM_ELF_SYMTAB_SHNDX
                 || s.type == VM_ELF_RELR;
  *range = within (elf, s.offset, is_read ? s.size : 0);
  return true;
}

/* Where the file has the bytes of an address. */
static struct vm_elf_range
bytes_of (const struct vm_elf *elf, const struct vm_elf_tables *tables,
          uint64_t address, uint64_t size)
{
  struct vm_elf_segment s;

  for (uint32_t i = 0; segment_at (elf, tables, i, &s); i++)
    if (s.type == VM_ELF_LOAD && address >= s.vaddr
        && address - s.vaddr < s.filesz)
      return within (elf, s.offset + (address - s.vaddr), size);
  return within (elf, 0, 0);
}

/* The names that a dynamic segment speaks of: a file may have no sections. */
static bool
strings_range (const struct vm_elf *elf, const struct vm_elf_tables *tables,
               uint32_t index, struct vm_elf_range *range)
{
  struct vm_elf_segment s;
  uint64_t entry = elf->bits / 8 * 2, strings = 0, size = 0;

  if (!segment_at (elf, tables, index, &s))
    return false;
  *range = within (elf, 0, 0);
  if (s.type != VM_ELF_DYNAMIC)
    return true;
  struct vm_elf_range all = within (elf, s.offset, s.filesz);
  for (uint64_t at = 0; at + entry <= all.size; at += entry) {
    struct vm_elf_reader reader = {elf, all.offset + at};
    uint64_t tag = vm_elf_next_word (&reader);
    uint64_t value = vm_elf_next_word (&reader);
    if (tag == VM_ELF_DT_NULL)
      break;
    strings = tag == VM_ELF_DT_STRTAB ? value : strings;
    size = tag == VM_ELF_DT_STRSZ ? value : size;
  }
  *range = bytes_of (elf, tables, strings, size);
  return true;
}

/* Range `index` of a stage; false if there are none left. */
static bool
range_of (const struct vm_elf *elf, const struct vm_elf_tables *tables,
          enum stage stage, uint32_t index, struct vm_elf_range *range)
{
  uint64_t most = elf->length / vm_elf_section_size (elf);
  uint64_t sections = tables->sections < most ? tables->sections : most;

  switch (stage) {
  case FIRST_SECTION:
    *range = within (elf, tables->sections_at, vm_elf_section_size (elf));
    return index == 0;
  case PROGRAM_TABLE:
    *range = within (elf, tables->programs_at,
                     (uint64_t) tables->programs * vm_elf_program_size (elf));
    return index == 0;
  case SECTION_TABLE:
    *range = within (elf, tables->sections_at,
                     sections * vm_elf_section_size (elf));
    return index == 0;
  case SEGMENTS:
    return segment_range (elf, tables, index, range);
  case STRINGS:
    return strings_range (elf, tables, index, range);
  case SECTIONS:
    return section_range (elf, tables, index, range);
  case HEADER:
  case DONE:
    break;
  }
  return false;
}

/* The next that is not empty; false if there is none. */
static bool
next_range (const struct vm_elf *elf, const struct vm_elf_tables *tables,
            struct vm_elf_walk *walk, struct vm_elf_range *range)
{
  while (walk->stage < DONE) {
    if (!range_of (elf, tables, (enum stage) walk->stage, walk->index++,
                   range)) {
      walk->stage++;
      walk->index = 0;
    } else if (range->size > 0) {
      return true;
    }
  }
  return false;
}

bool
vm_elf_wants (const uint8_t *bytes, uint64_t length, struct vm_elf_walk *walk,
              struct vm_elf_range *range)
{
  const uint64_t longest_header = 64;
  struct vm_elf elf = {.bits = 0};
  struct vm_elf_tables tables;
  struct vm_elf_verdict broken;

  if (walk->stage == HEADER) {
    walk->stage++;
    *range = (struct vm_elf_range){0, length < longest_header ? length
                                                              : longest_header};
    return length > 0;
  }
  if (walk->stage == DONE || !vm_elf_begin (&elf, bytes, length, &broken))
    return false;
  vm_elf_read_tables (&elf, &tables);
  if (walk->stage > FIRST_SECTION || walk->index > 0)
    vm_elf_widen_tables (&elf, &tables);
  if (!next_range (&elf, &tables, walk, range))
    return false;
  walk->asked += range->size;
  if (walk->asked > length) {
    walk->stage = DONE;
    *range = (struct vm_elf_range){0, length};
  }
  return true;
}
