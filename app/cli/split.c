/* pagewalk-cli split: the fields of a virtual address. */
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "json.h"
#include "operands.h"

typedef struct {
  const char *name;
  guint high, low;
  guint64 value;
} Field;

static const CliUsage usage = {
    .name = "split",
    .synopsis = "GEOMETRY VA… [--text]",
    .summary = N_ ("Splits virtual addresses into the indices of a page walk, "
                   "one JSON object each."),
    .min_words = 2,
    .max_words = -1,
};

/* Fills fields, the highest first; returns how many there are. */
static int
split (const struct vm_geometry *geometry, guint64 va,
       Field fields[VM_MAX_LEVELS + 1])
{
  int count = 0;

  for (guint level = geometry->levels; level >= 1; level--) {
    const struct vm_level *l = &geometry->level[level];
    fields[count++]
        = (Field){l->name, l->high, l->low,
                  vm_geometry_index (geometry, level, vm_vaddr_of (va))};
  }
  guint offset_bits = geometry->level[1].low;
  fields[count++] = (Field){"offset", offset_bits - 1, 0,
                            va & ((G_GUINT64_CONSTANT (1) << offset_bits) - 1)};
  return count;
}

static void
print_json (const struct vm_geometry *geometry, guint64 va)
{
  g_autoptr (CliJson) json = cli_json_new ();
  Field fields[VM_MAX_LEVELS + 1];
  int count = split (geometry, va, fields);

  cli_json_begin_object (json, NULL);
  cli_json_hex (json, "va", va);
  cli_json_string (json, "geometry", geometry->name);
  cli_json_boolean (json, "canonical",
                    vm_geometry_canonical (geometry, vm_vaddr_of (va)));
  cli_json_begin_array (json, "fields");
  for (int i = 0; i < count; i++) {
    cli_json_begin_object (json, NULL);
    cli_json_string (json, "name", fields[i].name);
    cli_json_number (json, "hi", fields[i].high);
    cli_json_number (json, "lo", fields[i].low);
    cli_json_number (json, "value", fields[i].value);
    cli_json_end_object (json);
  }
  cli_json_end_array (json);
  cli_json_end_object (json);
  cli_json_write_line (json, stdout);
}

static void
print_text (const struct vm_geometry *geometry, guint64 va)
{
  gboolean canonical = vm_geometry_canonical (geometry, vm_vaddr_of (va));
  Field fields[VM_MAX_LEVELS + 1];
  int count = split (geometry, va, fields);

  printf ("0x%" G_GINT64_MODIFIER "x  %s%s%s\n", va, geometry->name,
          canonical ? "" : "  ",
          canonical ? "" : _ ("not canonical: the access would fault"));
  for (int i = 0; i < count; i++)
    printf ("  %-10s %2u–%-2u  %5" G_GUINT64_FORMAT "  0x%" G_GINT64_MODIFIER
            "x\n",
            fields[i].name, fields[i].high, fields[i].low, fields[i].value,
            fields[i].value);
}

static gboolean
split_word (CliArgs *args, const struct vm_geometry *geometry, const char *word,
            gboolean text)
{
  guint64 va;

  if (!cli_number (args, &usage, word, &va))
    return FALSE;
  if (va > vm_geometry_last_address (geometry)) {
    args->status = cli_fail (_ ("%s: an address of %s has %u bits"), word,
                             geometry->name, (guint) geometry->word_bits);
    return FALSE;
  }
  if (text)
    print_text (geometry, va);
  else
    print_json (geometry, va);
  return TRUE;
}

CliStatus
cli_split (CliArgs *args)
{
  gboolean text = FALSE, json = FALSE;
  const CliOption options[] = {
      {"text", NULL, &text, NULL, N_ ("Print a table to read")},
      {"json", NULL, &json, NULL, N_ ("Print JSON, which is the default")},
      {NULL, NULL, NULL, NULL, NULL},
  };

  if (!cli_args_parse (args, &usage, options))
    return args->status;
  if (text && json)
    return cli_misuse (usage.name, _ ("Give --text or --json, not both"));
  if (!text)
    cli_speak_english ();

  struct vm_geometry room;
  const struct vm_geometry *geometry
      = cli_geometry (args, &usage, args->words[0], &room);
  if (geometry == NULL)
    return args->status;
  for (int i = 1; i < args->count; i++)
    if (!split_word (args, geometry, args->words[i], text))
      return args->status;
  return CLI_DONE;
}
