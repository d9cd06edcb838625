/* Finds steps by kind and values. */
#include "steps.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "machine/ops.h"
#include "suggest.h"

static gboolean G_GNUC_PRINTF (3, 4)
    fail (LessonQueryFault *fault, gsize offset, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  fault->why = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  fault->offset = offset;
  return FALSE;
}

/* Reads one "name=value" of `length` bytes at where + offset. */
static gboolean
read_pair (LessonStepFilter *filter, const char *where, gsize offset,
           gsize length, LessonQueryFault *fault)
{
  const struct vm_step_info *info = vm_step_info_of (filter->kind);
  const char *pair = where + offset;
  const char *equals = memchr (pair, '=', length);
  const char *names[VM_STEP_VALUES + 1] = {NULL};
  LessonStyle style;

  if (equals == NULL)
    return fail (fault, offset, _ ("write name=value, such as level=2"));
  gsize name_length = (gsize) (equals - pair);
  int value = lesson_step_value (filter->kind, pair, name_length, &style);
  if (value < 0) {
    for (guint i = 0; i < VM_STEP_VALUES; i++)
      names[i] = info->values[i].name;
    g_autofree char *name = g_strndup (pair, MIN (name_length, 40));
    g_autofree char *hint = lesson_suggest (name, names);
    return fail (fault, offset, _ ("a step “%s” has no value “%s”; %s"),
                 info->name, name, hint);
  }
  if (filter->count == VM_STEP_VALUES)
    return fail (fault, offset, _ ("too many values; a step has at most %d"),
                 VM_STEP_VALUES);

  gsize rest = length - name_length - 1;
  guint64 *wanted = &filter->equals[filter->count];
  if (!vm_number_parse (equals + 1, rest, wanted)
      && !lesson_value_of_word (style, equals + 1, rest, wanted))
    return fail (fault, offset + name_length + 1,
                 _ ("“%.*s” is not a value of “%s”"), (int) MIN (rest, 40),
                 equals + 1, info->values[value].name);
  filter->value[filter->count++] = (guint) value;
  return TRUE;
}

gboolean
lesson_step_filter_read (LessonStepFilter *filter, const char *where,
                         LessonQueryFault *fault)
{
  const char *blanks = " \t\n\r";
  gsize at = 0;

  if (where == NULL)
    return TRUE;
  for (at += strspn (where, blanks); where[at] != '\0';
       at += strspn (where + at, blanks)) {
    gsize length = strcspn (where + at, blanks);
    if (!read_pair (filter, where, at, length, fault))
      return FALSE;
    at += length;
  }
  return TRUE;
}

static gboolean
fits (const struct vm_step *step, const LessonStepFilter *filter)
{
  if (step == NULL || step->kind != filter->kind)
    return FALSE;
  for (guint i = 0; i < filter->count; i++)
    if (step->values[filter->value[i]] != filter->equals[i])
      return FALSE;
  return TRUE;
}

gboolean
lesson_find_step (struct vm_machine *machine, guint64 first, guint64 end,
                  const LessonStepFilter *filter, guint64 *found)
{
  guint64 left = filter->nth;

  if (left == 0)
    return FALSE;
  for (guint64 n = first; n < end; n++) {
    if (!fits (lesson_step_at (machine, n), filter) || --left > 0)
      continue;
    *found = n;
    return TRUE;
  }
  return FALSE;
}

const struct vm_step *
lesson_step_at (struct vm_machine *machine, guint64 n)
{
  const struct vm_step *step = vm_machine_step (machine, n);

  if (step == NULL && vm_machine_seek (machine, n + 1))
    step = vm_machine_step (machine, n);
  return step;
}
