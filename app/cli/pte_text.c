/* Draws a page-table entry: a ruler of its bits, and what each field means. */
#include "pte.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "numbers.h"
#include "wrap.h"

/* What a field means when it is 0 and when it is anything else. */
typedef struct {
  const char *name;
  const char *clear, *set;
} Meaning;

static const Meaning meanings[] = {
    {"present", N_ ("not present"), N_ ("the processor may use the entry")},
    {"rw", N_ ("no writes"), N_ ("writes are allowed")},
    {"user", N_ ("for the kernel only"), N_ ("user mode may use it, too")},
    {"pwt", N_ ("write-back caching"), N_ ("write-through caching")},
    {"pcd", N_ ("may be cached"), N_ ("not to be cached")},
    {"accessed", N_ ("not used since it was cleared"),
     N_ ("used since it was cleared")},
    {"dirty", N_ ("not written since it was cleared"),
     N_ ("written since it was cleared")},
    {"pat", N_ ("selects the memory type, with PCD and PWT"),
     N_ ("selects the memory type, with PCD and PWT")},
    {"ps", N_ ("leads to a table"), N_ ("maps a large page")},
    {"global", N_ ("leaves the TLB when CR3 is loaded"),
     N_ ("stays in the TLB when CR3 is loaded")},
    {"nx", N_ ("may be executed"), N_ ("cannot be executed")},
    {"avl", N_ ("free for the operating system"),
     N_ ("free for the operating system")},
    {"avl-high", N_ ("free for the operating system"),
     N_ ("free for the operating system")},
    {"frame-high", N_ ("bits 39 to 32 of the physical address"),
     N_ ("bits 39 to 32 of the physical address")},
    {"reserved", N_ ("reserved, and 0 as it must be"),
     N_ ("reserved: must be 0, so an access faults")},
};

static guint64
field_mask (const struct vm_pte_field *field)
{
  return ((G_GUINT64_CONSTANT (2) << (field->high - field->low)) - 1)
         << field->low;
}

static gboolean
is_number (const struct vm_pte_field *field)
{
  return field->high - field->low >= 8;
}

static char *
value_text (const CliEntry *entry, const struct vm_pte_field *field)
{
  guint64 value = cli_entry_value (entry, field);

  return g_strdup_printf (is_number (field) ? "0x%" G_GINT64_MODIFIER "x"
                                            : "%" G_GUINT64_FORMAT,
                          value);
}

static char *
frame_meaning (const CliEntry *entry)
{
  g_autofree char *start = g_strdup_printf ("0x%" G_GINT64_MODIFIER "x",
                                            entry->pte.frame << VM_PAGE_SHIFT);

  if (entry->pte.leaf)
    return g_strdup_printf (_ ("the page starts at physical address %s"),
                            start);
  return g_strdup_printf (_ ("the table lies at physical address %s"), start);
}

static char *
field_meaning (const CliEntry *entry, const struct vm_pte_field *field)
{
  if (strcmp (field->name, "frame") == 0)
    return frame_meaning (entry);
  if (entry->pte.reserved & field_mask (field))
    return g_strdup (_ ("reserved: must be 0, so an access faults"));

  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (strcmp (meanings[i].name, field->name) == 0)
      return g_strdup (_ (cli_entry_value (entry, field) == 0
                              ? meanings[i].clear
                              : meanings[i].set));
  return g_strdup (_ ("ignored by the processor"));
}

static char *
bits_text (const struct vm_pte_field *field)
{
  if (field->high == field->low)
    return g_strdup_printf ("%u", (guint) field->high);
  return g_strdup_printf ("%u %u", (guint) field->high, (guint) field->low);
}

/* One column of the ruler: the bit numbers above the label and the value. */
static void
add_column (GString *lines[3], const struct vm_pte_field *field,
            const char *label, const char *value)
{
  g_autofree char *bits = bits_text (field);
  int width = MAX (cli_text_width (bits),
                   MAX (cli_text_width (label), cli_text_width (value)));
  const char *space = strchr (bits, ' ');
  int high = space != NULL ? (int) (space - bits) : cli_text_width (bits);

  g_string_append_printf (lines[0], " %.*s%*s", high, bits, width - high,
                          space != NULL ? space + 1 : "");
  g_string_append_printf (lines[1], "│%s%*s", label,
                          width - cli_text_width (label), "");
  g_string_append_printf (lines[2], "│%-*s", width, value);
}

static void
print_columns (GString *lines[3])
{
  printf ("%s\n%s│\n%s│\n\n", lines[0]->str, lines[1]->str, lines[2]->str);
  for (int i = 0; i < 3; i++)
    g_string_free (lines[i], TRUE);
}

static void
print_ruler (const CliEntry *entry)
{
  GString *lines[3]
      = {g_string_new (NULL), g_string_new (NULL), g_string_new (NULL)};

  for (guint i = 0; i < entry->field_count; i++) {
    g_autofree char *value = value_text (entry, &entry->fields[i]);
    add_column (lines, &entry->fields[i], entry->fields[i].label, value);
  }
  print_columns (lines);
}

/* A page size in the unit that leaves a small whole number. */
static char *
size_text (guint shift)
{
  static const char *const units[] = {"bytes", "KiB", "MiB", "GiB"};

  return g_strdup_printf ("%u %s", 1u << shift % 10, units[shift / 10]);
}

static void
print_title (const CliEntry *entry)
{
  const struct vm_level *level = &entry->geometry->level[entry->level];

  printf ("0x%" G_GINT64_MODIFIER "x  ", entry->pte.raw);
  /* Translators: "x86-32", "page table", number of a level. */
  printf (_ ("%s, entry of a %s (level %u)"), entry->geometry->name,
          scene_table_name (entry->geometry, entry->level), entry->level);
  if (entry->pte.present && entry->pte.leaf) {
    g_autofree char *size = size_text (level->low);
    printf ("\n  ");
    printf (_ ("maps a page of %s"), size);
  } else if (entry->pte.present) {
    printf ("\n  ");
    /* Translators: "page table". */
    printf (_ ("leads to a %s"),
            scene_table_name (entry->geometry, entry->level - 1));
  }
  printf ("\n\n");
}

/* All that the processor sees in an entry with P = 0 is that bit. */
static void
print_absent (const CliEntry *entry)
{
  guint top = entry->geometry->entry_bytes * 8u - 1;
  const struct vm_pte_field rest = {.high = (uint8_t) top, .low = 1};
  const struct vm_pte_field present = {.high = 0, .low = 0};
  GString *lines[3]
      = {g_string_new (NULL), g_string_new (NULL), g_string_new (NULL)};
  g_autofree char *value
      = g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", entry->pte.raw >> 1);

  add_column (lines, &rest, _ ("the operating system's"), value);
  add_column (lines, &present, "P", "0");
  print_columns (lines);
  cli_wrap ("  ", _ ("Not present: the processor looks at no other bit. The "
                     "rest belongs to the operating system, which may keep in "
                     "it where the page lies in swap."));
}

void
cli_entry_print_text (const CliEntry *entry)
{
  print_title (entry);
  if (!entry->pte.present) {
    print_absent (entry);
    return;
  }

  print_ruler (entry);
  for (guint i = 0; i < entry->field_count; i++) {
    const struct vm_pte_field *field = &entry->fields[i];
    g_autofree char *value = value_text (entry, field);
    g_autofree char *meaning = field_meaning (entry, field);
    printf ("  %-10s %-14s %s\n", field->name, value, meaning);
  }
}
