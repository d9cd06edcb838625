/* Reads section headers, string tables and symbols. The kernel needs none of
 * them: what is wrong here never keeps a program from running. */
#include <stdlib.h>
#include <string.h>

#include "elf/elf_bytes.h"

/* Bytes of a string in a table without an end that are looked at. */
#define LONGEST 4096u

static void
warn (struct vm_elf *elf, enum vm_elf_problem problem, const char *field,
      uint64_t offset, uint64_t value, uint64_t limit)
{
  vm_elf_note (elf, VM_ELF_WARNING, problem, field, offset, value, limit);
}

static uint32_t
header_size (const struct vm_elf *elf)
{
  return elf->bits == 32 ? 40 : 64;
}

static struct vm_elf_section
read_section (const struct vm_elf *elf, uint64_t at)
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

/* Counts that do not fit their field stand in the first section
 * (SHN_XINDEX). */
static void
widen (const struct vm_elf *elf, uint64_t *count, uint32_t *names)
{
  if (elf->section_offset == 0
      || !vm_elf_has (elf, elf->section_offset, header_size (elf)))
    return;
  struct vm_elf_section first = read_section (elf, elf->section_offset);
  if (*count == 0)
    *count = first.size;
  if (*names == 0xffff)
    *names = first.link;
}

bool
vm_elf_read_sections (struct vm_elf *elf, uint32_t entry_size, uint32_t count,
                      uint32_t names)
{
  uint64_t sections = count;
  uint32_t wide = elf->bits == 64 ? 40 : 32;
  uint32_t size = header_size (elf);

  if (elf->section_offset == 0)
    return true;
  widen (elf, &sections, &names);
  if (entry_size != size) {
    warn (elf, VM_ELF_SECTIONS_UNUSABLE, "e_shentsize", wide + 18, entry_size,
          size);
    return true;
  }
  if (sections > elf->length / size
      || !vm_elf_has (elf, elf->section_offset, sections * size)) {
    warn (elf, VM_ELF_SECTIONS_UNUSABLE, "e_shoff", wide, elf->section_offset,
          elf->length);
    return true;
  }
  elf->sections = calloc (sections + 1, sizeof *elf->sections);
  if (elf->sections == NULL)
    return false;
  elf->section_count = (uint32_t) sections;
  for (uint32_t i = 0; i < sections; i++)
    elf->sections[i]
        = read_section (elf, elf->section_offset + (uint64_t) i * size);
  elf->names = names < sections ? names : 0;
  if (names >= sections && names != 0)
    warn (elf, VM_ELF_BAD_LINK, "e_shstrndx", wide + 22, names, sections);
  return true;
}

/* A string table must end with a NUL, or its last string has no end. */
static void
check_strings (struct vm_elf *elf, const struct vm_elf_section *s)
{
  if (s->type == VM_ELF_STRTAB && s->size > 0
      && vm_elf_has (elf, s->offset, s->size)
      && elf->bytes[s->offset + s->size - 1] != '\0')
    warn (elf, VM_ELF_STRINGS_OPEN, "sh_size", s->offset + s->size - 1,
          elf->bytes[s->offset + s->size - 1], 0);
}

static void
check_link (struct vm_elf *elf, uint32_t index)
{
  const struct vm_elf_section *s = &elf->sections[index];
  uint64_t at = s->at + (elf->bits == 32 ? 24 : 40);

  if (s->link >= elf->section_count)
    warn (elf, VM_ELF_BAD_LINK, "sh_link", at, s->link, elf->section_count);
  else if (s->link == index && index != 0)
    warn (elf, VM_ELF_LINK_LOOP, "sh_link", at, s->link, index);
  else if ((s->type == VM_ELF_SYMTAB || s->type == VM_ELF_DYNSYM)
           && elf->sections[s->link].type != VM_ELF_STRTAB)
    warn (elf, VM_ELF_BAD_LINK, "sh_link", at, s->link, elf->section_count);
}

void
vm_elf_check_sections (struct vm_elf *elf)
{
  uint32_t strings = 0;

  for (uint32_t i = 1; i < elf->section_count; i++) {
    const struct vm_elf_section *s = &elf->sections[i];
    bool stored = s->type != VM_ELF_NOBITS && s->type != 0 && s->size > 0;
    if (stored && !vm_elf_has (elf, s->offset, s->size))
      warn (elf, VM_ELF_DATA_OUTSIDE, "sh_offset",
            s->at + (elf->bits == 32 ? 16 : 24), s->offset, elf->length);
    if (s->type == VM_ELF_SYMTAB_SHNDX && elf->wide == 0)
      elf->wide = i;
    check_strings (elf, s);
    check_link (elf, i);
    strings += elf->names != 0
               && vm_elf_string (elf, elf->names, s->name) == NULL;
  }
  if (strings > 0)
    warn (elf, VM_ELF_BAD_STRING, "sh_name", elf->sections[elf->names].offset,
          strings, 0);
}

