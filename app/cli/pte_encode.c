/* Makes a page-table entry out of words. */
#include "pte.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "operands.h"

/* An entry that is being put together. */
typedef struct {
  CliArgs *args;
  const CliUsage *usage;
  CliEntry entry; /* says which fields there are */
  guint64 given;  /* lowest bits of the fields that were named */
  guint64 bits;   /* their values, without the frame's */
  guint64 frame;
} Encoder;

/* The lowest bit is "present" by any name. */
static gboolean
is_lowest (const char *name, gsize length)
{
  return (length == 7 && strncmp (name, "present", length) == 0)
         || (length == 5 && strncmp (name, "valid", length) == 0);
}

static const struct vm_pte_field *
find_field (const CliEntry *entry, const char *name, gsize length)
{
  if (is_lowest (name, length))
    return &entry->fields[entry->field_count - 1];
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
         && strcmp (field->name, "reserved") != 0
         && !g_str_has_prefix (field->name, "res0");
}

static gboolean
refuse_word (Encoder *e, const char *word)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = e->entry.field_count; i > 0; i--)
    if (is_settable (&e->entry.fields[i - 1]))
      g_string_append_printf (names, " %s", e->entry.fields[i - 1].name);
  e->args->status
      = cli_misuse (e->usage->name,
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
                                : entry->geometry->page_shift;
  guint64 frames = G_GUINT64_CONSTANT (1)
                   << (shift - entry->geometry->page_shift);
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
  if (equals != NULL && !cli_number (e->args, e->usage, equals + 1, &value))
    return FALSE;
  if (e->given >> field->low & 1) {
    e->args->status
        = cli_misuse (e->usage->name, _ ("“%s” is given twice"), field->name);
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

/* Does a flag stand among the words, and is it not 0? */
static gboolean
is_given (const CliArgs *args, const char *name)
{
  for (int i = 1; i < args->count; i++) {
    const char *word = args->words[i];
    if (g_str_has_prefix (word, name)) {
      const char *rest = word + strlen (name);
      if (*rest == '\0' || (*rest == '=' && strcmp (rest, "=0") != 0))
        return TRUE;
    }
  }
  return FALSE;
}

/* Do the words describe an entry that maps a page? That decides what the other
 * bits are. */
static gboolean
maps_page (const CliArgs *args, const struct vm_geometry *geometry, guint level)
{
  switch (geometry->family) {
  case VM_FAMILY_X86:
    return level == 1 || (geometry->level[level].leaf && is_given (args, "ps"));
  case VM_FAMILY_RISCV:
    return is_given (args, "read") || is_given (args, "write")
           || is_given (args, "execute");
  case VM_FAMILY_ARM:
    return level == 1
           || (geometry->level[level].leaf && !is_given (args, "type"));
  }
  return FALSE;
}

gboolean
cli_entry_encode (CliArgs *args, const CliUsage *usage,
                  const struct vm_geometry *geometry, guint level,
                  CliEntry *entry)
{
  Encoder e = {.args = args,
               .usage = usage,
               .entry = {.geometry = geometry, .level = level}};

  e.entry.pte.leaf = maps_page (args, geometry, level);
  e.entry.fields
      = vm_pte_fields (geometry, level, e.entry.pte.leaf, &e.entry.field_count);
  for (int i = 1; i < args->count; i++)
    if (!take_word (&e, args->words[i]))
      return FALSE;

  guint64 raw = vm_pte_frame_bits (geometry, level, e.entry.pte.leaf, e.frame)
                | e.bits;
  *entry = cli_entry_decode (geometry, level, raw);
  return TRUE;
}
