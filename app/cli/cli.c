/* Finds the command that is asked for and runs it. */
#include "cli.h"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "tree.h"

static const CliCommand commands[] = {
    {"elf", cli_elf, N_ ("Describe an ELF file and how it is mapped")},
    {"exercise", cli_exercise, N_ ("Print worksheets and their keys")},
    {"grade", cli_grade, N_ ("Mark the result files of a class again")},
    {"layout", cli_layout, N_ ("Print the layout of the kernel's half")},
    {"lesson", cli_lesson, N_ ("List, check, play and export lessons")},
    {"progress", cli_progress, N_ ("Show your progress, or hand it in")},
    {"pte", cli_pte, N_ ("Decode or encode a page-table entry")},
    {"replace", cli_replace, N_ ("Run references under replacement policies")},
    {"run", cli_run, N_ ("Run operations on a simulated machine")},
    {"split", cli_split, N_ ("Split virtual addresses into their fields")},
    {"trace", cli_trace, N_ ("Replay a recorded trace of memory accesses")},
    {NULL, NULL, NULL},
};

/* A file that we open must never become a standard stream that the caller
 * closed: each gets a stand-in that refuses what the stream is for. */
static void
occupy_standard_streams (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
    if (fcntl (fd, F_GETFD) != -1 || errno != EBADF)
      continue;
    if (open ("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) == -1)
      _exit (CLI_FAILED);
  }
}

static void
set_up_language (void)
{
  const char *folder = g_getenv ("PAGEWALK_LOCALE");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE,
                  folder != NULL ? folder : PAGEWALK_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/* Even a wrong use is told in English where JSON is asked for. */
static gboolean
wants_json (const CliArgs *args)
{
  for (int i = 0; i < args->count; i++)
    if (strcmp (args->words[i], "--json") == 0)
      return TRUE;
  return FALSE;
}

static void
print_group (const char *group, const CliCommand *table)
{
  printf ("%s\n  pagewalk-cli %s%sCOMMAND …\n", _ ("Usage:"),
          group != NULL ? group : "", group != NULL ? " " : "");
  if (group == NULL)
    printf ("  pagewalk-cli --version\n");
  printf ("\n%s\n", _ ("Commands:"));
  for (const CliCommand *c = table; c->name != NULL; c++)
    printf ("  %-8s %s\n", c->name, _ (c->help));
  printf ("\n%s\n",
          _ ("Each command says more with --help. Exit status: 0 done, 1 an "
             "error, 2 a wrong use."));
}

static gboolean
is_help (const char *word)
{
  return strcmp (word, "--help") == 0 || strcmp (word, "-h") == 0;
}

CliStatus
cli_dispatch (const char *group, const CliCommand *table, CliArgs *args)
{
  if (args->count == 0)
    return cli_misuse (group, _ ("No command is given"));

  const char *name = args->words[0];
  if (is_help (name)) {
    print_group (group, table);
    return CLI_DONE;
  }
  args->words++;
  args->count--;
  for (const CliCommand *c = table; c->name != NULL; c++)
    if (strcmp (c->name, name) == 0)
      return c->run (args);
  return cli_misuse (group, _ ("Unknown command “%s”"), name);
}

int
cli_main (int argc, char **argv)
{
  CliArgs args = {.words = argv + 1, .count = argc - 1};

  if (argc < 1)
    args = (CliArgs){.count = 0};
  occupy_standard_streams ();
  signal (SIGPIPE, SIG_IGN);
#ifdef PAGEWALK_BUILD_TREE
  lesson_tree_use (PAGEWALK_SOURCE_TREE, PAGEWALK_BUILD_TREE);
#endif
  set_up_language ();
  if (wants_json (&args))
    cli_speak_english ();

  if (args.count == 1 && strcmp (args.words[0], "--version") == 0) {
    printf ("pagewalk-cli %s\n", PAGEWALK_VERSION);
    return cli_end (CLI_DONE);
  }
  return cli_end (cli_dispatch (NULL, commands, &args));
}
