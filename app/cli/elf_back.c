/* Finds the addresses of what lies somewhere. */
#include "elf_back.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "elf/elf_index.h"
#include "elf_entry.h"
#include "machine/ops.h"
#include "mm/entries.h"
#include "mm/region_tree.h"

gboolean
cli_elf_back_asks (const CliElfBack *back)
{
  return back->address != NULL || back->offset != NULL || back->symbol != NULL
         || back->section != NULL || back->frame != NULL || back->entry != NULL;
}

static gboolean
read_number (const char *text, guint64 *number)
{
  uint64_t value = 0;
  gboolean is_number = vm_number_parse (text, strlen (text), &value);

  *number = value;
  if (!is_number)
    cli_misuse ("elf", _ ("“%s” is not a number of at most 64 bits"), text);
  return is_number;
}

/* Every region of the program's file that has the byte: pages at the border of
 * two segments are mapped twice. */
static void
find_offset (const ProgramRun *run, guint64 offset, GArray *addresses)
{
  const struct vm_state *s = vm_machine_state (run->machine);
  guint32 mm = s->processes[run->process].mm;

  for (guint32 n = vm_tree_first (s, mm); n != 0; n = vm_tree_next (s, n)) {
    const struct vm_region *r = &s->regions[n];
    guint64 first = r->offset << VM_PAGE_SHIFT;
    guint64 address = r->start + (offset - first);
    if (r->file == s->execs[mm].file && offset >= first
        && offset - first < r->end - r->start)
      g_array_append_val (addresses, address);
  }
}

/* Every page that a frame is mapped at. */
static void
find_frame (const ProgramRun *run, guint64 frame, GArray *addresses)
{
  const struct vm_state *s = vm_machine_state (run->machine);
  guint64 end = vm_mm_of (s, run->process)->task_size, next = 0;
  struct vm_entry entry;

  while (vm_entry_next (s, run->process, next, end, &entry)) {
    guint64 size = vm_entry_size (s, &entry);
    guint64 inside = frame - entry.pte.frame;
    guint64 address = entry.va.v + (inside << VM_PAGE_SHIFT);
    if (vm_entry_has_page (&entry) && frame >= entry.pte.frame
        && inside < size >> VM_PAGE_SHIFT)
      g_array_append_val (addresses, address);
    next = entry.va.v + size;
  }
}

/* The address whose page an entry decides about. */
static void
find_entry (const ProgramRun *run, guint64 pa, GArray *addresses)
{
  CliElfEntry entry;

  if (cli_elf_entry_at (run, pa, &entry))
    g_array_append_val (addresses, entry.first);
}

/* An entry that names a table decides about many pages. */
gboolean
cli_elf_back_table (const ProgramRun *run, const CliElfBack *back,
                    CliElfEntry *entry)
{
  guint64 pa;

  return back->entry != NULL
         && vm_number_parse (back->entry, strlen (back->entry), &pa)
         && cli_elf_entry_at (run, pa, entry) && !cli_elf_entry_is_page (entry);
}

gboolean
cli_elf_section_named (const struct vm_elf *elf, const char *name,
                       guint64 *address)
{
  for (guint32 i = 1; i < elf->section_count; i++) {
    if (!(elf->sections[i].flags & VM_ELF_ALLOC)
        || strcmp (vm_elf_section_name (elf, i), name) != 0)
      continue;
    *address = elf->sections[i].addr;
    return TRUE;
  }
  return FALSE;
}

/* A name of the file's. */
static CliStatus
find_name (const char *file, const ProgramRun *run, const CliElfBack *back,
           GArray *addresses)
{
  const struct vm_state *s = vm_machine_state (run->machine);
  guint64 bias = s->execs[s->processes[run->process].mm].bias, address = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (ProgramImage) image = program_image_open (file, &error);
  struct vm_elf_index index;

  if (image == NULL)
    return cli_fail_at (file, 0, error->message);
  if (back->section != NULL) {
    if (!cli_elf_section_named (image->elf, back->section, &address))
      return cli_fail_at (file, 0, _ ("no section of this name in memory"));
  } else {
    if (!vm_elf_index_init (&index, image->elf))
      return cli_fail (_ ("out of memory"));
    guint32 row = vm_elf_index_named (&index, image->elf, back->symbol);
    address = row == VM_NONE ? 0 : index.places[row].value;
    vm_elf_index_done (&index);
    if (row == VM_NONE)
      return cli_fail_at (file, 0, _ ("no symbol of this name"));
  }
  address += bias;
  g_array_append_val (addresses, address);
  return CLI_DONE;
}

/* A place that is a number. */
static CliStatus
find_number (const char *file, const ProgramRun *run, const CliElfBack *back,
             guint64 number, GArray *addresses)
{
  const char *nowhere = _ ("no page of the process has this frame");

  if (back->address != NULL) {
    g_array_append_val (addresses, number);
  } else if (back->offset != NULL) {
    find_offset (run, number, addresses);
    nowhere = _ ("no mapping has this byte of the file");
  } else if (back->frame != NULL) {
    find_frame (run, number, addresses);
  } else {
    find_entry (run, number, addresses);
    nowhere = _ ("no page table of the process lies there");
  }
  return addresses->len > 0 ? CLI_DONE : cli_fail_at (file, 0, nowhere);
}

CliStatus
cli_elf_back (const char *file, const ProgramRun *run, const CliElfBack *back,
              GArray *addresses)
{
  const char *text = back->address != NULL  ? back->address
                     : back->offset != NULL ? back->offset
                     : back->frame != NULL  ? back->frame
                                            : back->entry;
  guint64 number;

  if (back->symbol != NULL || back->section != NULL)
    return find_name (file, run, back, addresses);
  if (!read_number (text, &number))
    return CLI_MISUSED;
  return find_number (file, run, back, number, addresses);
}
