/* pagewalk-cli pte: a page-table entry, from bits to meaning and back. */
#include "pte.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "json.h"
#include "numbers.h"

/* An entry that is being put together out of words. */
typedef struct {
  CliArgs *args;
  CliEntry entry;
  guint64 given; /* bits of the fields that were named */
  guint64 bits;  /* their values, without the frame's */
  guint64 frame;
} Encoder;

static const CliUsage usage = {
    .name = "pte",
    .synopsis = "GEOMETRY VALUE [--level N] [--json]\n"
                "GEOMETRY --encode [frame=FRAME] [FLAG | FIELD=N]… [--level "
                "N] [--json]",
    .summary = N_ ("Decodes a page-table entry, or makes one out of a frame "
                   "and flags such as “present rw user”."),
    .min_words = 1,
    .max_words = -1,
};

static CliEntry
decode (const struct vm_geometry *geometry, guint level, guint64 raw)
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

/* Is it one bit that means something? */
static gboolean
is_flag (const struct vm_pte_field *field)
{
  return field->high == field->low && strcmp (field->name, "reserved") != 0
         && !g_str_has_prefix (field->name, "ignored");
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
  *entry = decode (geometry, level, raw);
  return TRUE;
}

static const struct vm_pte_field *
find_field (const CliEntry *entry, const char *name, gsize length)
{
  for (guint i = 0; i < entry->field_count; i++)
    if (strlen (entry->fields[i].name) == length
        && strncmp (entry->fields[i].name, name, length) == 0)
      return &entry->fields[i];
  return NULL;
}

static gboolean
is_settable (const struct vm_pte_field *field)
{
  return strcmp (field->name, "frame-high") != 0
         && strcmp (field->name, "reserved") != 0;
}

static gboolean
refuse_word (Encoder *e, const char *word)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = e->entry.field_count; i > 0; i--)
    if (is_settable (&e->entry.fields[i - 1]))
      g_string_append_printf (names, " %s", e->entry.fields[i - 1].name);
  e->args->status
      = cli_misuse (usage.name,
                    _ ("“%s” is not a field of this entry, or its value does "
                       "not fit; there are:%s"),
                    word, names->str);
  return FALSE;
}

static char *
hex_text (guint64 value)
{
  return g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", value);
}

static gboolean
take_frame (Encoder *e, guint64 frame)
{
  const CliEntry *entry = &e->entry;
  guint shift = entry->pte.leaf ? entry->geometry->level[entry->level].low
                                : VM_PAGE_SHIFT;
  guint64 frames = G_GUINT64_CONSTANT (1) << (shift - VM_PAGE_SHIFT);
  guint64 last
      = vm_pte_last_frame (entry->geometry, entry->level, entry->pte.leaf);
  g_autofree char *last_text = hex_text (last);
  g_autofree char *frames_text = hex_text (frames);

  e->frame = frame;
  if (frame > last)
    e->args->status = cli_fail (
        _ ("The largest frame that this entry can hold is %s"), last_text);
  else if (frame % frames != 0)
    e->args->status = cli_fail (
        _ ("The first frame of such a page is a multiple of %s"), frames_text);
  return frame <= last && frame % frames == 0;
}

static gboolean
take_word (Encoder *e, const char *word)
{
  const char *equals = strchr (word, '=');
  gsize length = equals != NULL ? (gsize) (equals - word) : strlen (word);
  const struct vm_pte_field *field = find_field (&e->entry, word, length);
  guint64 value = 1;

  if (field == NULL || !is_settable (field))
    return refuse_word (e, word);
  if (equals == NULL && field->high != field->low)
    return refuse_word (e, word);
  if (equals != NULL && !cli_number (e->args, &usage, equals + 1, &value))
    return FALSE;
  if (e->given >> field->low & 1) {
    e->args->status
        = cli_misuse (usage.name, _ ("“%s” is given twice"), field->name);
    return FALSE;
  }

  e->given |= G_GUINT64_CONSTANT (1) << field->low;
  if (strcmp (field->name, "frame") == 0)
    return take_frame (e, value);
  if (value >> (field->high - field->low) > 1)
    return refuse_word (e, word);
  e->bits |= value << field->low;
  return TRUE;
}

/* Does "ps" stand among the words? It decides what the other bits are. */
static gboolean
maps_large_page (const CliArgs *args, const struct vm_geometry *geometry,
                 guint level)
{
  for (int i = 1; i < args->count; i++)
    if (strcmp (args->words[i], "ps") == 0
        || strcmp (args->words[i], "ps=1") == 0)
      return geometry->level[level].leaf;
  return FALSE;
}

static gboolean
encode_words (CliArgs *args, const struct vm_geometry *geometry, guint level,
              CliEntry *entry)
{
  Encoder e = {.args = args, .entry = {.geometry = geometry, .level = level}};

  e.entry.pte.leaf = level == 1 || maps_large_page (args, geometry, level);
  e.entry.fields
      = vm_pte_fields (geometry, level, e.entry.pte.leaf, &e.entry.field_count);
  for (int i = 1; i < args->count; i++)
    if (!take_word (&e, args->words[i]))
      return FALSE;

  struct vm_pte pte = {.leaf = e.entry.pte.leaf, .frame = e.frame};
  guint64 raw = vm_pte_encode (geometry, level, &pte) | e.bits;
  *entry = decode (geometry, level, raw);
  return TRUE;
}

guint64
cli_entry_value (const CliEntry *entry, const struct vm_pte_field *field)
{
  return entry->pte.raw >> field->low
         & ((G_GUINT64_CONSTANT (2) << (field->high - field->low)) - 1);
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
  if (!present)
    cli_json_string (json, "note",
                     "not present: the processor ignores all other bits; they "
                     "belong to the operating system");
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
  if (json)
    cli_speak_english ();

  const struct vm_geometry *geometry
      = cli_geometry (args, &usage, args->words[0]);
  guint level;
  if (geometry == NULL || !read_level (args, geometry, level_word, &level))
    return args->status;

  CliEntry entry;
  gboolean made = encode ? encode_words (args, geometry, level, &entry)
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
