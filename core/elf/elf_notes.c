/* Reads notes. */
#include "elf/elf_notes.h"

#include "elf/elf_bytes.h"

/* Type, bytes of the name, bytes of what it says: 4 each. */
#define HEADER 12u

/* A run of notes. */
struct source {
  uint64_t at, size; /* in the file */
  uint64_t align;    /* of what a note says: 4, or 8 */
};

static uint64_t
aligned (uint64_t number, uint64_t align)
{
  return (number + align - 1) & ~(align - 1);
}

/* Run `index` of notes, empty where there are none; false beyond the last. */
static bool
source_of (const struct vm_elf *elf, uint32_t index, struct source *source)
{
  *source = (struct source){.align = 4};
  if (elf->has_notes) {
    if (index >= elf->section_count)
      return false;
    const struct vm_elf_section *s = &elf->sections[index];
    if (s->type == VM_ELF_NOTE_SECTION && !s->skipped
        && vm_elf_has (elf, s->offset, s->size))
      *source = (struct source){s->offset, s->size, s->align == 8 ? 8 : 4};
    return true;
  }
  if (index >= elf->segment_count)
    return false;
  const struct vm_elf_segment *s = &elf->segments[index];
  if (s->type == VM_ELF_NOTE && !s->skipped
      && vm_elf_has (elf, s->offset, s->filesz))
    *source = (struct source){s->offset, s->filesz, s->align == 8 ? 8 : 4};
  return true;
}

static enum vm_elf_note_kind
kind_of (const struct vm_elf *elf, const struct vm_elf_note *note)
{
  if (note->name_size != 3 || memcmp (elf->bytes + note->name, "GNU", 3) != 0)
    return VM_ELF_NOTE_OTHER;
  switch (note->type) {
  case 1:
    return note->size >= 16 ? VM_ELF_NOTE_ABI : VM_ELF_NOTE_OTHER;
  case 3:
    return VM_ELF_NOTE_BUILD_ID;
  case 4:
    return VM_ELF_NOTE_GOLD;
  case 5:
    return VM_ELF_NOTE_PROPERTY;
  default:
    return VM_ELF_NOTE_OTHER;
  }
}

/* The note at an offset in a run, and where the next begins; false if it goes
 * past the end. */
static bool
read_note (const struct vm_elf *elf, const struct source *source,
           uint64_t *inside, struct vm_elf_note *note)
{
  uint64_t left = source->size - *inside;

  if (left < HEADER)
    return false;
  struct vm_elf_reader reader = {elf, source->at + *inside};
  *note = (struct vm_elf_note){.at = reader.at, .name = reader.at + HEADER};
  uint64_t name = vm_elf_next (&reader, 4);
  note->size = vm_elf_next (&reader, 4);
  note->type = (uint32_t) vm_elf_next (&reader, 4);
  uint64_t begin = aligned (HEADER + name, source->align);
  if (begin > left || note->size > left - begin)
    return false;
  note->offset = note->at + begin;
  note->name_size = (uint32_t) name;
  if (name > 0 && elf->bytes[note->name + name - 1] == '\0')
    note->name_size--;
  note->kind = kind_of (elf, note);
  uint64_t next = *inside + aligned (begin + note->size, source->align);
  *inside = next < source->size ? next : source->size;
  return true;
}

/* Segments may name the same bytes again and again: no more is read than the
 * file is long. */
static void
skip_repeats (struct vm_elf *elf)
{
  uint64_t sum = 0;

  for (uint32_t i = 0; i < elf->segment_count; i++) {
    struct vm_elf_segment *s = &elf->segments[i];
    if (s->type != VM_ELF_NOTE || !vm_elf_has (elf, s->offset, s->filesz))
      continue;
    s->skipped = s->filesz > elf->length - sum;
    if (s->skipped)
      vm_elf_note (elf, VM_ELF_WARNING, VM_ELF_TABLES_OVERLAP, "p_filesz",
                   s->at + (elf->bits == 32 ? 16 : 32), s->filesz,
                   elf->length - sum);
    else
      sum += s->filesz;
  }
}

void
vm_elf_check_notes (struct vm_elf *elf)
{
  struct source source;
  struct vm_elf_note note;

  skip_repeats (elf);
  for (uint32_t i = 0; source_of (elf, i, &source); i++) {
    uint64_t inside = 0;
    while (inside < source.size && read_note (elf, &source, &inside, &note))
      ;
    if (inside < source.size)
      vm_elf_note (elf, VM_ELF_WARNING, VM_ELF_BAD_NOTE, "n_descsz",
                   source.at + inside, source.size - inside, source.size);
  }
}

bool
vm_elf_next_note (const struct vm_elf *elf, struct vm_elf_note_walk *walk,
                  struct vm_elf_note *note)
{
  struct source source;

  for (; source_of (elf, walk->source, &source); walk->source++) {
    if (walk->inside < source.size
        && read_note (elf, &source, &walk->inside, note))
      return true;
    walk->inside = 0;
  }
  return false;
}

bool
vm_elf_next_property (const struct vm_elf *elf, const struct vm_elf_note *note,
                      uint64_t *inside, struct vm_elf_property *property)
{
  uint64_t left = note->size - *inside;

  if (note->kind != VM_ELF_NOTE_PROPERTY || left < 8)
    return false;
  struct vm_elf_reader reader = {elf, note->offset + *inside};
  property->type = (uint32_t) vm_elf_next (&reader, 4);
  property->size = vm_elf_next (&reader, 4);
  property->offset = reader.at;
  if (property->size > left - 8)
    return false;
  uint64_t next = *inside + aligned (8 + property->size, elf->bits / 8);
  *inside = next < note->size ? next : note->size;
  return true;
}
