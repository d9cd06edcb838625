/* pagewalk-cli pte descriptor: a segment descriptor, from bits to meaning and
 * back. Intel SDM vol. 3A, 3.4.5. */
#include "pte_descriptor.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "json.h"
#include "mmu/descriptor.h"
#include "operands.h"
#include "pte_ruler.h"

/* Types of code and data, as the operation "segment" names them. */
static const struct {
  const char *word;
  guint type;
} types[] = {{"code", 0xa}, {"code-only", 0x8}, {"conforming", 0xe},
             {"data", 0x2}, {"read-only", 0x0}, {"stack", 0x6}};

/* What --encode understands: a number, or 1 where nothing is said. */
typedef struct {
  const char *word;
  guint bits;
  gboolean alone; /* needs no value */
} Part;

enum { BASE, LIMIT, TYPE, ORDINARY, DPL, PRESENT, AVL, LONG, BIG, GRANULARITY };

static const Part parts[] = {
    [BASE] = {"base", 32, FALSE}, [LIMIT] = {"limit", 20, FALSE},
    [TYPE] = {"type", 4, FALSE},  [ORDINARY] = {"ordinary", 1, TRUE},
    [DPL] = {"dpl", 2, FALSE},    [PRESENT] = {"present", 1, TRUE},
    [AVL] = {"avl", 1, TRUE},     [LONG] = {"long", 1, TRUE},
    [BIG] = {"big", 1, TRUE},     [GRANULARITY] = {"granularity", 1, TRUE},
};

#define PARTS G_N_ELEMENTS (parts)

static guint64
value_of (const struct vm_pte_field *field, guint64 raw)
{
  return raw >> field->low
         & ((G_GUINT64_CONSTANT (2) << (field->high - field->low)) - 1);
}

/* Encode ------------------------------------------------------------------ */

static gboolean
refuse_word (CliArgs *args, const CliUsage *usage, const char *word)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < PARTS; i++)
    g_string_append_printf (names, " %s", parts[i].word);
  args->status
      = cli_misuse (usage->name,
                    _ ("“%s” is not a field of this entry, or its value does "
                       "not fit; there are:%s"),
                    word, names->str);
  return FALSE;
}

static const Part *
find_part (const char *word, gsize length)
{
  for (guint i = 0; i < PARTS; i++)
    if (strlen (parts[i].word) == length
        && strncmp (parts[i].word, word, length) == 0)
      return &parts[i];
  return NULL;
}

/* "type=data" is as good as "type=2". */
static gboolean
read_type (const char *word, guint64 *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (strcmp (types[i].word, word) == 0) {
      *value = types[i].type;
      return TRUE;
    }
  return FALSE;
}

static gboolean
take_word (CliArgs *args, const CliUsage *usage, const char *word,
           guint64 values[PARTS], gboolean given[PARTS])
{
  const char *equals = strchr (word, '=');
  gsize length = equals != NULL ? (gsize) (equals - word) : strlen (word);
  const Part *part = find_part (word, length);
  guint64 value = 1;

  if (part == NULL || (equals == NULL && !part->alone))
    return refuse_word (args, usage, word);
  if (given[part - parts]) {
    args->status
        = cli_misuse (usage->name, _ ("“%s” is given twice"), part->word);
    return FALSE;
  }
  gboolean named = part == &parts[TYPE] && read_type (equals + 1, &value);
  if (equals != NULL && !named && !cli_number (args, usage, equals + 1, &value))
    return FALSE;
  if (value >> part->bits != 0)
    return refuse_word (args, usage, word);
  values[part - parts] = value;
  given[part - parts] = TRUE;
  return TRUE;
}

static gboolean
encode_words (CliArgs *args, const CliUsage *usage, guint64 *raw)
{
  guint64 v[PARTS] = {0};
  gboolean given[PARTS] = {FALSE};

  for (int i = 1; i < args->count; i++)
    if (!take_word (args, usage, args->words[i], v, given))
      return FALSE;
  const struct vm_descriptor d = {.base = (uint32_t) v[BASE],
                                  .limit = (uint32_t) v[LIMIT],
                                  .type = (uint8_t) v[TYPE],
                                  .ordinary = (uint8_t) v[ORDINARY],
                                  .dpl = (uint8_t) v[DPL],
                                  .present = (uint8_t) v[PRESENT],
                                  .available = (uint8_t) v[AVL],
                                  .long_mode = (uint8_t) v[LONG],
                                  .big = (uint8_t) v[BIG],
                                  .granularity = (uint8_t) v[GRANULARITY]};
  *raw = vm_descriptor_encode (&d);
  return TRUE;
}

/* Decode ------------------------------------------------------------------ */

static gboolean
decode_word (CliArgs *args, const CliUsage *usage, guint64 *raw)
{
  if (args->count == 2)
    return cli_number (args, usage, args->words[1], raw);
  args->status = cli_misuse (usage->name, _ ("Give one value to decode"));
  return FALSE;
}

/* As the operation "segment" calls it; the accessed bit is not asked. */
static const char *
kind_of (const struct vm_descriptor *d)
{
  for (guint i = 0; d->ordinary && i < G_N_ELEMENTS (types); i++)
    if ((d->type & ~(guint) VM_SEGMENT_ACCESSED) == types[i].type)
      return types[i].word;
  if (!d->ordinary)
    return "system";
  return d->type & VM_SEGMENT_CODE ? "conforming-code-only" : "read-only-stack";
}

