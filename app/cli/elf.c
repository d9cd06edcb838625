/* pagewalk-cli elf: what an ELF file says, and what the kernel makes of it. */
#include "elf.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"

static const CliUsage usage = {
    .name = "elf",
    .synopsis = "FILE [--symbols] [--json]",
    .summary = N_ ("Describes an ELF file: headers, segments, sections, and "
                   "how the kernel would map it."),
    .min_words = 1,
    .max_words = 1,
};

/* Reads a regular file into memory; it is copied, never mapped, since it may
 * shrink meanwhile. NULL, and the reason said. */
static guint8 *
read_file (const char *file, gsize *length)
{
  int fd = open (file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat info;

  if (fd == -1 || fstat (fd, &info) == -1) {
    cli_fail_at (file, 0, g_strerror (errno));
    if (fd != -1)
      close (fd);
    return NULL;
  }
  if (!S_ISREG (info.st_mode) || (guint64) info.st_size > VM_ELF_MOST_BYTES) {
    cli_fail_at (file, 0,
                 S_ISREG (info.st_mode) ? _ ("larger than 64 MiB")
                                        : _ ("not a regular file"));
    close (fd);
    return NULL;
  }
  guint8 *bytes = g_malloc ((gsize) info.st_size + 1);
  ssize_t got = 0;
  *length = 0;
  while (*length < (gsize) info.st_size
         && (got = read (fd, bytes + *length, (gsize) info.st_size - *length))
                > 0)
    *length += (gsize) got;
  close (fd);
  return bytes;
}

CliStatus
cli_elf (CliArgs *args)
{
  gboolean symbols = FALSE, json = FALSE;
  const CliOption options[] = {
      {"symbols", NULL, &symbols, NULL, N_ ("Print the symbols, too")},
      {"json", NULL, &json, NULL, N_ ("Print JSON, symbols included")},
      {NULL, NULL, NULL, NULL, NULL},
  };
  struct vm_elf_verdict broken;
  struct vm_elf_plan plan;
  gsize length;

  if (!cli_args_parse (args, &usage, options))
    return args->status;
  if (json)
    cli_speak_english ();
  const char *file = args->words[0];
  g_autofree guint8 *bytes = read_file (file, &length);
  if (bytes == NULL)
    return CLI_FAILED;
  struct vm_elf *elf = vm_elf_new (bytes, length, &broken);
  if (elf == NULL) {
    g_autofree char *reason = cli_elf_verdict (&broken);
    return cli_fail_at (file, 0, reason);
  }
  if (!vm_elf_plan_init (&plan, elf)) {
    vm_elf_free (elf);
    return cli_fail_at (file, 0, g_strerror (ENOMEM));
  }
  if (json)
    cli_elf_write (file, elf, &plan);
  else
    cli_elf_print (elf, &plan, symbols);
  vm_elf_plan_done (&plan);
  vm_elf_free (elf);
  return CLI_DONE;
}
