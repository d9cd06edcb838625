/* Reads what a file tells the dynamic linker. */
#include "elf/elf_dynamic.h"

#include "elf/elf_bytes.h"
#include "elf/elf_find.h"

/* Bytes of a string in a table without an end that are looked at. */
#define LONGEST 4096u
/* Entries that are read at most; real files have a few dozen. */
#define MOST_ENTRIES 65536u

static uint32_t
entry_size (const struct vm_elf *elf)
{
  return elf->bits / 8 * 2;
}

/* The bytes that hold it; false if there are none. */
static bool
find_dynamic (const struct vm_elf *elf, uint64_t *offset, uint64_t *size)
{
  for (uint32_t i = 0; i < elf->segment_count; i++) {
    const struct vm_elf_segment *s = &elf->segments[i];
    *offset = s->offset;
    *size = s->filesz;
    if (s->type == VM_ELF_DYNAMIC)
      return vm_elf_has (elf, *offset, *size);
  }
  for (uint32_t i = 0; i < elf->section_count; i++) {
    const struct vm_elf_section *s = &elf->sections[i];
    *offset = s->offset;
    *size = s->size;
    if (s->type == VM_ELF_DYNAMIC_SECTION)
      return vm_elf_has (elf, *offset, *size);
  }
  return false;
}

/* Only the linker follows these: a mistake keeps no program from being mapped.
 */
void
vm_elf_check_dynamic (struct vm_elf *elf)
{
  struct vm_elf_dynamic dynamic;
  uint64_t offset, size;

  if (!find_dynamic (elf, &offset, &size))
    return;
  vm_elf_dynamic_init (&dynamic, elf);
  uint64_t room = size / entry_size (elf);
  if (dynamic.count == (room < MOST_ENTRIES ? room : MOST_ENTRIES))
    vm_elf_note (elf, VM_ELF_WARNING, VM_ELF_DYNAMIC_OPEN, "p_filesz", offset,
                 size, (uint64_t) (dynamic.count + 1) * entry_size (elf));
  for (uint32_t i = 0; i < dynamic.count; i++) {
    struct vm_elf_entry entry = vm_elf_dynamic_entry (elf, &dynamic, i);
    if (vm_elf_tag_is_string (entry.tag)
        && vm_elf_dynamic_string (elf, &dynamic, entry.value) == NULL)
      vm_elf_note (elf, VM_ELF_WARNING, VM_ELF_BAD_STRING, "d_val",
                   offset + (uint64_t) i * entry_size (elf) + elf->bits / 8,
                   entry.value, dynamic.strings_size);
  }
}

void
vm_elf_dynamic_init (struct vm_elf_dynamic *dynamic, const struct vm_elf *elf)
{
  uint64_t size, address = 0, strings_size = 0;

  *dynamic = (struct vm_elf_dynamic){.count = 0};
  if (!find_dynamic (elf, &dynamic->offset, &size))
    return;
  uint64_t room = size / entry_size (elf);
  uint32_t most = room < MOST_ENTRIES ? (uint32_t) room : MOST_ENTRIES;
  for (; dynamic->count < most; dynamic->count++) {
    struct vm_elf_entry entry
        = vm_elf_dynamic_entry (elf, dynamic, dynamic->count);
    if (entry.tag == VM_ELF_DT_NULL)
      break;
    address = entry.tag == VM_ELF_DT_STRTAB ? entry.value : address;
    strings_size = entry.tag == VM_ELF_DT_STRSZ ? entry.value : strings_size;
  }
  if (vm_elf_offset_of (elf, address, &dynamic->strings)
      && vm_elf_has (elf, dynamic->strings, strings_size))
    dynamic->strings_size = strings_size;
}

struct vm_elf_entry
vm_elf_dynamic_entry (const struct vm_elf *elf,
                      const struct vm_elf_dynamic *dynamic, uint32_t index)
{
  struct vm_elf_reader reader
      = {elf, dynamic->offset + (uint64_t) index * entry_size (elf)};
  uint64_t tag = vm_elf_next_word (&reader);

  return (struct vm_elf_entry){tag, vm_elf_next_word (&reader)};
}

bool
vm_elf_tag_is_string (uint64_t tag)
{
  return tag == VM_ELF_DT_NEEDED || tag == VM_ELF_DT_SONAME
         || tag == VM_ELF_DT_RPATH || tag == VM_ELF_DT_RUNPATH;
}

const char *
vm_elf_dynamic_string (const struct vm_elf *elf,
                       const struct vm_elf_dynamic *dynamic, uint64_t offset)
{
  if (offset >= dynamic->strings_size)
    return NULL;
  const char *text = (const char *) elf->bytes + dynamic->strings + offset;
  uint64_t left = dynamic->strings_size - offset;
  return memchr (text, '\0', left < LONGEST ? left : LONGEST) != NULL ? text
                                                                      : NULL;
}

static uint64_t
count_bits (uint64_t word)
{
  uint64_t count = 0;

  for (; word != 0; word &= word - 1)
    count++;
  return count;
}

/* Each entry with its lowest bit clear is an address; the others say of the
 * words behind it, a bit a word, which are relocated, too. */
static uint64_t
count_packed (const struct vm_elf *elf, const struct vm_elf_section *s)
{
  uint32_t width = elf->bits / 8;
  uint64_t count = 0;

  for (uint64_t at = 0; at + width <= s->size; at += width) {
    uint64_t word = vm_elf_number (elf, s->offset + at, width);
    count += (word & 1) == 0 ? 1 : count_bits (word) - 1;
  }
  return count;
}

void
vm_elf_count_relocations (const struct vm_elf *elf, uint32_t section,
                          struct vm_elf_relocations *relocations)
{
  const struct vm_elf_section *s = &elf->sections[section];
  uint32_t word = elf->bits / 8;
  uint64_t size = s->type == VM_ELF_RELA ? 3 * word : 2 * word;

  *relocations = (struct vm_elf_relocations){.count = 0};
  if (s->skipped || !vm_elf_has (elf, s->offset, s->size))
    return;
  if (s->type == VM_ELF_RELR)
    relocations->count = count_packed (elf, s);
  if ((s->type != VM_ELF_RELA && s->type != VM_ELF_REL) || s->entsize != size)
    return;
  relocations->count = s->size / size;
  for (uint64_t i = 0; i < relocations->count; i++) {
    uint64_t info = vm_elf_number (elf, s->offset + i * size + word, word);
    uint32_t type = elf->bits == 32 ? info & 0xff : (uint32_t) info;
    if (type < VM_ELF_RELOCATION_TYPES)
      relocations->types[type]++;
    else
      relocations->others++;
  }
}
