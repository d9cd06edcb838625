/* Executes an ELF file and prints its address space, or its stack. */
#include "elf_run.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "elf_stack.h"
#include "elf_where.h"
#include "json.h"
#include "load.h"
#include "maps.h"
#include "mm/region_tree.h"
#include "process/exec.h"

static gboolean
bad_value (const char *option, const char *right)
{
  g_autofree char *why = g_strdup_printf (_ ("%s needs %s"), option, right);

  cli_misuse ("elf", "%s", why);
  return FALSE;
}

/* "off", or "seed=N". */
static gboolean
read_aslr (const char *word, ProgramLoad *how)
{
  const char *number;

  if (word == NULL || strcmp (word, "off") == 0)
    return TRUE;
  how->random = TRUE;
  how->seed = 1;
  if (strcmp (word, "on") == 0)
    return TRUE;
  number = g_str_has_prefix (word, "seed=") ? word + strlen ("seed=") : "";
  return vm_number_parse (number, strlen (number), &how->seed)
         || bad_value ("--aslr", "off, on, seed=N");
}

/* "6.N" */
static gboolean
read_kernel (const char *word, ProgramLoad *how)
{
  guint64 minor = 0;

  if (word == NULL)
    return TRUE;
  if (!g_str_has_prefix (word, "6.")
      || !vm_number_parse (word + 2, strlen (word + 2), &minor) || minor < 1
      || minor > 99)
    return bad_value ("--kernel", "6.1 … 6.99");
  how->kernel = (guint) minor;
  return TRUE;
}

static gboolean
read_limit (const char *word, ProgramLoad *how)
{
  if (word == NULL)
    return TRUE;
  if (strcmp (word, "unlimited") == 0) {
    how->stack_limit = G_MAXUINT64;
    return TRUE;
  }
  return (vm_number_parse (word, strlen (word), &how->stack_limit)
          && how->stack_limit > 0)
         || bad_value ("--rlimit-stack", "8M, unlimited");
}

/* Words with blanks between them, quoted as in a shell. */
static gboolean
read_words (const char *option, const char *text, gchar ***words)
{
  *words = NULL;
  if (text == NULL)
    return TRUE;
  if (text[strspn (text, " \t\n")] == '\0') {
    *words = g_new0 (gchar *, 1);
    return TRUE;
  }
  return g_shell_parse_argv (text, NULL, words, NULL)
         || bad_value (option, "\"one two 'three four'\"");
}

static gboolean
read_how (const CliElfRun *ask, ProgramLoad *how)
{
  how->execfn = ask->execfn;
  how->root = ask->root;
  how->libraries = ask->libs;
  return read_aslr (ask->aslr, how) && read_kernel (ask->kernel, how)
         && read_limit (ask->stack_limit, how)
         && read_words ("--argv", ask->argv, &how->argv)
         && read_words ("--env", ask->env, &how->env);
}

/* Where a region's file is on the host; NULL: it has none there. */
static gboolean
host_of (const ProgramRun *run, guint32 region, CliMapsHost *host)
{
  guint32 file = vm_machine_state (run->machine)->regions[region].file;
  const ProgramFile *from = file < run->files->len ? run->files->pdata[file]
                                                   : NULL;

  if (from == NULL)
    return FALSE;
  *host = (CliMapsHost){from->real, from->major, from->minor, from->inode};
  return TRUE;
}

static void
write_map (CliJson *json, const ProgramRun *run, guint32 region)
{
  const struct vm_region *r = &vm_machine_state (run->machine)->regions[region];
  CliMapsHost host;
  g_autofree char *name = host_of (run, region, &host)
                              ? g_strdup (host.path)
                              : cli_maps_name (run->machine, region);
  char perms[] = {r->flags & VM_REGION_READ ? 'r' : '-',
                  r->flags & VM_REGION_WRITE ? 'w' : '-',
                  r->flags & VM_REGION_EXEC ? 'x' : '-', 'p', '\0'};

  cli_json_begin_object (json, NULL);
  cli_json_hex (json, "start", r->start);
  cli_json_hex (json, "end", r->end);
  cli_json_string (json, "perms", perms);
  cli_json_hex (json, "offset", r->file == 0 ? 0 : r->offset << VM_PAGE_SHIFT);
  cli_json_string (json, "path", name);
  cli_json_end_object (json);
}

/* The page that old programs call for the time; it belongs to the kernel, and
 * is in no address space. */
static const char *
vsyscall_line (const struct vm_exec *exec)
{
  return exec->flags & VM_EXEC_32
             ? NULL
             : "ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0"
               "                  [vsyscall]";
}

static void
put_maps (const ProgramRun *run, CliJson *json)
{
  const struct vm_state *s = vm_machine_state (run->machine);
  guint32 mm = s->processes[run->process].mm;

  if (json != NULL)
    cli_json_begin_array (json, "maps");
  for (guint32 n = vm_tree_first (s, mm); n != 0; n = vm_tree_next (s, n)) {
    CliMapsHost host;
    gboolean known = host_of (run, n, &host);
    g_autofree char *line
        = cli_maps_line (run->machine, n, known ? &host : NULL);
    if (json != NULL)
      write_map (json, run, n);
    else
      printf ("%s\n", line);
  }
  if (json != NULL)
    cli_json_end_array (json);
  else if (vsyscall_line (&s->execs[mm]) != NULL)
    printf ("%s\n", vsyscall_line (&s->execs[mm]));
}

