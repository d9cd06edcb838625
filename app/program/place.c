/* Says what lies at an address of a program. */
#include "place.h"

#include <glib/gi18n-lib.h>

#include "elf/elf_find.h"

/* The mapping that holds an address: of several the last, which covers the
 * others. */
static guint32
mapping_of (const ProgramImage *image, guint64 address)
{
  for (guint32 i = image->plan.count; i-- > 0;) {
    const struct vm_elf_mapping *m = &image->plan.mappings[i];
    if (address >= m->start && address < m->bss_end)
      return i;
  }
  return VM_NONE;
}

/* Where the file has the byte that a mapping puts at an address. */
static guint64
offset_in (const struct vm_elf_mapping *m, guint64 address)
{
  return m->offset + (address - m->start);
}

static ProgramSource
source_in (const ProgramImage *image, const struct vm_elf_mapping *m,
           guint64 address)
{
  const struct vm_elf_segment *s = &image->elf->segments[m->segment];
  guint64 offset = offset_in (m, address);
  guint64 page = offset & ~(guint64) (VM_ELF_PAGE - 1);

  if (address >= m->end)
    return PROGRAM_ANONYMOUS;
  if (page >= image->length)
    return PROGRAM_BEYOND;
  if (address >= m->zero_start && address < m->zero_end)
    return PROGRAM_ZEROED;
  if (offset >= image->length)
    return PROGRAM_AFTER_END;
  return address >= s->vaddr && address - s->vaddr < s->filesz ? PROGRAM_FILE
                                                               : PROGRAM_AROUND;
}

ProgramSource
program_source (const ProgramImage *image, guint64 address)
{
  guint32 mapping = mapping_of (image, address);

  return mapping == VM_NONE
             ? PROGRAM_NOWHERE
             : source_in (image, &image->plan.mappings[mapping], address);
}

void
program_place (const ProgramImage *image, const struct vm_elf_index *index,
               guint64 address, ProgramPlace *place)
{
  struct vm_elf_search search;

  *place = (ProgramPlace){
      .address = address,
      .source = program_source (image, address),
      .mapping = mapping_of (image, address),
      .segment = vm_elf_segment_of (image->elf, address),
      .section = vm_elf_section_of (image->elf, address),
      .symbol = VM_NONE,
  };
  if (place->source == PROGRAM_FILE || place->source == PROGRAM_AROUND) {
    place->offset = offset_in (&image->plan.mappings[place->mapping], address);
    place->in_file = TRUE;
  }
  if (index == NULL)
    return;
  vm_elf_index_search (index, address, &search);
  place->symbol = search.found;
}

guint64
program_file_address (const ProgramImage *image, guint64 address)
{
  const struct vm_elf_plan *plan = &image->plan;
  gboolean inside = address >= plan->first + plan->bias
                    && address < plan->last + plan->bias;

  return inside ? address - plan->bias : address;
}

gboolean
program_address_of (const ProgramImage *image, guint64 offset, guint64 *address)
{
  if (vm_elf_address_of (image->elf, offset, address))
    return TRUE;
  for (guint32 i = image->plan.count; i-- > 0;) {
    const struct vm_elf_mapping *m = &image->plan.mappings[i];
    *address = m->start + (offset - m->offset);
    if (offset >= m->offset && offset - m->offset < m->end - m->start
        && source_in (image, m, *address) == PROGRAM_AROUND)
      return TRUE;
  }
  return FALSE;
}

void
program_page (ProgramImage *image, guint64 page, guint8 bytes[VM_ELF_PAGE],
              guint8 sources[VM_ELF_PAGE])
{
  for (guint i = 0; i < VM_ELF_PAGE; i++) {
    guint32 mapping = mapping_of (image, page + i);
    sources[i] = (guint8) program_source (image, page + i);
    bytes[i] = 0;
    if (sources[i] != PROGRAM_FILE && sources[i] != PROGRAM_AROUND)
      continue;
    guint64 offset = offset_in (&image->plan.mappings[mapping], page + i);
    if (i == 0 || sources[i - 1] != sources[i])
      program_image_need (image, offset, VM_ELF_PAGE - i);
    bytes[i] = image->bytes[offset];
  }
}

const char *
program_source_name (ProgramSource source)
{
  static const char *const names[] = {"nowhere",   "file",   "around",
                                      "after-end", "beyond", "zeroed",
                                      "anonymous"};

  return names[source];
}

const char *
program_source_text (ProgramSource source)
{
  switch (source) {
  case PROGRAM_NOWHERE:
    return _ ("nothing is mapped there");
  case PROGRAM_FILE:
    return _ ("a byte of the segment, from the file");
  case PROGRAM_AROUND:
    return _ ("a byte of the file beside the segment, which came along with "
              "its page");
  case PROGRAM_AFTER_END:
    return _ ("zero: the file ends in this page");
  case PROGRAM_BEYOND:
    return _ ("a page behind the end of the file: SIGBUS");
  case PROGRAM_ZEROED:
    return _ ("zeroed by the kernel behind the segment's bytes in the file");
  case PROGRAM_ANONYMOUS:
    return _ ("anonymous memory, zero: the file has no bytes for it");
  }
  g_assert_not_reached ();
}
