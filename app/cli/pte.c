/* pagewalk-cli pte: a page-table entry, from bits to meaning and back. */
#include "pte.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "json.h"
#include "operands.h"
#include "pte_descriptor.h"

static const CliUsage usage = {
    .name = "pte",
    .synopsis = "GEOMETRY VALUE [--level N] [--json]\n"
                "GEOMETRY --encode [frame=FRAME] [FLAG | FIELD=N]… [--level "
                "N] [--json]\n"
                "descriptor VALUE [--json]\n"
                "descriptor --encode [base=N] [limit=N] [type=N] [FLAG]… "
                "[--json]",
    .summary
    = N_ ("Decodes a page-table entry, or makes one out of a frame "
          "and flags such as “present rw user”; the same for a segment "
          "descriptor of the 32-bit x86."),
    .min_words = 1,
    .max_words = -1,
};

/* Is it one bit that means something? */
static gboolean
is_flag (const struct vm_pte_field *field)
{
  return field->high == field->low && strcmp (field->name, "reserved") != 0
         && !g_str_has_prefix (field->name, "res0")
         && !g_str_has_prefix (field->name, "ignored");
}

static void
print_swap (CliJson *json, const CliEntry *entry)
{
  struct vm_swap_slot slot;

  if (!cli_entry_swap (entry, &slot))
    return;
  cli_json_begin_object (json, "swap");
  cli_json_number (json, "type", slot.type);
  cli_json_number (json, "offset", slot.offset);
  cli_json_end_object (json);
}

static void
print_note (CliJson *json, const CliEntry *entry)
{
  if (entry->pte.raw & 1)
    cli_json_string (json, "note",
                     "invalid at this level: the processor takes it as not "
                     "present");
  else
    cli_json_string (json, "note",
                     "not present: the processor ignores all other bits; they "
                     "belong to the operating system");
}

static void
print_fields (CliJson *json, const CliEntry *entry)
{
  cli_json_begin_array (json, "fields");
  for (guint i = 0; i < entry->field_count; i++) {
    const struct vm_pte_field *field = &entry->fields[i];
    cli_json_begin_object (json, NULL);
    cli_json_string (json, "name", field->name);
    cli_json_number (json, "hi", field->high);
    cli_json_number (json, "lo", field->low);
    cli_json_number (json, "value", cli_entry_value (entry, field));
    cli_json_end_object (json);
  }
  cli_json_end_array (json);
}

static void
print_flags (CliJson *json, const CliEntry *entry)
{
  cli_json_begin_array (json, "flags");
  for (guint i = entry->field_count; i > 0; i--) {
    const struct vm_pte_field *field = &entry->fields[i - 1];
    if (is_flag (field) && cli_entry_value (entry, field) != 0)
      cli_json_string (json, NULL, field->name);
  }
  cli_json_end_array (json);
}

static gboolean
read_level (CliArgs *args, const struct vm_geometry *geometry, const char *word,
            guint *level)
{
  guint64 number;

  *level = 1;
  if (word == NULL)
    return TRUE;
  if (!cli_number (args, &usage, word, &number))
    return FALSE;
  if (number < 1 || number > geometry->levels) {
    args->status = cli_misuse (usage.name,
                               _ ("%s has the levels 1 (last) to %u"),
                               geometry->name, (guint) geometry->levels);
    return FALSE;
  }
  *level = (guint) number;
  return TRUE;
}

static gboolean
decode_words (CliArgs *args, const struct vm_geometry *geometry, guint level,
              CliEntry *entry)
{
  guint bits = geometry->entry_bytes * 8u;
  guint64 raw;

  if (args->count != 2) {
    args->status = cli_misuse (usage.name, _ ("Give one value to decode"));
    return FALSE;
  }
  if (!cli_number (args, &usage, args->words[1], &raw))
    return FALSE;
  if (bits < 64 && raw >> bits != 0) {
    args->status = cli_fail (_ ("%s: an entry of %s has %u bits"),
                             args->words[1], geometry->name, bits);
    return FALSE;
  }
  *entry = cli_entry_decode (geometry, level, raw);
  return TRUE;
}

CliEntry
cli_entry_decode (const struct vm_geometry *geometry, guint level, guint64 raw)
{
  CliEntry entry = {
      .geometry = geometry,
      .level = level,
      .pte = vm_pte_decode (geometry, level, raw, geometry->has_nx),
  };

  entry.fields
      = vm_pte_fields (geometry, level, entry.pte.leaf, &entry.field_count);
  return entry;
}

guint64
cli_entry_value (const CliEntry *entry, const struct vm_pte_field *field)
{
  return entry->pte.raw >> field->low
         & ((G_GUINT64_CONSTANT (2) << (field->high - field->low)) - 1);
}

gboolean
cli_entry_swap (const CliEntry *entry, struct vm_swap_slot *slot)
{
  return !entry->pte.present && entry->level == 1
         && vm_pte_swap (entry->geometry, entry->pte.raw, slot);
}

void
cli_entry_print_json (const CliEntry *entry)
{
  g_autoptr (CliJson) json = cli_json_new ();
  gboolean present = entry->pte.present;

  cli_json_begin_object (json, NULL);
  cli_json_string (json, "geometry", entry->geometry->name);
  cli_json_number (json, "level", entry->level);
  cli_json_hex (json, "raw", entry->pte.raw);
  cli_json_boolean (json, "present", present);
  cli_json_boolean (json, "leaf", entry->pte.leaf);
  cli_json_hex (json, "frame", entry->pte.frame);
  print_fields (json, entry);
  cli_json_hex (json, "reserved", present ? entry->pte.reserved : 0);
  print_flags (json, entry);
  if (!present) {
    print_swap (json, entry);
    print_note (json, entry);
  }
  cli_json_end_object (json);
  cli_json_write_line (json, stdout);
}

CliStatus
cli_pte (CliArgs *args)
{
  gboolean encode = FALSE, json = FALSE;
  const char *level_word = NULL;
  const CliOption options[] = {
      {"level", "N", NULL, &level_word,
       N_ ("Level of the entry's table; 1, the default, is the last")},
      {"encode", NULL, &encode, NULL, N_ ("Make an entry out of words")},
      {"json", NULL, &json, NULL, N_ ("Print a JSON object")},
      {NULL, NULL, NULL, NULL, NULL},
  };

  if (!cli_args_parse (args, &usage, options))
    return args->status;

  if (strcmp (args->words[0], CLI_DESCRIPTOR) == 0)
    return level_word == NULL
               ? cli_pte_descriptor (args, &usage, encode, json)
               : cli_misuse (usage.name, _ ("A descriptor has no level"));

  struct vm_geometry room;
  const struct vm_geometry *geometry
      = cli_geometry (args, &usage, args->words[0], &room);
  guint level;
  if (geometry == NULL || !read_level (args, geometry, level_word, &level))
    return args->status;

  CliEntry entry;
  gboolean made = encode
                      ? cli_entry_encode (args, &usage, geometry, level, &entry)
                      : decode_words (args, geometry, level, &entry);
  if (!made)
    return args->status;
  if (json)
    cli_entry_print_json (&entry);
  else if (encode)
    printf ("0x%" G_GINT64_MODIFIER "x\n", entry.pte.raw);
  else
    cli_entry_print_text (&entry);
  return CLI_DONE;
}