static void
write_names (CliJson *json, const char *name, const GPtrArray *names)
{
  cli_json_begin_array (json, name);
  for (guint i = 0; i < names->len; i++)
    cli_json_string (json, NULL, names->pdata[i]);
  cli_json_end_array (json);
}

/* What the maps at main do not show. */
static void
print_constructors (const ProgramRun *run)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < run->constructors->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            (const char *) run->constructors->pdata[i]);
  if (names->len > 0)
    /* Translators: names of files, with commas between them. */
    g_printerr (_ ("constructors of %s run before main; what memory they take "
                   "is not known, and not shown\n"),
                names->str);
}

static void
write_run (const char *file, const ProgramRun *run, const CliElfRun *ask)
{
  g_autoptr (CliJson) json = cli_json_new ();
  const struct vm_state *s = vm_machine_state (run->machine);
  const struct vm_exec *exec = &s->execs[s->processes[run->process].mm];

  cli_json_begin_object (json, NULL);
  cli_json_string (json, "file", file);
  cli_json_hex (json, "bias", exec->bias);
  cli_json_hex (json, "entry", exec->entry);
  cli_json_hex (json, "base", exec->linker);
  cli_json_hex (json, "start", exec->start);
  if (ask->maps || ask->libs)
    put_maps (run, json);
  if (ask->stack)
    cli_elf_write_stack (json, run);
  write_names (json, "missing", run->missing);
  write_names (json, "constructors", run->constructors);
  cli_json_end_object (json);
  cli_json_write_line (json, stdout);
}

static void
print_run (const ProgramRun *run, const CliElfRun *ask)
{
  if (ask->maps || ask->libs)
    put_maps (run, NULL);
  if (ask->stack)
    cli_elf_print_stack (run);
  for (guint i = 0; i < run->missing->len; i++)
    /* Translators: the path of an interpreter or the name of a library. */
    g_printerr (_ ("%s is not here and was skipped\n"),
                (const char *) run->missing->pdata[i]);
  print_constructors (run);
}

/* The kernel would not have executed it. */
static CliStatus
report_refusal (const char *file, const struct vm_result *result)
{
  g_autofree char *why = g_strdup_printf (
      /* Translators: "ENOEXEC", or "SIGSEGV". */
      _ ("the kernel does not execute it: %s"),
      result->refused != VM_ERRNO_NONE
          ? vm_errno_name ((enum vm_errno) result->refused)
          : vm_signal_name ((enum vm_signal) result->signal));

  return cli_fail_at (file, 0, why);
}

/* One address alone. */
static CliStatus
tell_address (const char *file, const ProgramRun *run, guint64 address,
              gboolean json)
{
  const struct vm_state *s = vm_machine_state (run->machine);
  CliMapsHost host;

  guint32 region = vm_tree_holder (s, s->processes[run->process].mm, address);
  gboolean known = region != 0 && host_of (run, region, &host);
  g_autofree char *line = region == 0 ? NULL
                                      : cli_maps_line (run->machine, region,
                                                       known ? &host : NULL);
  return cli_elf_where (file, run, address, line, json);
}

/* Each address where something lies. */
static CliStatus
tell_places (const char *file, const ProgramRun *run, const CliElfBack *back,
             gboolean json)
{
  g_autoptr (GArray) addresses = g_array_new (FALSE, FALSE, sizeof (guint64));
  CliElfEntry entry;

  if (cli_elf_back_table (run, back, &entry)) {
    cli_elf_entry_tell (run, &entry, json);
    return CLI_DONE;
  }
  CliStatus status = cli_elf_back (file, run, back, addresses);

  for (guint i = 0; i < addresses->len && status == CLI_DONE; i++) {
    if (i > 0 && !json)
      printf ("\n");
    status
        = tell_address (file, run, g_array_index (addresses, guint64, i), json);
  }
  return status;
}

CliStatus
cli_elf_run (const char *file, const CliElfRun *ask, gboolean json)
{
  ProgramLoad how = {.root = NULL};
  g_autoptr (GError) error = NULL;
  gboolean read = read_how (ask, &how);
  g_auto (GStrv) argv = how.argv;
  g_auto (GStrv) env = how.env;

  if (!read)
    return CLI_MISUSED;
  g_autoptr (ProgramRun) run = program_run (file, &how, &error);
  if (run == NULL)
    return cli_fail_at (file, 0, error->message);
  if (run->result.refused != VM_ERRNO_NONE
      || run->result.signal != VM_SIGNAL_NONE)
    return report_refusal (file, &run->result);
  if (cli_elf_back_asks (&ask->back))
    return tell_places (file, run, &ask->back, json);
  if (json)
    write_run (file, run, ask);
  else
    print_run (run, ask);
  return CLI_DONE;
}
