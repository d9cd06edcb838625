/* What a sentence may know, gathered. */
#include "subject.h"

#include "machine/makers.h"

/* What the operation "machine" says of the TLBs. */
static void
take_tlbs (SceneSubject *subject, const uint64_t *p)
{
  guint64 shape = p[VM_P_MACHINE_DTLB];

  if (shape == 0)
    shape = vm_shape_of ((guint32) p[VM_P_MACHINE_SETS],
                         (guint32) p[VM_P_MACHINE_WAYS]);
  if (subject->step->unit == VM_TLB_CODE)
    shape = p[VM_P_MACHINE_ITLB];
  if (subject->step->unit == VM_TLB_SECOND)
    shape = p[VM_P_MACHINE_STLB];
  subject->sets = vm_shape_sets (shape);
  subject->ways = vm_shape_ways (shape);
  subject->cpus = (guint) p[VM_P_MACHINE_CPUS];
  subject->split = p[VM_P_MACHINE_ITLB] != 0;
  subject->levels = p[VM_P_MACHINE_STLB] != 0 ? 2 : 1;
  subject->asids = p[VM_P_MACHINE_PCID] != 0
                   || subject->geometry->family != VM_FAMILY_X86;
}

SceneSubject
scene_subject_of (const struct vm_machine *machine, const struct vm_step *step)
{
  SceneSubject subject = {.machine = machine, .step = step, .v = step->values};
  const struct vm_op *first
      = vm_machine_op_count (machine) > 0 ? vm_machine_op (machine, 0) : NULL;

  if (first == NULL || first->kind != VM_OP_MACHINE)
    return subject;

  const uint64_t *p = first->values;
  subject.geometry = vm_machine_built_geometry (machine);
  if (subject.geometry == NULL)
    return subject;
  take_tlbs (&subject, p);
  subject.way = (enum vm_way) p[VM_P_MACHINE_WAY];
  subject.nx = subject.geometry->has_nx && p[VM_P_MACHINE_NX] != 0;
  return subject;
}

const char *
scene_subject_process (const SceneSubject *subject, guint64 index)
{
  const struct vm_machine *machine = subject->machine;

  /* Places are given again after processes have ended: the latest counts, up
   to the operation of the step, which its parent belongs to. */
  guint64 end = vm_machine_op_count (machine);

  if (subject->step != NULL)
    end = MIN (end, vm_machine_op_of_step (machine, subject->step->parent) + 1);
  while ((end = vm_machine_maker (machine, end)) != UINT64_MAX) {
    const struct vm_op *op = vm_machine_op (machine, end);
    gboolean forks = op->kind == VM_OP_FORK || op->kind == VM_OP_VFORK
                     || op->kind == VM_OP_CLONE;
    gboolean guards = op->kind == VM_OP_IOMMU;
    if (index == VM_NONE || vm_machine_result (machine, end)->made != index)
      continue;
    return vm_machine_name (machine,
                            (guint32) op->values[guards  ? VM_P_IOMMU_DEVICE
                                                 : forks ? VM_P_FORK_NAME
                                                         : VM_P_PROCESS_NAME]);
  }
  return "?";
}

gboolean
scene_subject_of_iommu (const SceneSubject *subject)
{
  const struct vm_step *parent
      = vm_machine_step (subject->machine, subject->step->parent);

  return parent != NULL && parent->kind == VM_STEP_IOMMU_WALK;
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
