/* pagewalk-cli run: a script of operations on a simulated machine. */
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "content.h"
#include "op-hint.h"
#include "op_table.h"
#include "outcome.h"
#include "script.h"

static const CliUsage usage = {
    .name = "run",
    .synopsis = "SCRIPT|- [--json]\n--help-ops [--json]",
    .summary = N_ ("Runs the operations of a script, one a line, on a new "
                   "machine. “-” reads standard input."),
    .min_words = 0,
    .max_words = 1,
};

/* Runs the line that was just read. FALSE if it cannot be done. */
static gboolean
run_line (CliScript *script, const char *folder, struct vm_machine *machine,
          CliJson *json, char **why)
{
  const char *line = cli_script_text (script);
  struct vm_error error = {.code = VM_OK};
  struct vm_op op;

  if (!lesson_content_parse (machine, folder, line, &op, &error)
      || !vm_machine_do (machine, &op, &error)) {
    *why = lesson_op_error_text (line, &error);
    return FALSE;
  }
  if (op.kind == VM_OP_NONE)
    return TRUE;
  if (json != NULL)
    cli_outcome_print_json (json, machine);
  else
    cli_outcome_print_text (machine, line);
  return TRUE;
}

static CliStatus
run_script (const char *name, CliScript *script, struct vm_machine *machine,
            CliJson *json)
{
  g_autofree char *why = NULL;
  g_autofree char *folder = g_path_get_dirname (name);

  /* What is done is printed at once: whoever talks to us through pipes waits
   * for it, and a later error must not take it along. */
  while (cli_flush ()) {
    CliLine line = cli_script_next (script, &why);
    if (line == CLI_LINE_END)
      return CLI_DONE;
    if (line == CLI_LINE_BAD || !run_line (script, folder, machine, json, &why))
      return cli_fail_at (name, cli_script_line (script), why);
  }
  return CLI_FAILED;
}

static CliStatus
run_file (const char *name, gboolean as_json)
{
  g_autofree char *why = NULL;
  g_autoptr (CliScript) script = cli_script_open (name, &why);
  if (script == NULL)
    return cli_fail_at (name, 0, why);

  struct vm_machine *machine = vm_machine_new ();
  if (machine == NULL)
    return cli_fail (_ ("There is no memory for a machine"));

  g_autoptr (CliJson) json = as_json ? cli_json_new () : NULL;
  CliStatus status = run_script (name, script, machine, json);
  vm_machine_free (machine);
  return status;
}

CliStatus
cli_run (CliArgs *args)
{
  gboolean json = FALSE, help_ops = FALSE;
  const CliOption options[] = {
      {"json", NULL, &json, NULL, N_ ("Print a JSON object a line")},
      {"help-ops", NULL, &help_ops, NULL,
       N_ ("Show the operations and their parameters")},
      {NULL, NULL, NULL, NULL, NULL},
  };

  if (!cli_args_parse (args, &usage, options))
    return args->status;
  if (help_ops == (args->count == 1))
    return cli_misuse (usage.name, _ ("Give a script, or “-”"));
  if (!help_ops)
    return run_file (args->words[0], json);

  if (json)
    cli_op_table_print_json ();
  else
    cli_op_table_print_text ();
  return CLI_DONE;
}
