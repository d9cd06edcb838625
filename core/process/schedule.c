/* Switches tasks. */
#include "process/schedule.h"

#include "process/kthread.h"

bool
vm_schedule_to (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
                uint32_t process, struct vm_fault *fault)
{
  uint32_t before = s->cpus[cpu].process;
  bool switched = vm_cpu_switch (t, s, cpu, process, fault);

  if (before != process)
    vm_kthread_settle (t, s, before);
  return switched;
}

bool
vm_schedule (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
             uint32_t process, struct vm_fault *fault)
{
  uint32_t before = s->cpus[cpu].process;

  vm_tape_at (t, cpu, VM_TLB_DATA);
  vm_step_begin (t, VM_STEP_SCHEDULE,
                 (uint64_t[VM_STEP_VALUES]){process, before});
  bool moves = before != process && s->config.way == VM_WAY_PAGING;
  if (moves && before != VM_NONE)
    vm_step_leaf (t, VM_STEP_TASK_SAVE, (uint64_t[VM_STEP_VALUES]){before});
  bool switched = vm_cpu_switch (t, s, cpu, process, fault);
  vm_tape_at (t, cpu, VM_TLB_DATA);
  if (moves && switched)
    vm_step_leaf (t, VM_STEP_TASK_LOAD,
                  (uint64_t[VM_STEP_VALUES]){process, s->runs[cpu].switches});
  if (moves)
    vm_kthread_settle (t, s, before);
  vm_step_end (t);
  return switched;
}
