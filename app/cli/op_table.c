/* Prints the table of operations. */
#include "op_table.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "json.h"
#include "machine/ops.h"

static const char *
type_name (enum vm_parameter_type type)
{
  switch (type) {
  case VM_PARAMETER_NUMBER:
    return "number";
  case VM_PARAMETER_CHOICE:
    return "choice";
  case VM_PARAMETER_SHAPE:
    return "shape";
  case VM_PARAMETER_SPLIT:
    return "split";
  case VM_PARAMETER_FLAGS:
    return "flags";
  case VM_PARAMETER_WORDS:
    return "words";
  case VM_PARAMETER_NAME:
    return "name";
  case VM_PARAMETER_REFERENCES:
    return "references";
  case VM_PARAMETER_CONTENT:
    return "content";
  case VM_PARAMETER_TEXT:
    return "text";
  case VM_PARAMETER_STRINGS:
    return "strings";
  case VM_PARAMETER_END:
    break;
  }
  return "";
}

static void
write_choices (CliJson *json, const struct vm_parameter_info *p)
{
  cli_json_begin_array (json, "choices");
  for (guint64 i = p->low; i <= p->high; i++)
    cli_json_string (json, NULL, p->choices[i]);
  cli_json_end_array (json);
}

/* Only an optional number or choice has a default: a name that is left out
 * means what the help line says. */
static void
write_parameter (CliJson *json, const struct vm_parameter_info *p)
{
  cli_json_begin_object (json, NULL);
  cli_json_string (json, "name", p->name);
  cli_json_string (json, "type", type_name (p->type));
  cli_json_boolean (json, "required", p->required);
  if (p->type == VM_PARAMETER_NUMBER) {
    cli_json_number (json, "low", p->low);
    cli_json_number (json, "high", p->high);
    if (!p->required)
      cli_json_number (json, "default", p->fallback);
  }
  if (p->type == VM_PARAMETER_CHOICE) {
    write_choices (json, p);
    if (!p->required)
      cli_json_string (json, "default", p->choices[p->fallback]);
  }
  if (p->type == VM_PARAMETER_WORDS)
    write_choices (json, p);
  if (p->type == VM_PARAMETER_FLAGS)
    cli_json_string (json, "letters", p->choices[0]);
  cli_json_string (json, "help", p->help);
  cli_json_end_object (json);
}

/* A number as one would write it in a script: 64K, 0x1fff, 12. */
static char *
number_text (guint64 value)
{
  static const char suffixes[] = "KMGT";

  for (int i = 4; i > 0; i--) {
    guint64 unit = G_GUINT64_CONSTANT (1) << (10 * i);
    if (value >= unit && value % unit == 0)
      return g_strdup_printf ("%" G_GUINT64_FORMAT "%c", value / unit,
                              suffixes[i - 1]);
  }
  return g_strdup_printf (
      value > 9999 ? "0x%" G_GINT64_MODIFIER "x" : "%" G_GUINT64_FORMAT, value);
}

static char *
bounds_text (const struct vm_parameter_info *p)
{
  if (p->type == VM_PARAMETER_FLAGS)
    return g_strdup_printf (_ ("letters out of %s"), p->choices[0]);
  if (p->type == VM_PARAMETER_SHAPE)
    return g_strdup ("SETSxWAYS");
  if (p->type == VM_PARAMETER_SPLIT)
    return g_strdup ("BITS/BITS…");
  if (p->type == VM_PARAMETER_NAME)
    return g_strdup (_ ("a name"));
  if (p->type == VM_PARAMETER_CHOICE || p->type == VM_PARAMETER_WORDS) {
    g_autoptr (GString) names = g_string_new (p->choices[p->low]);
    for (guint64 i = p->low + 1; i <= p->high; i++)
      g_string_append_printf (
          names, p->type == VM_PARAMETER_WORDS ? ",%s" : "|%s", p->choices[i]);
    return g_string_free (g_steal_pointer (&names), FALSE);
  }
  g_autofree char *low = number_text (p->low);
  g_autofree char *high = number_text (p->high);
  return g_strdup_printf ("%s…%s", low, high);
}

static char *
default_text (const struct vm_parameter_info *p)
{
  if (p->required)
    return g_strdup (_ ("required"));
  if (p->type == VM_PARAMETER_CHOICE)
    return g_strdup_printf (_ ("default %s"), p->choices[p->fallback]);
  if (p->type != VM_PARAMETER_NUMBER)
    return g_strdup (_ ("optional"));
  g_autofree char *number = number_text (p->fallback);
  return g_strdup_printf (_ ("default %s"), number);
}

static void
print_parameter (const struct vm_parameter_info *p)
{
  g_autofree char *bounds = bounds_text (p);
  g_autofree char *fallback = default_text (p);

  printf ("  %s=  %s; %s\n      %s\n", p->name, bounds, fallback, _ (p->help));
}

void
cli_op_table_print_json (void)
{
  g_autoptr (CliJson) json = cli_json_new ();

  for (int kind = VM_OP_NONE + 1; kind < VM_OP_KINDS; kind++) {
    const struct vm_op_info *info = vm_op_info_of ((enum vm_op_kind) kind);
    cli_json_begin_object (json, NULL);
    cli_json_string (json, "op", info->name);
    cli_json_string (json, "help", info->help);
    cli_json_begin_array (json, "parameters");
    for (int i = 0; i < VM_OP_PARAMETERS; i++)
      if (info->parameters[i].type != VM_PARAMETER_END)
        write_parameter (json, &info->parameters[i]);
    cli_json_end_array (json);
    cli_json_end_object (json);
    cli_json_write_line (json, stdout);
  }
}

void
cli_op_table_print_text (void)
{
  for (int kind = VM_OP_NONE + 1; kind < VM_OP_KINDS; kind++) {
    const struct vm_op_info *info = vm_op_info_of ((enum vm_op_kind) kind);
    printf ("%s%s: %s\n", kind > VM_OP_NONE + 1 ? "\n" : "", info->name,
            _ (info->help));
    for (int i = 0; i < VM_OP_PARAMETERS; i++)
      if (info->parameters[i].type != VM_PARAMETER_END)
        print_parameter (&info->parameters[i]);
  }
}
