/* Draws a page-table entry: a ruler of its bits, and what each field means. */
#include "pte.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "numbers.h"
#include "pte_meaning.h"
#include "pte_ruler.h"
#include "wrap.h"

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

static void
print_ruler (const CliEntry *entry)
{
  CliRuler ruler = cli_ruler_new ();

  for (guint i = 0; i < entry->field_count; i++) {
    g_autofree char *value = value_text (entry, &entry->fields[i]);
    cli_ruler_add (&ruler, &entry->fields[i], entry->fields[i].label, value);
  }
  cli_ruler_print (&ruler);
}

/* A page size in the unit that leaves a small whole number. */
static char *
size_text (guint shift)
{
  static const char *const units[] = {"bytes", "KiB", "MiB", "GiB"};

  return g_strdup_printf ("%u %s", 1u << shift % 10, units[shift / 10]);
}

/* What the entry does, if the processor can use it. */
static void
print_effect (const CliEntry *entry)
{
  const struct vm_level *level = &entry->geometry->level[entry->level];

  if (!entry->pte.present)
    return;
  printf ("\n  ");
  if (entry->pte.leaf) {
    g_autofree char *size = size_text (level->low);
    printf (_ ("maps a page of %s"), size);
  } else if (entry->level == 1) {
    printf ("%s", _ ("leads on, but no table is below: an access faults"));
  } else {
    /* Translators: "page table". */
    printf (_ ("leads to a %s"),
            scene_table_name (entry->geometry, entry->level - 1));
  }
}

static void
print_title (const CliEntry *entry)
{
  printf ("0x%" G_GINT64_MODIFIER "x  ", entry->pte.raw);
  /* Translators: "x86-32", "page table", number of a level. */
  printf (_ ("%s, entry of a %s (level %u)"), entry->geometry->name,
          scene_table_name (entry->geometry, entry->level), entry->level);
  print_effect (entry);
  printf ("\n\n");
}

/* What Linux would have put there, if it is an entry of a page. */
static void
print_swap (const CliEntry *entry)
{
  struct vm_swap_slot slot;
  g_autofree char *text = NULL;

  if (!cli_entry_swap (entry, &slot))
    return;
  text = g_strdup_printf (
      _ ("Linux 6.x reads it as a page written out: swap area %u, page %" PRIu64
         " in it."),
      slot.type, slot.offset);
  cli_wrap ("  ", text);
}

/* All that the processor sees in an entry whose lowest bit is 0 is that. */
static void
print_absent (const CliEntry *entry)
{
  guint top = entry->geometry->entry_bytes * 8u - 1;
  const struct vm_pte_field rest = {.high = (uint8_t) top, .low = 1};
  const struct vm_pte_field *lowest = &entry->fields[entry->field_count - 1];
  CliRuler ruler = cli_ruler_new ();
  g_autofree char *value
      = g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", entry->pte.raw >> 1);

  cli_ruler_add (&ruler, &rest, _ ("the operating system's"), value);
  cli_ruler_add (&ruler, lowest, lowest->label, "0");
  cli_ruler_print (&ruler);
  cli_wrap ("  ", _ ("Not present: the processor looks at no other bit. The "
                     "rest belongs to the operating system, which may keep in "
                     "it where the page lies in swap."));
  print_swap (entry);
}

void
cli_entry_print_text (const CliEntry *entry)
{
  print_title (entry);
  if (!(entry->pte.raw & 1)) {
    print_absent (entry);
    return;
  }

  print_ruler (entry);
  for (guint i = 0; i < entry->field_count; i++) {
    const struct vm_pte_field *field = &entry->fields[i];
    g_autofree char *value = value_text (entry, field);
    g_autofree char *meaning = cli_field_meaning (entry, field);
    printf ("  %-10s %-14s %s\n", field->name, value, meaning);
  }
  if (!entry->pte.present)
    printf ("\n  %s\n", _ ("Such an entry is invalid at this level: the "
                           "processor takes it as not present."));
}