const char *
vm_elf_string (const struct vm_elf *elf, uint32_t section, uint64_t offset)
{
  if (section >= elf->section_count)
    return NULL;
  const struct vm_elf_section *s = &elf->sections[section];
  if (s->type != VM_ELF_STRTAB || offset >= s->size
      || !vm_elf_has (elf, s->offset, s->size))
    return NULL;
  const char *text = (const char *) elf->bytes + s->offset + offset;
  uint64_t left = s->size - offset;
  /* Where the table ends with a NUL every string in it has an end. */
  if (text[left - 1] == '\0')
    return text;
  return memchr (text, '\0', left < LONGEST ? left : LONGEST) != NULL ? text
                                                                      : NULL;
}

const char *
vm_elf_section_name (const struct vm_elf *elf, uint32_t section)
{
  const char *name = section < elf->section_count ? vm_elf_string (
                         elf, elf->names, elf->sections[section].name)
                                                  : NULL;

  return name != NULL ? name : "";
}

static uint32_t
symbol_size (const struct vm_elf *elf)
{
  return elf->bits == 32 ? 16 : 24;
}

uint32_t
vm_elf_symbol_count (const struct vm_elf *elf, uint32_t section)
{
  if (section >= elf->section_count)
    return 0;
  const struct vm_elf_section *s = &elf->sections[section];
  if ((s->type != VM_ELF_SYMTAB && s->type != VM_ELF_DYNSYM)
      || s->entsize != symbol_size (elf) || s->offset >= elf->length)
    return 0;
  uint64_t size = elf->length - s->offset;
  size = s->size < size ? s->size : size;
  return (uint32_t) (size / symbol_size (elf));
}

/* The number of a symbol's section, where it does not fit the symbol. */
static uint32_t
wide_section (const struct vm_elf *elf, uint32_t table, uint32_t index)
{
  const struct vm_elf_section *s = &elf->sections[elf->wide];
  uint64_t at = s->offset + (uint64_t) index * 4;

  if (elf->wide == 0 || s->link != table || (uint64_t) index * 4 + 4 > s->size
      || !vm_elf_has (elf, at, 4))
    return VM_ELF_UNDEFINED;
  return (uint32_t) vm_elf_number (elf, at, 4);
}

static uint32_t
section_of (const struct vm_elf *elf, uint32_t table, uint32_t index,
            uint32_t number)
{
  if (number == 0xffff)
    return wide_section (elf, table, index);
  return number < 0xff00 ? number : VM_ELF_RESERVED | number;
}

void
vm_elf_symbol (const struct vm_elf *elf, uint32_t section, uint32_t index,
               struct vm_elf_symbol *symbol)
{
  struct vm_elf_reader reader
      = {elf,
         elf->sections[section].offset + (uint64_t) index * symbol_size (elf)};
  uint8_t info = 0, other = 0;
  uint32_t number = 0;

  *symbol = (struct vm_elf_symbol){.name = (uint32_t) vm_elf_next (&reader, 4)};
  if (elf->bits == 64) {
    info = (uint8_t) vm_elf_next (&reader, 1);
    other = (uint8_t) vm_elf_next (&reader, 1);
    number = (uint32_t) vm_elf_next (&reader, 2);
  }
  symbol->value = vm_elf_next_word (&reader);
  symbol->size = vm_elf_next_word (&reader);
  if (elf->bits == 32) {
    info = (uint8_t) vm_elf_next (&reader, 1);
    other = (uint8_t) vm_elf_next (&reader, 1);
    number = (uint32_t) vm_elf_next (&reader, 2);
  }
  symbol->bind = info >> 4;
  symbol->type = info & 0xf;
  symbol->visibility = other & 3;
  symbol->section = section_of (elf, section, index, number);
}

const char *
vm_elf_symbol_name (const struct vm_elf *elf, uint32_t section,
                    const struct vm_elf_symbol *symbol)
{
  const uint8_t section_symbol = 3; /* STT_SECTION */
  const char *name
      = vm_elf_string (elf, elf->sections[section].link, symbol->name);

  if (symbol->type == section_symbol && (name == NULL || name[0] == '\0'))
    return vm_elf_section_name (elf, symbol->section);
  return name != NULL ? name : "";
}
