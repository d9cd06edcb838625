/* Prints what exec and link came to. */
#include "outcome_exec.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "process/exec.h"

/* What the process executes now; file 0: nothing. */
static const struct vm_exec *
exec_of (const struct vm_machine *machine, const struct vm_result *result)
{
  const struct vm_state *s = vm_machine_state (machine);

  return &s->execs[s->processes[result->process].mm];
}

static const char *
file_name (const struct vm_machine *machine, guint32 file)
{
  return vm_machine_name (machine,
                          vm_machine_state (machine)->files[file].name);
}

static void
write_image (CliJson *json, const struct vm_machine *machine,
             const struct vm_exec *e)
{
  const struct vm_state *s = vm_machine_state (machine);

  cli_json_string (json, "file", file_name (machine, e->file));
  cli_json_number (json, "bits", e->flags & VM_EXEC_32 ? 32 : 64);
  cli_json_hex (json, "bias", e->bias);
  cli_json_hex (json, "entry", e->entry);
  cli_json_string (json, "interpreter",
                   e->interpreter == 0 ? NULL
                                       : file_name (machine, e->interpreter));
  cli_json_hex (json, "base", e->linker);
  cli_json_hex (json, "start", e->start);
  cli_json_hex (json, "stack", s->mms[e - s->execs].start_stack);
  cli_json_number (json, "libraries", e->libraries);
}

void
cli_exec_write (CliJson *json, const struct vm_machine *machine,
                const struct vm_result *result)
{
  const struct vm_exec *e = exec_of (machine, result);
  gboolean ok = result->refused == VM_ERRNO_NONE
                && result->signal == VM_SIGNAL_NONE;

  cli_json_boolean (json, "ok", ok);
  if (ok)
    write_image (json, machine, e);
  if (result->refused != VM_ERRNO_NONE)
    cli_json_string (json, "errno",
                     vm_errno_name ((enum vm_errno) result->refused));
  if (result->signal != VM_SIGNAL_NONE)
    cli_json_string (json, "signal",
                     vm_signal_name ((enum vm_signal) result->signal));
}

void
cli_exec_print (const struct vm_machine *machine,
                const struct vm_result *result)
{
  const struct vm_exec *e = exec_of (machine, result);

  if (result->refused != VM_ERRNO_NONE)
    printf ("  %s\n", vm_errno_name ((enum vm_errno) result->refused));
  else if (result->signal != VM_SIGNAL_NONE)
    printf ("  %s\n", vm_signal_name ((enum vm_signal) result->signal));
  else
    printf ("  0x%" G_GINT64_MODIFIER "x\n", e->start);
}
