/* What each field of a page-table entry means, in words. */
#include "pte_meaning.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What a field means when it is 0 and when it is anything else. */
typedef struct {
  const char *name;
  const char *clear, *set;
} Meaning;

#define SAME(text) text, text

/* Of every format. */
static const Meaning common[] = {
    {"present", N_ ("not present"), N_ ("the processor may use the entry")},
    {"valid", N_ ("not present"), N_ ("the processor may use the entry")},
    {"user", N_ ("for the kernel only"), N_ ("user mode may use it, too")},
    {"accessed", N_ ("not used since it was cleared"),
     N_ ("used since it was cleared")},
    {"dirty", N_ ("not written since it was cleared"),
     N_ ("written since it was cleared")},
    {"reserved", N_ ("reserved, and 0 as it must be"),
     N_ ("reserved: must be 0, so an access faults")},
    {NULL, NULL, NULL},
};

static const Meaning x86[] = {
    {"rw", N_ ("no writes"), N_ ("writes are allowed")},
    {"pwt", N_ ("write-back caching"), N_ ("write-through caching")},
    {"pcd", N_ ("may be cached"), N_ ("not to be cached")},
    {"pat", SAME (N_ ("selects the memory type, with PCD and PWT"))},
    {"ps", N_ ("leads to a table"), N_ ("maps a large page")},
    {"global", N_ ("leaves the TLB when CR3 is loaded"),
     N_ ("stays in the TLB when CR3 is loaded")},
    {"nx", N_ ("may be executed"), N_ ("cannot be executed")},
    {"avl", SAME (N_ ("free for the operating system"))},
    {"avl-high", SAME (N_ ("free for the operating system"))},
    {"frame-high", SAME (N_ ("bits 39 to 32 of the physical address"))},
    {NULL, NULL, NULL},
};

static const Meaning riscv[] = {
    {"read", N_ ("no loads"), N_ ("loads are allowed")},
    {"write", N_ ("no stores"), N_ ("stores are allowed")},
    {"execute", N_ ("cannot be executed"), N_ ("may be executed")},
    {"user", N_ ("for the kernel only"),
     N_ ("for user mode; for loads and stores of the kernel while SUM is set")},
    {"global", N_ ("belongs to one address space"),
     N_ ("the same in every address space")},
    {"rsw", SAME (N_ ("free for the operating system"))},
    {"pbmt", N_ ("memory type as the platform says"),
     N_ ("reserved: must be 0, so an access faults")},
    {"n", N_ ("not part of a contiguous range"),
     N_ ("reserved: must be 0, so an access faults")},
    {NULL, NULL, NULL},
};

/* Of RISC-V's entries that lead to a table. */
static const Meaning riscv_table[] = {
    {"read", SAME (N_ ("0, as W and X: leads to a table"))},
    {"write", SAME (N_ ("0, as R and X: leads to a table"))},
    {"execute", SAME (N_ ("0, as R and W: leads to a table"))},
    {"user", N_ ("reserved, and 0 as it must be"),
     N_ ("reserved: must be 0, so an access faults")},
    {"accessed", N_ ("reserved, and 0 as it must be"),
     N_ ("reserved: must be 0, so an access faults")},
    {"dirty", N_ ("reserved, and 0 as it must be"),
     N_ ("reserved: must be 0, so an access faults")},
    {"global", N_ ("what is below says itself whether it is global"),
     N_ ("all that is mapped below is the same in every address space")},
    {NULL, NULL, NULL},
};

