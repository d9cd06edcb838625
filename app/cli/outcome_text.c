/* Prints what operations came to for people. */
#include "outcome.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "describe.h"
#include "mm/space.h"
#include "numbers.h"
#include "outcome_alloc.h"
#include "outcome_exec.h"
#include "outcome_memory.h"
#include "outcome_tlb.h"

#define BYTES_A_LINE 16

static void
print_line (const char *line)
{
  g_autofree char *text = g_strdup (line);

  printf ("%s\n", g_strstrip (text));
}

static void
print_steps (const struct vm_machine *machine, const struct vm_result *result)
{
  for (guint64 n = result->first_step; n < result->end_step; n++) {
    const struct vm_step *step = vm_machine_step (machine, n);
    g_autofree char *text = scene_describe (machine, step);
    printf ("%*s%s\n", 2 + 2 * step->depth, "", text);
  }
}

static char *
effort_text (const struct vm_machine *machine,
             const struct vm_translation *translation)
{
  if (vm_machine_state (machine)->config.way != VM_WAY_PAGING)
    return g_strdup (_ ("no TLB, no page table"));
  if (translation->tlb_hit)
    return g_strdup (_ ("TLB hit, no entry read"));
  return g_strdup_printf (ngettext ("TLB miss, %u entry read",
                                    "TLB miss, %u entries read",
                                    translation->reads),
                          translation->reads);
}

/* Faults as core/mmu/fault.c calls them.
 * Translators: why an access failed, as in "page fault (vector 14):
 * not-present, error code 0x4". */
static const char *const fault_names[]
    = {N_ ("not-present"), N_ ("protection"), N_ ("reserved")};

static const char *
fault_name (enum vm_fault_kind kind)
{
  const char *name = vm_fault_kind_name (kind);

  for (guint i = 0; i < G_N_ELEMENTS (fault_names); i++)
    if (strcmp (fault_names[i], name) == 0)
      return _ (name);
  return name;
}

static void
print_fault (const struct vm_fault *fault, const char *effort, gboolean paging)
{
  g_autofree char *error = g_strdup_printf ("0x%x", fault->error);

  if (fault->kind == VM_FAULT_NON_CANONICAL)
    printf (_ ("general-protection fault (vector %u): the address is not "
               "canonical"),
            fault->vector);
  else if (fault->kind == VM_FAULT_SEGMENT)
    printf (_ ("segment fault (vector %u), error code %s"), fault->vector,
            error);
  else if (!paging)
    /* Translators: of an exception; how an access failed. */
    printf (_ ("exception %u: %s  (%s)"), fault->vector,
            fault_name (fault->kind), effort);
  else
    printf (_ ("page fault (vector %u): %s, error code %s  (%s)"),
            fault->vector, fault_name (fault->kind), error, effort);
}

static void
print_access (const struct vm_machine *machine, const struct vm_op *op,
              const struct vm_translation *translation)
{
  g_autofree char *effort = effort_text (machine, translation);

  printf ("  0x%" G_GINT64_MODIFIER "x → ", op->values[VM_P_ACCESS_VA]);
  if (translation->ok)
    printf ("0x%" G_GINT64_MODIFIER "x  (%s)", translation->pa.v, effort);
  else
    print_fault (&translation->fault, effort,
                 vm_machine_state (machine)->config.way == VM_WAY_PAGING);
  printf ("\n");
}

static gboolean
is_zero (const guint8 *bytes)
{
  static const guint8 zeros[BYTES_A_LINE];

  return memcmp (bytes, zeros, BYTES_A_LINE) == 0;
}

/* Lines of zeros are left out: a table is mostly empty. */
static void
print_bytes (const struct vm_state *state, guint32 frame)
{
  guint shift = state->config.page_shift;
  guint64 start = vm_frame_start (vm_frame_of (frame), shift).v;

  for (guint offset = 0; offset < 1u << shift; offset += BYTES_A_LINE) {
    const guint8 *bytes = vm_memory_bytes (state, vm_paddr_of (start + offset));
    if (is_zero (bytes))
      continue;
    printf ("    %03x ", offset);
    for (guint i = 0; i < BYTES_A_LINE; i++)
      printf ("%s%02x", i % 4 == 0 ? " " : "", bytes[i]);
    printf ("\n");
  }
}

static void
print_tables (const struct vm_machine *machine, guint32 process)
{
  const struct vm_state *state = vm_machine_state (machine);
  const struct vm_geometry *geometry = vm_machine_geometry (machine);

  for (guint32 frame = vm_space_next_table (state, process, VM_NONE);
       frame != VM_NONE; frame = vm_space_next_table (state, process, frame)) {
    guint level = state->frames[frame].level;
    SceneNumber number = scene_number_frame (geometry, frame);
    printf ("  ");
    /* Translators: a frame, "page table". */
    printf (_ ("frame %s, %s (lines of zeros left out)"), number.s,
            scene_table_name (geometry, level));
    printf ("\n");
    print_bytes (state, frame);
  }
}

void
cli_outcome_print_text (const struct vm_machine *machine, const char *line)
{
  guint64 latest = vm_machine_op_count (machine) - 1;
  const struct vm_op *op = vm_machine_op (machine, latest);
  const struct vm_result *result = vm_machine_result (machine, latest);

  print_line (line);
  print_steps (machine, result);
  if (op->kind == VM_OP_ACCESS)
    print_access (machine, op, &result->translation);
  cli_memory_print_faults (result);
  if (cli_alloc_is_op (op->kind))
    cli_alloc_print (op, result);
  else
    cli_memory_print (op, result);
  if (op->kind == VM_OP_EXEC || op->kind == VM_OP_LINK)
    cli_exec_print (machine, result);
  if (op->kind == VM_OP_SHOW)
    cli_show_print (machine, op, result);
  if (op->kind == VM_OP_DUMP)
    print_tables (machine, result->process);
  if (op->kind == VM_OP_TLB)
    cli_tlb_print (machine, (guint) op->values[VM_P_TLB_CPU]);
}
