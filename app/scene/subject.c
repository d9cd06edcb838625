/* What a sentence may know, gathered. */
#include "subject.h"

SceneSubject
scene_subject_of (const struct vm_machine *machine, const struct vm_step *step)
{
  SceneSubject subject = {.machine = machine, .step = step, .v = step->values};
  const struct vm_op *first
      = vm_machine_op_count (machine) > 0 ? vm_machine_op (machine, 0) : NULL;

  if (first == NULL || first->kind != VM_OP_MACHINE)
    return subject;

  const uint64_t *p = first->values;
  subject.geometry
      = vm_geometry_of ((enum vm_geometry_id) p[VM_P_MACHINE_GEOMETRY]);
  subject.sets = (guint) p[VM_P_MACHINE_SETS];
  subject.ways = (guint) p[VM_P_MACHINE_WAYS];
  subject.nx = subject.geometry->has_nx && p[VM_P_MACHINE_NX] != 0;
  return subject;
}

const char *
scene_subject_process (const SceneSubject *subject, guint64 index)
{
  const struct vm_machine *machine = subject->machine;

  for (guint64 i = 0; i < vm_machine_op_count (machine); i++) {
    const struct vm_op *op = vm_machine_op (machine, i);
    if (op->kind == VM_OP_PROCESS
        && vm_machine_result (machine, i)->process == index)
      return vm_machine_name (machine, (guint32) op->values[VM_P_PROCESS_NAME]);
  }
  return "?";
}

struct vm_pte
scene_subject_entry (const SceneSubject *subject)
{
  if (subject->geometry == NULL)
    return (struct vm_pte){0};
  return vm_pte_decode (subject->geometry,
                        (guint32) subject->v[VM_V_ENTRY_LEVEL],
                        subject->v[VM_V_ENTRY_RAW], subject->nx);
}
