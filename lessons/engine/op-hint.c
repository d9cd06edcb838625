/* Finds what an author may have meant by an operation. */
#include "op-hint.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "machine/ops.h"
#include "suggest.h"

/* The word of the line that an error is about, up to a blank or a "=". */
static char *
word_at (const char *line, guint column)
{
  gsize length = strlen (line);
  const char *word = line + MIN (column > 0 ? column - 1 : 0, length);

  return g_strndup (word, strcspn (word, " \t\n="));
}

static const struct vm_op_info *
op_of (const char *line)
{
  g_autofree char *name = word_at (line, 1);

  for (int kind = VM_OP_NONE + 1; kind < VM_OP_KINDS; kind++) {
    const struct vm_op_info *info = vm_op_info_of ((enum vm_op_kind) kind);
    if (strcmp (info->name, name) == 0)
      return info;
  }
  return NULL;
}

static char *
suggest_operation (const char *word)
{
  const char *names[VM_OP_KINDS] = {NULL};

  for (int kind = VM_OP_NONE + 1; kind < VM_OP_KINDS; kind++)
    names[kind - VM_OP_NONE - 1] = vm_op_info_of ((enum vm_op_kind) kind)->name;
  char *near = lesson_suggest_near (word, names);
  return near != NULL ? near
                      : g_strdup (_ (
                          "“pagewalk-cli run --help-ops” lists what there is"));
}

static char *
suggest_parameter (const struct vm_op_info *op, const char *word)
{
  const char *names[VM_OP_PARAMETERS + 1] = {NULL};

  for (guint i = 0; i < VM_OP_PARAMETERS && op->parameters[i].name != NULL; i++)
    names[i] = op->parameters[i].name;
  return lesson_suggest (word, names);
}

/* NULL if it is neither a choice among words nor the shape of a TLB. */
static char *
suggest_choice (const struct vm_op_info *op, const char *parameter,
                const char *value)
{
  for (guint i = 0; i < VM_OP_PARAMETERS && op->parameters[i].name != NULL;
       i++) {
    if (strcmp (op->parameters[i].name, parameter) != 0)
      continue;
    if (op->parameters[i].type == VM_PARAMETER_CHOICE)
      return lesson_suggest (value, op->parameters[i].choices);
    if (op->parameters[i].type == VM_PARAMETER_SHAPE)
      return g_strdup (_ ("sets and ways are written 16x4"));
  }
  return NULL;
}

static char *
hint_for (const char *line, const struct vm_error *error)
{
  const struct vm_op_info *op = op_of (line);
  g_autofree char *word = word_at (line, error->column);

  if (error->code == VM_ERROR_UNKNOWN_OPERATION)
    return suggest_operation (word);
  if (op != NULL && error->code == VM_ERROR_UNKNOWN_PARAMETER)
    return suggest_parameter (op, word);
  if (op != NULL && error->code == VM_ERROR_BAD_CHOICE)
    return suggest_choice (op, error->subject, word);
  return NULL;
}

char *
lesson_op_error_text (const char *line, const struct vm_error *error)
{
  g_autofree char *text = lesson_error_text (error);
  g_autofree char *hint = hint_for (line, error);

  if (hint == NULL)
    return g_steal_pointer (&text);
  /* Translators: what is wrong, what would be right. */
  return g_strdup_printf (_ ("%s; %s"), text, hint);
}
