/* Notes, dynamic section and relocations of an ELF file as JSON. */
#include <stdio.h>

#include "elf.h"
#include "elf/elf_bytes.h"
#include "elf/elf_notes.h"
#include "elf/elf_tags.h"
#include "words.h"

/* The bits that are set, by name. */
static void
put_property (CliJson *json, const struct vm_elf *elf,
              const struct vm_elf_property *property)
{
  guint64 bits = property->size == 4 || property->size == 8 ? vm_elf_number (
                     elf, property->offset, (guint) property->size)
                                                            : 0;

  cli_json_begin_object (json, NULL);
  cli_elf_put_name (json, "type", vm_elf_property_name (property->type),
                    property->type);
  cli_json_hex (json, "value", bits);
  cli_json_begin_array (json, "bits");
  for (guint i = 0; i < 64; i++) {
    const char *name = vm_elf_property_bit_name (property->type, i);
    if ((bits >> i & 1) != 0 && name != NULL)
      cli_json_string (json, NULL, name);
  }
  cli_json_end_array (json);
  cli_json_end_object (json);
}

static void
put_abi (CliJson *json, const struct vm_elf *elf,
         const struct vm_elf_note *note)
{
  guint64 parts[4];

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    parts[i] = vm_elf_number (elf, note->offset + 4 * i, 4);
  g_autofree char *kernel = g_strdup_printf (
      "%" G_GUINT64_FORMAT ".%" G_GUINT64_FORMAT ".%" G_GUINT64_FORMAT,
      parts[1], parts[2], parts[3]);
  cli_elf_put_name (json, "system", vm_elf_system_name ((guint) parts[0]),
                    parts[0]);
  cli_json_string (json, "kernel", kernel);
}

static void
put_meaning (CliJson *json, const struct vm_elf *elf,
             const struct vm_elf_note *note)
{
  struct vm_elf_property property;
  guint64 inside = 0;

  switch (note->kind) {
  case VM_ELF_NOTE_OTHER:
    return;
  case VM_ELF_NOTE_ABI:
    put_abi (json, elf, note);
    return;
  case VM_ELF_NOTE_BUILD_ID:
    cli_json_bytes (json, "build-id", elf->bytes + note->offset, note->size);
    return;
  case VM_ELF_NOTE_GOLD: {
    g_autofree char *text
        = g_strndup ((const char *) elf->bytes + note->offset, note->size);
    cli_elf_put_text (json, "linker", text);
    return;
  }
  case VM_ELF_NOTE_PROPERTY:
    cli_json_begin_array (json, "properties");
    while (vm_elf_next_property (elf, note, &inside, &property))
      put_property (json, elf, &property);
    cli_json_end_array (json);
    return;
  }
}

static void
put_notes (CliJson *json, const struct vm_elf *elf)
{
  struct vm_elf_note_walk walk = {0};
  struct vm_elf_note note;

  cli_json_begin_array (json, "notes");
  while (vm_elf_next_note (elf, &walk, &note)) {
    g_autofree char *owner
        = g_strndup ((const char *) elf->bytes + note.name, note.name_size);
    cli_json_begin_object (json, NULL);
    cli_elf_put_text (json, "owner", owner);
    cli_json_number (json, "type", note.type);
    cli_json_hex (json, "offset", note.at);
    cli_json_number (json, "size", note.size);
    put_meaning (json, elf, &note);
    cli_json_end_object (json);
    cli_json_relieve (json, stdout);
  }
  cli_json_end_array (json);
}

static void
put_flags (CliJson *json, const struct vm_elf_entry *entry)
{
  cli_json_begin_array (json, "flags");
  for (guint i = 0; i < 64; i++) {
    const char *name = vm_elf_dynamic_flag_name (entry->tag, i);
    if ((entry->value >> i & 1) != 0 && name != NULL)
      cli_json_string (json, NULL, name);
  }
  cli_json_end_array (json);
}

static void
put_dynamic (CliJson *json, const struct vm_elf *elf)
{
  struct vm_elf_dynamic dynamic;

  vm_elf_dynamic_init (&dynamic, elf);
  cli_json_begin_array (json, "dynamic");
  for (guint i = 0; i < dynamic.count; i++) {
    struct vm_elf_entry entry = vm_elf_dynamic_entry (elf, &dynamic, i);
    const char *string
        = vm_elf_tag_is_string (entry.tag)
              ? vm_elf_dynamic_string (elf, &dynamic, entry.value)
              : NULL;
    cli_json_begin_object (json, NULL);
    cli_elf_put_name (json, "tag", vm_elf_tag_name (entry.tag), entry.tag);
    cli_json_hex (json, "value", entry.value);
    if (string != NULL)
      cli_elf_put_text (json, "string", string);
    if (entry.tag == VM_ELF_DT_FLAGS || entry.tag == VM_ELF_DT_FLAGS_1)
      put_flags (json, &entry);
    cli_json_end_object (json);
    cli_json_relieve (json, stdout);
  }
  cli_json_end_array (json);
}

static void
put_type (CliJson *json, const struct vm_elf *elf, guint type, guint64 count)
{
  cli_json_begin_object (json, NULL);
  cli_elf_put_name (json, "type", vm_elf_relocation_name (elf, type), type);
  cli_json_number (json, "count", count);
  cli_json_end_object (json);
}

static void
put_relocations (CliJson *json, const struct vm_elf *elf)
{
  struct vm_elf_relocations r;

  cli_json_begin_array (json, "relocations");
  for (guint i = 0; i < elf->section_count; i++) {
    guint type = elf->sections[i].type;
    if (type != VM_ELF_RELA && type != VM_ELF_REL && type != VM_ELF_RELR)
      continue;
    vm_elf_count_relocations (elf, i, &r);
    cli_json_begin_object (json, NULL);
    cli_elf_put_text (json, "section", vm_elf_section_name (elf, i));
    cli_json_number (json, "count", r.count);
    cli_json_begin_array (json, "types");
    for (guint n = 0; n < VM_ELF_RELOCATION_TYPES; n++)
      if (r.types[n] > 0)
        put_type (json, elf, n, r.types[n]);
    cli_json_end_array (json);
    cli_json_end_object (json);
    cli_json_relieve (json, stdout);
  }
  cli_json_end_array (json);
}

void
cli_elf_write_parts (CliJson *json, const struct vm_elf *elf)
{
  put_notes (json, elf);
  put_dynamic (json, elf);
  put_relocations (json, elf);
}
