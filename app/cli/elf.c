/* pagewalk-cli elf: what an ELF file says, and what the kernel makes of it. */
#include "elf.h"

#include <glib/gi18n-lib.h>

#include "command.h"

static const CliUsage usage = {
    .name = "elf",
    .synopsis = "FILE [--symbols] [--json]",
    .summary = N_ ("Describes an ELF file: headers, segments, sections, and "
                   "how the kernel would map it."),
    .min_words = 1,
    .max_words = 1,
};

CliStatus
cli_elf (CliArgs *args)
{
  gboolean symbols = FALSE, json = FALSE;
  const CliOption options[] = {
      {"symbols", NULL, &symbols, NULL, N_ ("Print the symbols, too")},
      {"json", NULL, &json, NULL, N_ ("Print JSON, symbols included")},
      {NULL, NULL, NULL, NULL, NULL},
  };
  g_autoptr (GError) error = NULL;

  if (!cli_args_parse (args, &usage, options))
    return args->status;
  if (json)
    cli_speak_english ();
  g_autoptr (ProgramImage) image = program_image_open (args->words[0], &error);
  if (image == NULL)
    return cli_fail_at (args->words[0], 0, error->message);
  if (json)
    cli_elf_write (image);
  else
    cli_elf_print (image, symbols);
  return CLI_DONE;
}
