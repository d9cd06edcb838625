/* Writes the lines of /proc/PID/maps. */
#include "maps.h"

#include <string.h>

#include "mm/files.h"
#include "mm/region.h"

/* Where the name begins. */
#define NAME_COLUMN 73

/* A line feed in a path would look like the next line. */
static char *
escape (const char *bytes, gsize size)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < size; i++)
    if (bytes[i] == '\n')
      g_string_append (text, "\\012");
    else
      g_string_append_c (text, bytes[i]);
  return g_string_free (text, FALSE);
}

static char *
path_of (const struct vm_machine *machine, const struct vm_file *file)
{
  guint64 size;
  const guint8 *bytes = vm_machine_content (machine, file->path, &size);

  return escape ((const char *) bytes, size);
}

static char *
file_name (const struct vm_machine *machine, const struct vm_file *file)
{
  if (file->kind == VM_FILE_KERNEL)
    return g_strdup (vm_files_kernel_name (file));
  if (file->path != 0)
    return path_of (machine, file);
  if (file->name == VM_NONE)
    return g_strdup ("/dev/zero (deleted)");
  const char *name = vm_machine_name (machine, file->name);
  switch ((enum vm_file_origin) file->origin) {
  case VM_FILE_POSIX:
    return g_strconcat ("/dev/shm/", name, file->unlinked ? " (deleted)" : "",
                        NULL);
  case VM_FILE_MEMFD:
    return g_strconcat ("/memfd:", name, " (deleted)", NULL);
  case VM_FILE_SYSV:
    return g_strdup_printf ("/SYSV%08x (deleted)",
                            (guint) g_ascii_strtoull (name, NULL, 0));
  case VM_FILE_MADE:
    break;
  }
  return g_strconcat (name, file->unlinked ? " (deleted)" : "", NULL);
}

char *
cli_maps_name (const struct vm_machine *machine, guint32 region)
{
  const struct vm_state *s = vm_machine_state (machine);
  const struct vm_region *r = &s->regions[region];
  const struct vm_mm *mm = &s->mms[r->mm];

  if (r->file != 0)
    return file_name (machine, &s->files[r->file]);
  if (r->start < mm->brk && r->end > mm->start_brk)
    return g_strdup ("[heap]");
  if (r->start <= mm->start_stack && r->end >= mm->start_stack)
    return g_strdup ("[stack]");
  return NULL;
}

static void
append_host (GString *line, const struct vm_state *s, guint32 file,
             const CliMapsHost *host)
{
  if (file == 0 || s->files[file].kind == VM_FILE_KERNEL)
    g_string_append (line, "00:00 0 ");
  else if (host != NULL)
    g_string_append_printf (line, "%02x:%02x %" G_GUINT64_FORMAT " ",
                            host->major, host->minor, host->inode);
  else
    g_string_append_printf (line, "00:01 %u ", file);
}

char *
cli_maps_line (const struct vm_machine *machine, guint32 region,
               const CliMapsHost *host)
{
  const struct vm_state *s = vm_machine_state (machine);
  const struct vm_region *r = &s->regions[region];
  g_autofree char *name = host != NULL
                              ? escape (host->path, strlen (host->path))
                              : cli_maps_name (machine, region);
  guint64 offset = r->file == 0 ? 0 : r->offset << VM_PAGE_SHIFT;
  GString *line = g_string_new (NULL);

  g_string_append_printf (line,
                          "%08" G_GINT64_MODIFIER "x-%08" G_GINT64_MODIFIER
                          "x %c%c%c%c %08" G_GINT64_MODIFIER "x ",
                          r->start, r->end,
                          r->flags & VM_REGION_READ ? 'r' : '-',
                          r->flags & VM_REGION_WRITE ? 'w' : '-',
                          r->flags & VM_REGION_EXEC ? 'x' : '-',
                          r->flags & VM_REGION_SHARED ? 's' : 'p', offset);
  append_host (line, s, r->file, host);
  while (name != NULL && line->len < NAME_COLUMN)
    g_string_append_c (line, ' ');
  if (name != NULL)
    g_string_append (line, name);
  return g_string_free (line, FALSE);
}
