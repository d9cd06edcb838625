/* Prints what calls and page faults came to. */
#include "outcome_memory.h"

#include <glib/gi18n-lib.h>

#include "subject.h"

/* A fault's kind, as the command line's contract has it. */
static const char *
kind_of (guint8 action, guint8 major)
{
  switch ((enum vm_action) action) {
  case VM_DID_COPY:
  case VM_DID_REUSE:
    return "cow";
  case VM_DID_NOTHING:
  case VM_DID_ZERO:
  case VM_DID_ANONYMOUS:
  case VM_DID_REPLACE_ZERO:
  case VM_DID_HUGE:
  case VM_DID_FILE:
  case VM_DID_FILE_COPY:
  case VM_DID_NOTIFY:
  case VM_DID_SWAP_IN:
  case VM_ACTIONS:
    break;
  }
  return major ? "major" : "minor";
}

static void
write_name (CliJson *json, const char *key, const struct vm_machine *machine,
            guint32 process)
{
  const struct vm_process *p = &vm_machine_state (machine)->processes[process];

  cli_json_string (json, key,
                   p->state == 0 ? scene_subject_process (
                       &(SceneSubject){.machine = machine}, process)
                                 : vm_machine_name (machine, p->name));
}

/* Calls return an address, a pid, or nothing. */
static void
write_value (CliJson *json, const struct vm_op *op,
             const struct vm_result *result)
{
  if (op->kind == VM_OP_MMAP || op->kind == VM_OP_MREMAP
      || op->kind == VM_OP_BRK)
    cli_json_hex (json, "address", result->value);
  if (op->kind == VM_OP_FORK || op->kind == VM_OP_VFORK
      || op->kind == VM_OP_CLONE || op->kind == VM_OP_KTHREAD)
    cli_json_number (json, "pid", result->value);
  if (op->kind == VM_OP_MALLOC)
    cli_json_hex (json, "address", result->value);
  if (op->kind == VM_OP_READ || op->kind == VM_OP_WRITE)
    cli_json_number (json, "bytes", result->value);
  if (op->kind == VM_OP_OPEN)
    cli_json_number (json, "fd", result->value);
}

static void
write_signal (CliJson *json, const struct vm_result *result)
{
  cli_json_begin_object (json, "signal");
  cli_json_string (json, "name",
                   vm_signal_name ((enum vm_signal) result->signal));
  cli_json_string (
      json, "code",
      vm_signal_code_name ((enum vm_signal_code) result->signal_code));
  cli_json_end_object (json);
}

/* What nobody in particular does. */
static gboolean
is_of_no_process (enum vm_op_kind kind)
{
  return kind == VM_OP_FILE || kind == VM_OP_OVERCOMMIT || kind == VM_OP_RMAP
         || kind == VM_OP_SYNC || kind == VM_OP_DROP_CACHES
         || kind == VM_OP_TICK || kind == VM_OP_SHM || kind == VM_OP_UNLINK;
}

void
cli_memory_write (CliJson *json, const struct vm_machine *machine,
                  const struct vm_op *op, const struct vm_result *result)
{
  gboolean ok = result->refused == VM_ERRNO_NONE
                && result->signal == VM_SIGNAL_NONE;

  if (is_of_no_process (op->kind)) {
    cli_json_boolean (json, "ok", TRUE);
    if (op->kind == VM_OP_RMAP)
      cli_json_number (json, "mapped", result->value);
    if (op->kind == VM_OP_DROP_CACHES)
      cli_json_number (json, "dropped", result->value);
    return;
  }
  if (op->kind == VM_OP_SWAPON || op->kind == VM_OP_SWAPOFF) {
    cli_json_boolean (json, "ok", ok);
    if (!ok)
      cli_json_string (json, "errno",
                       vm_errno_name ((enum vm_errno) result->refused));
    return;
  }
  if (op->kind == VM_OP_EXIT || op->kind == VM_OP_WAIT)
    cli_json_string (json, "process",
                     vm_machine_name (machine, (guint32) op->values[0]));
  else
    write_name (json, "process", machine, result->process);
  cli_json_boolean (json, "ok", ok);
  if (ok || op->kind == VM_OP_BRK)
    write_value (json, op, result);
  if (result->refused != VM_ERRNO_NONE)
    cli_json_string (json, "errno",
                     vm_errno_name ((enum vm_errno) result->refused));
  if (result->signal != VM_SIGNAL_NONE)
    write_signal (json, result);
}

void
cli_memory_print (const struct vm_op *op, const struct vm_result *result)
{
  if (op->kind == VM_OP_EXEC || op->kind == VM_OP_LINK)
    return;
  if (result->refused != VM_ERRNO_NONE)
    printf ("  %s\n", vm_errno_name ((enum vm_errno) result->refused));
  else if (op->kind == VM_OP_MMAP || op->kind == VM_OP_MREMAP
           || op->kind == VM_OP_BRK || op->kind == VM_OP_MALLOC
           || op->kind == VM_OP_VMALLOC || op->kind == VM_OP_KMAP)
    printf ("  0x%" G_GINT64_MODIFIER "x\n", result->value);
}

void
cli_memory_write_faults (CliJson *json, const struct vm_machine *machine,
                         const struct vm_result *result)
{
  if (!vm_mm_of (vm_machine_state (machine), result->process)->managed
      && result->signal == VM_SIGNAL_NONE)
    return;
  cli_json_begin_array (json, "faults");
  for (guint i = 0; i < result->handled; i++) {
    cli_json_begin_object (json, NULL);
    cli_json_string (
        json, "kind",
        kind_of (result->faults[i].action, result->faults[i].major));
    cli_json_string (
        json, "action",
        vm_action_name ((enum vm_action) result->faults[i].action));
    cli_json_end_object (json);
  }
  cli_json_end_array (json);
  if (result->signal != VM_SIGNAL_NONE)
    write_signal (json, result);
}

void
cli_memory_print_faults (const struct vm_result *result)
{
  for (guint i = 0; i < result->handled; i++)
    /* Translators: "minor", "major" or "cow"; and what the kernel did, as
     * "zero-page". */
    printf (_ ("  %s fault answered: %s\n"),
            kind_of (result->faults[i].action, result->faults[i].major),
            vm_action_name ((enum vm_action) result->faults[i].action));
  if (result->signal != VM_SIGNAL_NONE)
    printf ("  %s, %s\n", vm_signal_name ((enum vm_signal) result->signal),
            vm_signal_code_name ((enum vm_signal_code) result->signal_code));
}
