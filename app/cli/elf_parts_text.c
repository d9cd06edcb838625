/* Notes, dynamic section and relocations of an ELF file, to read. */
#include <glib/gi18n-lib.h>

#include "elf.h"
#include "elf/elf_bytes.h"
#include "elf/elf_notes.h"
#include "elf/elf_tags.h"
#include "words.h"

/* A column of names. */
#define NAMES 26

/* Begins a row with a name. */
static void
add_label (CliBuffer *out, const char *name, guint64 number)
{
  cli_buffer_text (out, "  ");
  gsize from = out->length;
  cli_elf_add_name (out, name, number);
  cli_buffer_pad_right (out, from, NAMES);
  cli_buffer_byte (out, ' ');
}

static void
add_property (CliBuffer *out, const struct vm_elf *elf,
              const struct vm_elf_property *property)
{
  guint64 bits = property->size == 4 || property->size == 8 ? vm_elf_number (
                     elf, property->offset, (guint) property->size)
                                                            : 0;

  cli_buffer_text (out, "\n    ");
  cli_elf_add_name (out, vm_elf_property_name (property->type), property->type);
  cli_buffer_byte (out, ' ');
  cli_buffer_hex (out, bits);
  for (guint i = 0; i < 64; i++) {
    const char *name = vm_elf_property_bit_name (property->type, i);
    if ((bits >> i & 1) == 0 || name == NULL)
      continue;
    cli_buffer_byte (out, ' ');
    cli_buffer_text (out, name);
  }
}

static void
add_build_id (CliBuffer *out, const struct vm_elf *elf,
              const struct vm_elf_note *note)
{
  static const char digits[] = "0123456789abcdef";

  cli_buffer_text (out, _ ("build id"));
  cli_buffer_byte (out, ' ');
  for (guint64 i = 0; i < note->size; i++) {
    guint8 byte = elf->bytes[note->offset + i];
    cli_buffer_byte (out, digits[byte >> 4]);
    cli_buffer_byte (out, digits[byte & 15]);
  }
}

static void
add_abi (CliBuffer *out, const struct vm_elf *elf,
         const struct vm_elf_note *note)
{
  guint64 system = vm_elf_number (elf, note->offset, 4);
  guint version[3];

  for (guint i = 0; i < 3; i++)
    version[i] = (guint) vm_elf_number (elf, note->offset + 4 * (i + 1), 4);
  g_autofree char *name
      = program_name (vm_elf_system_name ((guint) system), system);
  /* Translators: a kernel, as "Linux", and its version. */
  cli_buffer_printf (out, _ ("runs on %s %u.%u.%u or newer"), name, version[0],
                     version[1], version[2]);
}

static void
add_meaning (CliBuffer *out, const struct vm_elf *elf,
             const struct vm_elf_note *note)
{
  struct vm_elf_property property;
  guint64 inside = 0;

  switch (note->kind) {
  case VM_ELF_NOTE_OTHER:
    cli_buffer_printf (out, _ ("type %u"), note->type);
    return;
  case VM_ELF_NOTE_ABI:
    add_abi (out, elf, note);
    return;
  case VM_ELF_NOTE_BUILD_ID:
    add_build_id (out, elf, note);
    return;
  case VM_ELF_NOTE_GOLD: {
    g_autofree char *text
        = g_strndup ((const char *) elf->bytes + note->offset, note->size);
    cli_elf_add_text (out, text);
    return;
  }
  case VM_ELF_NOTE_PROPERTY:
    cli_buffer_text (out, _ ("properties"));
    while (vm_elf_next_property (elf, note, &inside, &property))
      add_property (out, elf, &property);
    return;
  }
}

static void
print_notes (CliBuffer *out, const struct vm_elf *elf)
{
  struct vm_elf_note_walk walk = {0};
  struct vm_elf_note note;

  for (guint i = 0; vm_elf_next_note (elf, &walk, &note); i++) {
    g_autofree char *owner
        = g_strndup ((const char *) elf->bytes + note.name, note.name_size);
    if (i == 0)
      cli_buffer_printf (out, "\n%s\n", _ ("Notes"));
    cli_buffer_text (out, "  ");
    cli_elf_add_text (out, owner);
    cli_buffer_text (out, "  ");
    add_meaning (out, elf, &note);
    cli_buffer_byte (out, '\n');
    cli_buffer_relieve (out, stdout);
  }
}

static void
add_value (CliBuffer *out, const struct vm_elf *elf,
           const struct vm_elf_dynamic *dynamic,
           const struct vm_elf_entry *entry)
{
  const char *string = vm_elf_tag_is_string (entry->tag)
                           ? vm_elf_dynamic_string (elf, dynamic, entry->value)
                           : NULL;

  if (string != NULL) {
    cli_elf_add_text (out, string);
    return;
  }
  cli_buffer_hex (out, entry->value);
  for (guint i = 0; i < 64; i++) {
    const char *name = vm_elf_dynamic_flag_name (entry->tag, i);
    if ((entry->value >> i & 1) == 0 || name == NULL)
      continue;
    cli_buffer_byte (out, ' ');
    cli_buffer_text (out, name);
  }
}

static void
print_dynamic (CliBuffer *out, const struct vm_elf *elf)
{
  struct vm_elf_dynamic dynamic;

  vm_elf_dynamic_init (&dynamic, elf);
  if (dynamic.count > 0)
    cli_buffer_printf (out, "\n%s\n", _ ("What the dynamic linker is told"));
  for (guint i = 0; i < dynamic.count; i++) {
    struct vm_elf_entry entry = vm_elf_dynamic_entry (elf, &dynamic, i);
    add_label (out, vm_elf_tag_name (entry.tag), entry.tag);
    add_value (out, elf, &dynamic, &entry);
    cli_buffer_byte (out, '\n');
    cli_buffer_relieve (out, stdout);
  }
}

/* How many of a section, then how many of each type. */
static void
print_section (CliBuffer *out, const struct vm_elf *elf, guint section)
{
  struct vm_elf_relocations r;

  vm_elf_count_relocations (elf, section, &r);
  cli_buffer_text (out, "  ");
  gsize from = out->length;
  cli_elf_add_text (out, vm_elf_section_name (elf, section));
  cli_buffer_pad_right (out, from, NAMES);
  cli_buffer_byte (out, ' ');
  cli_buffer_number (out, r.count);
  cli_buffer_byte (out, '\n');
  for (guint i = 0; i < VM_ELF_RELOCATION_TYPES; i++) {
    if (r.types[i] == 0)
      continue;
    cli_buffer_text (out, "  ");
    add_label (out, vm_elf_relocation_name (elf, i), i);
    cli_buffer_number (out, r.types[i]);
    cli_buffer_byte (out, '\n');
  }
}

static void
print_relocations (CliBuffer *out, const struct vm_elf *elf)
{
  gboolean first = TRUE;

  for (guint i = 0; i < elf->section_count; i++) {
    guint type = elf->sections[i].type;
    if (type != VM_ELF_RELA && type != VM_ELF_REL && type != VM_ELF_RELR)
      continue;
    if (first)
      cli_buffer_printf (out, "\n%s\n", _ ("Relocations"));
    first = FALSE;
    print_section (out, elf, i);
    cli_buffer_relieve (out, stdout);
  }
}

void
cli_elf_print_parts (CliBuffer *out, const struct vm_elf *elf)
{
  print_notes (out, elf);
  print_dynamic (out, elf);
  print_relocations (out, elf);
}
