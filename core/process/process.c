/* Makes processes and finds them. */
#include "process/process.h"

bool
vm_process_create (struct vm_tape *t, const struct vm_state *s, uint32_t name,
                   uint32_t *index, struct vm_error *error)
{
  uint32_t i = s->process_count;
  const struct vm_process *p = &s->processes[i];

  if (i == VM_MAX_PROCESSES) {
    vm_error_set_range (error, VM_ERROR_TOO_MANY, "process", 0, 0,
                        VM_MAX_PROCESSES);
    return false;
  }

  vm_put_u32 (t, &s->process_count, i + 1);
  vm_put_u32 (t, &p->name, name);
  vm_put_u32 (t, &p->pid, VM_FIRST_PID + i);
  vm_put_u32 (t, &p->mm, i);
  vm_put_u32 (t, &s->mms[i].users, 1);
  *index = i;
  return vm_space_make_root (t, s, i, error);
}

uint32_t
vm_process_find (const struct vm_state *s, uint32_t name)
{
  for (uint32_t i = 0; i < s->process_count; i++)
    if (s->processes[i].name == name)
      return i;
  return VM_NONE;
}