static const Meaning arm[] = {
    {"type", N_ ("a block"), N_ ("a table, or at the last level a page")},
    {"attr", SAME (N_ ("index of the memory type in MAIR"))},
    {"ns", N_ ("secure memory, for secure software"),
     N_ ("memory of the non-secure world")},
    {"ap1", N_ ("for the kernel only"), N_ ("user mode may use it, too")},
    {"ap2", N_ ("writes are allowed"), N_ ("no writes")},
    {"sh", N_ ("not shared with other processors"),
     N_ ("other processors see the same: 2 outer, 3 inner domain")},
    {"af", N_ ("not used since it was cleared"),
     N_ ("used since it was cleared")},
    {"ng", N_ ("the same in every address space"),
     N_ ("belongs to one address space")},
    {"dbm", N_ ("hardware keeps no dirty state"),
     N_ ("AP[2] is the dirty state, where hardware keeps it")},
    {"contiguous", N_ ("not part of a contiguous range"),
     N_ ("part of a contiguous range: one TLB entry may hold it")},
    {"pxn", N_ ("the kernel may execute it, if user mode cannot write it"),
     N_ ("the kernel cannot execute it")},
    {"uxn", N_ ("user mode may execute it"),
     N_ ("user mode cannot execute it")},
    {"sw", SAME (N_ ("free for the operating system"))},
    {"ns-table", N_ ("tables below are in secure memory, for secure software"),
     N_ ("all below is memory of the non-secure world")},
    {"ap-table1", N_ ("what is below says whether it can be written"),
     N_ ("nothing below can be written")},
    {"ap-table0", N_ ("what is below says whether user mode may use it"),
     N_ ("user mode may use nothing below")},
    {"uxn-table", N_ ("what is below says whether user mode may execute it"),
     N_ ("user mode can execute nothing below")},
    {"pxn-table", N_ ("what is below says whether the kernel may execute it"),
     N_ ("the kernel can execute nothing below")},
    {"res0", N_ ("to be left 0"),
     N_ ("to be left 0; the processor ignores it")},
    {"res0-low", N_ ("to be left 0"),
     N_ ("to be left 0; the processor ignores it")},
    {NULL, NULL, NULL},
};

static guint64
field_mask (const struct vm_pte_field *field)
{
  return ((G_GUINT64_CONSTANT (2) << (field->high - field->low)) - 1)
         << field->low;
}

static const Meaning *
find (const Meaning *meanings, const char *name)
{
  for (; meanings->name != NULL; meanings++)
    if (strcmp (meanings->name, name) == 0)
      return meanings;
  return NULL;
}

static const Meaning *
own_meanings (const CliEntry *entry)
{
  switch (entry->geometry->family) {
  case VM_FAMILY_X86:
    return x86;
  case VM_FAMILY_RISCV:
    return riscv;
  case VM_FAMILY_ARM:
    return arm;
  }
  return common;
}

/* The most particular meaning of a name: of RISC-V's tables, of the family, of
 * all. NULL: the processor does not look at the field. */
static const Meaning *
meaning_of (const CliEntry *entry, const char *name)
{
  const Meaning *found = NULL;

  if (entry->geometry->family == VM_FAMILY_RISCV && !entry->pte.leaf)
    found = find (riscv_table, name);
  if (found == NULL)
    found = find (own_meanings (entry), name);
  return found != NULL ? found : find (common, name);
}

static char *
frame_meaning (const CliEntry *entry)
{
  g_autofree char *start
      = g_strdup_printf ("0x%" G_GINT64_MODIFIER "x",
                         entry->pte.frame << entry->geometry->page_shift);

  if (entry->pte.leaf)
    return g_strdup_printf (_ ("the page starts at physical address %s"),
                            start);
  return g_strdup_printf (_ ("the table lies at physical address %s"), start);
}

/* A page's number that has bits below the page's size, which must be 0. */
static gboolean
is_misplaced (const CliEntry *entry, const struct vm_pte_field *field)
{
  return strcmp (field->name, "frame") == 0
         && (entry->pte.reserved & field_mask (field)) != 0;
}

char *
cli_field_meaning (const CliEntry *entry, const struct vm_pte_field *field)
{
  if (is_misplaced (entry, field))
    return g_strdup (_ ("not a multiple of the page's size: an access faults"));
  if (strcmp (field->name, "frame") == 0)
    return frame_meaning (entry);
  if (entry->pte.reserved & field_mask (field))
    return g_strdup (_ ("reserved: must be 0, so an access faults"));

  const Meaning *meaning = meaning_of (entry, field->name);
  if (meaning == NULL)
    return g_strdup (_ ("ignored by the processor"));
  return g_strdup (
      _ (cli_entry_value (entry, field) == 0 ? meaning->clear : meaning->set));
}
