/* pagewalk-cli elf: what an ELF file says, and what the kernel makes of it. */
#include "elf.h"

#include <glib/gi18n-lib.h>

#include "command.h"
#include "elf_place.h"
#include "elf_run.h"

static const CliUsage usage = {
    .name = "elf",
    .synopsis = "FILE [--symbols] [--json]\n"
                "FILE --address A|--offset O|--symbol NAME|--section NAME|"
                "--page A [--json]\n"
                "FILE --maps|--libs|--stack [--address A|--offset O|"
                "--symbol NAME|--section NAME|--frame F|--entry A] [--aslr "
                "off|on|seed=N] [--argv WORDS] "
                "[--env WORDS] [--execfn PATH] [--rlimit-stack BYTES] "
                "[--kernel 6.N] [--root FOLDER] [--json]",
    .summary = N_ ("Describes an ELF file: headers, segments, sections, and "
                   "how the kernel would map it; or what lies at one "
                   "address; or executes it: its address space and its stack."),
    .min_words = 1,
    .max_words = 1,
};

CliStatus
cli_elf (CliArgs *args)
{
  gboolean symbols = FALSE, json = FALSE;
  CliElfQuestion ask = {NULL};
  CliElfRun run = {FALSE};
  const CliOption options[] = {
      {"symbols", NULL, &symbols, NULL, N_ ("Print the symbols, too")},
      {"json", NULL, &json, NULL, N_ ("Print JSON, symbols included")},
      {"address", "A", NULL, &ask.address,
       N_ ("Explain an address: segment, section, symbol, byte of the file; "
           "with --maps or --libs also region, entry and frame")},
      {"offset", "O", NULL, &ask.offset,
       N_ ("The same of the byte at this offset in the file")},
      {"symbol", "NAME", NULL, &ask.symbol, N_ ("The same of a symbol")},
      {"section", "NAME", NULL, &ask.section,
       N_ ("The same of where a section begins")},
      {"frame", "F", NULL, &run.back.frame,
       N_ ("The same of each page of the process that is in this frame")},
      {"entry", "A", NULL, &run.back.entry,
       N_ ("The same of the page whose page-table entry lies at this physical "
           "address; of an entry that names a table, what it decides about")},
      {"page", "A", NULL, &ask.page,
       N_ ("Print the bytes of the page at an address, and where each comes "
           "from")},
      {"maps", NULL, &run.maps, NULL,
       N_ ("Print the address space after execve, as /proc/PID/maps does")},
      {"libs", NULL, &run.libs, NULL,
       N_ ("The same at main: once libraries are mapped and start-up code has "
           "run")},
      {"stack", NULL, &run.stack, NULL,
       N_ ("Print the first stack: arguments, environment, auxiliary vector")},
      {"aslr", "off|on|seed=N", NULL, &run.aslr,
       N_ ("Random addresses, and which; off is usual")},
      {"argv", "WORDS", NULL, &run.argv,
       N_ ("Arguments, the program's name first")},
      {"env", "WORDS", NULL, &run.env, N_ ("The environment; usually empty")},
      {"execfn", "PATH", NULL, &run.execfn,
       N_ ("The path that execve is given; usually FILE")},
      {"rlimit-stack", "BYTES", NULL, &run.stack_limit,
       N_ ("The limit of the stack, or “unlimited”; 8M is usual")},
      {"kernel", "6.N", NULL, &run.kernel,
       N_ ("Whose rules and vdso; usually the running one's")},
      {"root", "FOLDER", NULL, &run.root,
       N_ ("Where interpreter and libraries are looked for")},
      {NULL, NULL, NULL, NULL, NULL},
  };
  g_autoptr (GError) error = NULL;

  if (!cli_args_parse (args, &usage, options))
    return args->status;
  if (json)
    cli_speak_english ();
  run.back.address = ask.address;
  run.back.offset = ask.offset;
  run.back.symbol = ask.symbol;
  run.back.section = ask.section;
  if (run.maps || run.libs || run.stack || run.back.frame != NULL
      || run.back.entry != NULL)
    return cli_elf_run (args->words[0], &run, json);
  g_autoptr (ProgramImage) image = program_image_open (args->words[0], &error);
  if (image == NULL)
    return cli_fail_at (args->words[0], 0, error->message);
  if (ask.address != NULL || ask.offset != NULL || ask.symbol != NULL
      || ask.section != NULL || ask.page != NULL)
    return cli_elf_answer (image, &ask, json);
  if (json)
    cli_elf_write (image);
  else
    cli_elf_print (image, symbols);
  return CLI_DONE;
}
