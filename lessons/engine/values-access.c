/* Answers queries about an access as a whole. */
#include <glib/gi18n-lib.h>

#include "values.h"

static gboolean
is_access (const LessonQueryContext *c, guint64 op)
{
  return vm_machine_result (c->machine, op)->kind == VM_OP_ACCESS;
}

/* The latest access in [first, end) that has begun at the cursor. */
static gboolean
latest_begun (const LessonQueryContext *c, guint64 first, guint64 end,
              guint64 *op)
{
  for (guint64 i = end; i-- > first;) {
    if (!is_access (c, i)
        || vm_machine_result (c->machine, i)->first_step >= c->at)
      continue;
    *op = i;
    return TRUE;
  }
  return FALSE;
}

gboolean
lesson_find_access (const LessonQueryContext *c, guint64 *op, char **why)
{
  guint64 first = c->beat == NULL ? 0 : c->beat->first_op;
  guint64 end = c->beat == NULL ? 0 : c->beat->end_op;

  if (latest_begun (c, first, end, op))
    return TRUE;
  for (guint64 i = first; i < end; i++)
    if (is_access (c, i)) {
      *op = i;
      return TRUE;
    }
  if (latest_begun (c, 0, vm_machine_op_count (c->machine), op))
    return TRUE;
  return lesson_no_answer (why, _ ("no access has been made yet"));
}

/* The low bits of the address, as many as the page has; where there is no
 * page, as many as the smallest has. */
static guint64
offset_of (const struct vm_machine *machine, guint64 va,
           const struct vm_translation *t)
{
  guint shift = t->ok ? t->page_shift
                      : vm_machine_geometry (machine)->level[1].low;

  return va & ((G_GUINT64_CONSTANT (1) << shift) - 1);
}

/* What only an access has that succeeds, or only one that faults. */
static gboolean
check_outcome (int subject, const struct vm_translation *t, char **why)
{
  if (!t->ok && (subject == LESSON_ACCESS_PA || subject == LESSON_ACCESS_VALUE))
    return lesson_no_answer (why,
                             _ ("the access has none: it ends in a fault, %s"),
                             vm_fault_kind_name (t->fault.kind));
  if (t->ok
      && (subject == LESSON_ACCESS_VECTOR || subject == LESSON_ACCESS_ERROR))
    return lesson_no_answer (
        why, _ ("the access has none: it succeeds, without an exception"));
  return TRUE;
}

gboolean
lesson_answer_access (const LessonQueryContext *c, int subject,
                      const guint64 *arguments G_GNUC_UNUSED, guint64 *value,
                      char **why)
{
  guint64 op;

  if (!lesson_find_access (c, &op, why))
    return FALSE;

  const guint64 *asked = vm_machine_op (c->machine, op)->values;
  const struct vm_result *result = vm_machine_result (c->machine, op);
  const struct vm_translation *t = &result->translation;
  if (!check_outcome (subject, t, why))
    return FALSE;

  const guint64 answers[] = {
      [LESSON_ACCESS_VA] = result->va.v,
      [LESSON_ACCESS_KIND] = asked[VM_P_ACCESS_KIND],
      [LESSON_ACCESS_MODE] = asked[VM_P_ACCESS_MODE],
      [LESSON_ACCESS_OK] = t->ok,
      [LESSON_ACCESS_PA] = t->pa.v,
      [LESSON_ACCESS_OFFSET] = offset_of (c->machine, result->va.v, t),
      [LESSON_ACCESS_VALUE] = t->value,
      [LESSON_ACCESS_TLB] = t->tlb_hit,
      [LESSON_ACCESS_READS] = t->reads,
      [LESSON_ACCESS_FAULT] = t->ok ? VM_FAULT_NONE : t->fault.kind,
      [LESSON_ACCESS_VECTOR] = t->fault.vector,
      [LESSON_ACCESS_ERROR] = t->fault.error,
  };
  *value = answers[subject];
  return TRUE;
}
