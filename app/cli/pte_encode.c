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

gboolean
cli_entry_encode (CliArgs *args, const CliUsage *usage,
                  const struct vm_geometry *geometry, guint level,
                  CliEntry *entry)
{
  Encoder e = {.args = args,
               .usage = usage,
               .entry = {.geometry = geometry, .level = level}};

  e.entry.pte.leaf = level == 1 || maps_large_page (args, geometry, level);
  e.entry.fields
      = vm_pte_fields (geometry, level, e.entry.pte.leaf, &e.entry.field_count);
  for (int i = 1; i < args->count; i++)
    if (!take_word (&e, args->words[i]))
      return FALSE;

  struct vm_pte pte = {.leaf = e.entry.pte.leaf, .frame = e.frame};
  guint64 raw = vm_pte_encode (geometry, level, &pte) | e.bits;
  *entry = cli_entry_decode (geometry, level, raw);
  return TRUE;
}
