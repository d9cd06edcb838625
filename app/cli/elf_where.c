/* Explains one address of a program that was executed. */
#include "elf_where.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>

#include "elf_place.h"
#include "image.h"
#include "json.h"
#include "mm/entries.h"

/* Where the first byte of a frame's page is, plus what the address adds. */
static guint64
physical_of (const struct vm_state *s, const struct vm_entry *entry,
             guint64 address)
{
  guint64 size = vm_entry_size (s, entry);

  return vm_frame_start (vm_frame_of (entry->pte.frame), VM_PAGE_SHIFT).v
         + (address & (size - 1));
}

static void
print_line (const char *name, const char *text)
{
  printf ("  %s%*s%s\n", name, (int) MAX (14 - g_utf8_strlen (name, -1), 1), "",
          text);
}

static void
print_machine (const struct vm_state *s, const struct vm_entry *entry,
               guint64 address, const char *region)
{
  print_line (_ ("Region"), region != NULL ? region : _ ("none"));
  if (!vm_entry_has_page (entry)) {
    print_line (_ ("Entry"),
                region != NULL ? _ ("none yet: the first touch is a page fault")
                               : _ ("none"));
    return;
  }
  g_autofree char *where = g_strdup_printf (
      /* Translators: an entry's value, its number, its address. */
      _ ("0x%" PRIx64 ", entry %u of its table, at 0x%" PRIx64), entry->pte.raw,
      entry->index, entry->pa.v);
  g_autofree char *frame
      = g_strdup_printf (_ ("0x%" PRIx64 ", physical address 0x%" PRIx64),
                         entry->pte.frame, physical_of (s, entry, address));
  print_line (_ ("Entry"), where);
  print_line (_ ("Frame"), frame);
}

static void
write_machine (const struct vm_state *s, const struct vm_entry *entry,
               guint64 address, const char *region)
{
  g_autoptr (CliJson) json = cli_json_new ();

  cli_json_begin_object (json, NULL);
  cli_json_hex (json, "address", address);
  cli_json_string (json, "region", region);
  if (vm_entry_has_page (entry)) {
    cli_json_begin_object (json, "entry");
    cli_json_number (json, "level", entry->level);
    cli_json_number (json, "index", entry->index);
    cli_json_hex (json, "at", entry->pa.v);
    cli_json_hex (json, "raw", entry->pte.raw);
    cli_json_end_object (json);
    cli_json_hex (json, "frame", entry->pte.frame);
    cli_json_hex (json, "pa", physical_of (s, entry, address));
  }
  cli_json_end_object (json);
  cli_json_write_line (json, stdout);
}

/* What the file has there; the address alone if it is not one of its own. */
static CliStatus
tell_file (const char *file, const struct vm_exec *exec, guint64 address,
           gboolean json)
{
  g_autofree char *number = g_strdup_printf ("0x%" PRIx64, address);
  const CliElfQuestion question = {.address = number};
  g_autoptr (GError) error = NULL;
  g_autoptr (ProgramImage) image = program_image_open (file, &error);

  if (image == NULL)
    return cli_fail_at (file, 0, error->message);
  const struct vm_elf_plan *plan = &image->plan;
  guint64 first = plan->mappings[0].start + exec->bias, end = 0;
  for (guint i = 0; i < plan->count; i++)
    end = MAX (end, MAX (plan->mappings[i].end, plan->mappings[i].bss_end));
  if (address < first || address >= end + exec->bias) {
    if (!json)
      print_line (_ ("Address"), number);
    return CLI_DONE;
  }
  image->plan.bias = exec->bias;
  return cli_elf_answer (image, &question, json);
}

CliStatus
cli_elf_where (const char *file, const ProgramRun *run, guint64 address,
               const char *region, gboolean json)
{
  const struct vm_state *s = vm_machine_state (run->machine);
  const struct vm_exec *exec = &s->execs[s->processes[run->process].mm];
  struct vm_entry entry = vm_entry_of (s, run->process, vm_vaddr_of (address));
  CliStatus status = tell_file (file, exec, address, json);

  if (status != CLI_DONE)
    return status;
  if (json)
    write_machine (s, &entry, address, region);
  else
    print_machine (s, &entry, address, region);
  return CLI_DONE;
}
