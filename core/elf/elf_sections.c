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

bool
vm_elf_read_sections (struct vm_elf *elf, const struct vm_elf_tables *tables)
{
  /* e_shoff; the other fields of sections follow at the header's end. */
  uint32_t at = elf->bits == 64 ? 40 : 32;
  uint32_t size = vm_elf_section_size (elf);
  uint64_t count = tables->sections;

  if (elf->section_offset == 0)
    return true;
  if (tables->section != size) {
    warn (elf, VM_ELF_SECTIONS_UNUSABLE, "e_shentsize", at + 18,
          tables->section, size);
    return true;
  }
  if (count > elf->length / size
      || !vm_elf_has (elf, elf->section_offset, count * size)) {
    warn (elf, VM_ELF_SECTIONS_UNUSABLE, "e_shoff", at, elf->section_offset,
          elf->length);
    return true;
  }
  if (count > VM_ELF_MOST_SECTIONS) {
    warn (elf, VM_ELF_SECTIONS_UNUSABLE, "e_shnum", at + 20, count,
          VM_ELF_MOST_SECTIONS);
    return true;
  }
  elf->sections = calloc (count + 1, sizeof *elf->sections);
  if (elf->sections == NULL)
    return false;
  elf->section_count = (uint32_t) count;
  for (uint32_t i = 0; i < count; i++) {
    elf->sections[i]
        = vm_elf_read_section (elf, elf->section_offset + (uint64_t) i * size);
    elf->has_notes |= elf->sections[i].type == VM_ELF_NOTE_SECTION;
  }
  elf->names = tables->names < count ? tables->names : 0;
  if (tables->names >= count && tables->names != 0)
    warn (elf, VM_ELF_BAD_LINK, "e_shstrndx", at + 22, tables->names, count);
  return true;
}

/* Bytes of an entry of a table; 0: its entries have no size of their own. */
static uint32_t
entry_size (const struct vm_elf *elf, const struct vm_elf_section *s)
{
  uint32_t word = elf->bits / 8;

  switch (s->type) {
  case VM_ELF_SYMTAB:
  case VM_ELF_DYNSYM:
    return elf->bits == 32 ? 16 : 24;
  case VM_ELF_RELA:
    return 3 * word;
  case VM_ELF_REL:
  case VM_ELF_DYNAMIC_SECTION:
    return 2 * word;
  case VM_ELF_RELR:
    return word;
  case VM_ELF_SYMTAB_SHNDX:
    return 4;
  default:
    return 0;
  }
}

/* What sections hold is read once at most: where together they are larger than
 * the file, some name the same bytes. */
static void
skip_repeats (struct vm_elf *elf, struct vm_elf_section *s, uint64_t *left)
{
  bool is_table = entry_size (elf, s) != 0 || s->type == VM_ELF_NOTE_SECTION;

  if (!is_table || !vm_elf_has (elf, s->offset, s->size))
    return;
  s->skipped = s->size > *left;
  if (s->skipped)
    warn (elf, VM_ELF_TABLES_OVERLAP, "sh_size",
          s->at + (elf->bits == 32 ? 20 : 32), s->size, *left);
  else
    *left -= s->size;
}

static void
check_entry_size (struct vm_elf *elf, const struct vm_elf_section *s)
{
  uint32_t size = entry_size (elf, s);

  if (size != 0 && s->size > 0 && s->entsize != size)
    warn (elf, VM_ELF_BAD_ENTRY_SIZE, "sh_entsize",
          s->at + (elf->bits == 32 ? 36 : 56), s->entsize, size);
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

/* Follows sh_link from a section until it comes to the first, to one that was
 * followed before, or back to one of this way: a circle of several. */
static void
follow_links (struct vm_elf *elf, uint32_t *followed, uint32_t start)
{
  uint32_t at = start, next;

  while (at != 0 && followed[at] == 0) {
    followed[at] = start;
    next = elf->sections[at].link;
    if (next >= elf->section_count || next == at)
      return;
    if (followed[next] == start)
      warn (elf, VM_ELF_LINK_LOOP, "sh_link",
            elf->sections[at].at + (elf->bits == 32 ? 24 : 40), next, at);
    at = next;
  }
}

static void
check_loops (struct vm_elf *elf)
{
  uint32_t *followed
      = calloc ((size_t) elf->section_count + 1, sizeof *followed);

  for (uint32_t i = 1; followed != NULL && i < elf->section_count; i++)
    follow_links (elf, followed, i);
  free (followed);
}

void
vm_elf_check_sections (struct vm_elf *elf)
{
  uint64_t left = elf->length;
  uint32_t strings = 0;

  for (uint32_t i = 1; i < elf->section_count; i++) {
    struct vm_elf_section *s = &elf->sections[i];
    bool stored = s->type != VM_ELF_NOBITS && s->type != 0 && s->size > 0;
    if (stored && !vm_elf_has (elf, s->offset, s->size))
      warn (elf, VM_ELF_DATA_OUTSIDE, "sh_offset",
            s->at + (elf->bits == 32 ? 16 : 24), s->offset, elf->length);
    if (s->type == VM_ELF_SYMTAB_SHNDX && elf->wide == 0)
      elf->wide = i;
    skip_repeats (elf, s, &left);
    check_strings (elf, s);
    check_entry_size (elf, s);
    check_link (elf, i);
    strings += elf->names != 0
               && vm_elf_string (elf, elf->names, s->name) == NULL;
  }
  check_loops (elf);
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
  if ((s->type != VM_ELF_SYMTAB && s->type != VM_ELF_DYNSYM) || s->skipped
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