static void
print_json (guint64 raw)
{
  g_autoptr (CliJson) json = cli_json_new ();
  struct vm_descriptor d = vm_descriptor_decode (raw);
  uint32_t count;
  const struct vm_pte_field *fields = vm_descriptor_fields (&count);

  cli_json_begin_object (json, NULL);
  cli_json_string (json, "format", "segment-descriptor");
  cli_json_hex (json, "raw", raw);
  cli_json_boolean (json, "present", d.present);
  cli_json_hex (json, "base", d.base);
  cli_json_hex (json, "limit", d.limit);
  cli_json_string (json, "granularity", d.granularity ? "page" : "byte");
  cli_json_hex (json, "last", vm_descriptor_last (&d));
  cli_json_string (json, "kind", kind_of (&d));
  cli_json_number (json, "type", d.type);
  cli_json_number (json, "dpl", d.dpl);
  cli_json_boolean (json, "accessed",
                    d.ordinary && d.type & VM_SEGMENT_ACCESSED);
  cli_json_begin_array (json, "fields");
  for (guint i = 0; i < count; i++) {
    cli_json_begin_object (json, NULL);
    cli_json_string (json, "name", fields[i].name);
    cli_json_number (json, "hi", fields[i].high);
    cli_json_number (json, "lo", fields[i].low);
    cli_json_number (json, "value", value_of (&fields[i], raw));
    cli_json_end_object (json);
  }
  cli_json_end_array (json);
  cli_json_end_object (json);
  cli_json_write_line (json, stdout);
}

/* As the manual draws it: the upper four bytes above the lower ones. */
static void
print_rulers (guint64 raw)
{
  uint32_t count;
  const struct vm_pte_field *fields = vm_descriptor_fields (&count);
  CliRuler upper = cli_ruler_new (), lower = cli_ruler_new ();

  for (guint i = 0; i < count; i++) {
    gboolean wide = fields[i].high - fields[i].low >= 3;
    g_autofree char *value = g_strdup_printf (wide ? "0x%" G_GINT64_MODIFIER "x"
                                                   : "%" G_GUINT64_FORMAT,
                                              value_of (&fields[i], raw));
    cli_ruler_add (fields[i].low >= 32 ? &upper : &lower, &fields[i],
                   fields[i].label, value);
  }
  cli_ruler_print (&upper);
  cli_ruler_print (&lower);
}

static void
print_type (const struct vm_descriptor *d)
{
  gboolean low = d->type & VM_SEGMENT_WRITABLE; /* of code: readable */
  gboolean high = d->type & VM_SEGMENT_DOWN;    /* of code: conforming */
  const char *kind, *first, *second;

  if (!d->ordinary) {
    printf ("%s\n", _ ("the system's: a task state, a local table or a gate"));
    return;
  }
  if (d->type & VM_SEGMENT_CODE) {
    kind = _ ("code");
    first = low ? _ ("can be read") : _ ("cannot be read");
    second = high ? _ ("conforming: keeps the privilege of who jumps to it")
                  : _ ("not conforming");
  } else {
    kind = _ ("data");
    first = low ? _ ("can be written") : _ ("can only be read");
    second = high ? _ ("grows down: valid is what lies above the limit")
                  : _ ("grows up");
  }
  printf ("%s; %s; %s; %s\n", kind, first, second,
          d->type & VM_SEGMENT_ACCESSED ? _ ("accessed") : _ ("not accessed"));
}

static void
print_text (guint64 raw)
{
  struct vm_descriptor d = vm_descriptor_decode (raw);

  printf ("0x%" G_GINT64_MODIFIER "x  %s\n\n", raw, _ ("segment descriptor"));
  print_rulers (raw);
  printf ("  %-12s 0x%08x\n", "base", d.base);
  printf ("  %-12s 0x%05x ", "limit", d.limit);
  /* Translators: an offset in a segment. */
  printf (d.granularity ? _ ("in pages: the last offset is 0x%x")
                        : _ ("in bytes: the last offset is 0x%x"),
          vm_descriptor_last (&d));
  printf ("\n  %-12s ", "type");
  print_type (&d);
  printf ("  %-12s %u\n", "DPL", d.dpl);
  printf ("  %-12s %u  %s\n", "P", d.present,
          d.present ? _ ("can be loaded")
                    : _ ("not present: loading it is a fault"));
  printf ("  %-12s %u  %s\n", "D/B", d.big,
          d.big ? _ ("32-bit offsets") : _ ("16-bit offsets"));
  printf ("  %-12s %u  %s\n", "L", d.long_mode,
          d.long_mode ? _ ("64-bit code, in long mode")
                      : _ ("not 64-bit code"));
}

CliStatus
cli_pte_descriptor (CliArgs *args, const CliUsage *usage, gboolean encode,
                    gboolean json)
{
  guint64 raw;

  if (encode ? !encode_words (args, usage, &raw)
             : !decode_word (args, usage, &raw))
    return args->status;
  if (json)
    print_json (raw);
  else if (encode)
    printf ("0x%" G_GINT64_MODIFIER "x\n", raw);
  else
    print_text (raw);
  return CLI_DONE;
}
