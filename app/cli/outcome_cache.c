/* Prints the page cache: every file, and the pages of it that are in memory. */
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "mm/files.h"
#include "mm/shmem.h"
#include "outcome_memory.h"

static const char *
file_system (const struct vm_file *f)
{
  return f->kind == VM_FILE_DISK ? "ext4" : "tmpfs";
}

static void
write_page (CliJson *json, const struct vm_state *s, guint32 frame)
{
  const struct vm_frame_record *record = &s->frames[frame];

  cli_json_begin_object (json, NULL);
  cli_json_number (json, "page", record->offset);
  cli_json_hex (json, "frame", frame);
  cli_json_boolean (json, "dirty", (record->flags & VM_PAGE_DIRTY) != 0);
  cli_json_boolean (json, "marked", (record->flags & VM_PAGE_READAHEAD) != 0);
  cli_json_number (json, "mapped", vm_frames_mapped (s, vm_frame_of (frame)));
  cli_json_end_object (json);
}

static void
write_file (CliJson *json, const struct vm_machine *machine, guint32 file)
{
  const struct vm_state *s = vm_machine_state (machine);
  const struct vm_file *f = &s->files[file];

  cli_json_begin_object (json, NULL);
  cli_json_string (json, "file",
                   f->name == VM_NONE ? NULL
                                      : vm_machine_name (machine, f->name));
  cli_json_string (json, "fs", file_system (f));
  cli_json_number (json, "size", f->size);
  cli_json_number (json, "cached", f->pages);
  cli_json_number (json, "dirty", f->dirty);
  cli_json_number (json, "blocks", f->blocks);
  cli_json_number (json, "errors", f->errors);
  cli_json_number (json, "swapped", f->swapped);
  cli_json_begin_array (json, "pages");
  for (guint64 page = vm_files_next (s, file, 0); page != VM_NO_PAGE;
       page = vm_files_next (s, file, page + 1))
    write_page (json, s, vm_files_cached (s, file, page));
  cli_json_end_array (json);
  cli_json_end_object (json);
}

static char
mark_of (const struct vm_state *s, guint32 file, guint64 page)
{
  guint32 frame = vm_files_cached (s, file, page);

  if (frame == 0)
    return vm_shmem_slot (s, file, page) != 0 ? 's' : '.';
  char mark = s->frames[frame].flags & VM_PAGE_DIRTY ? 'd' : 'c';
  return vm_frames_mapped (s, vm_frame_of (frame)) > 0 ? g_ascii_toupper (mark)
                                                       : mark;
}

/* A row of marks, 64 pages a line: . not cached, c cached, d dirty, upper case
 * where it is mapped, s in swap. */
static void
print_pages (const struct vm_state *s, guint32 file)
{
  guint64 pages = vm_files_pages (s, file);
  gboolean any = s->files[file].pages > 0 || s->files[file].swapped > 0;

  for (guint64 page = 0; page < pages && any; page++) {
    if (page % 64 == 0)
      printf ("%s  %6" G_GUINT64_FORMAT "  ", page == 0 ? "" : "\n", page);
    putchar (mark_of (s, file, page));
  }
  if (any)
    putchar ('\n');
}

static void
print_file (const struct vm_machine *machine, guint32 file)
{
  const struct vm_state *s = vm_machine_state (machine);
  const struct vm_file *f = &s->files[file];

  /* Translators: a file, "ext4" or "tmpfs", and four numbers. */
  printf (
      _ ("  %s  %s  %" PRIu64 " bytes, %u pages cached, %u dirty, %u blocks\n"),
      f->name == VM_NONE ? "/dev/zero" : vm_machine_name (machine, f->name),
      file_system (f), f->size, f->pages, f->dirty, f->blocks);
  print_pages (s, file);
}

void
cli_cache_show (CliJson *json, const struct vm_machine *machine)
{
  const struct vm_state *s = vm_machine_state (machine);

  if (json != NULL)
    cli_json_begin_array (json, "cache");
  for (guint32 file = 1; file < s->file_end; file++)
    if (s->files[file].kind == VM_FILE_FREE)
      continue;
    else if (json != NULL)
      write_file (json, machine, file);
    else
      print_file (machine, file);
  if (json != NULL)
    cli_json_end_array (json);
}
