/* Ends processes, and lets their parents know. */
#include "process/lives.h"

#include "mm/program.h"
#include "process/descriptors.h"

/* Children of a process that ends have no parent any more: what has ended
 * already goes at once. */
static void
orphan (struct vm_tape *t, const struct vm_state *s, uint32_t parent)
{
  for (uint32_t i = 0; i < s->process_count; i++) {
    const struct vm_process *p = &s->processes[i];
    if (p->state == VM_PROCESS_FREE || p->parent != parent)
      continue;
    vm_put_u32 (t, &p->parent, VM_NONE);
    if (p->state == VM_PROCESS_ZOMBIE)
      vm_process_reap (t, s, i);
  }
}

void
vm_process_exit (struct vm_tape *t, const struct vm_state *s, uint32_t process,
                 uint32_t status)
{
  const struct vm_process *p = &s->processes[process];
  bool shares = s->mms[p->mm].users > 1;
  uint32_t parent = p->parent;

  vm_program_drop (t, s, process);
  vm_descriptors_drop (t, s, process);
  vm_process_drop_mm (t, s, process);
  orphan (t, s, process);
  vm_put_u16 (t, &p->status, (uint16_t) status);
  vm_put_u8 (t, &p->state, VM_PROCESS_ZOMBIE);
  if (parent == VM_NONE) {
    vm_process_reap (t, s, process);
    return;
  }
  if (shares && s->processes[parent].state == VM_PROCESS_WAITING)
    vm_put_u8 (t, &s->processes[parent].state, VM_PROCESS_RUNNING);
}

enum vm_errno
vm_process_wait (struct vm_tape *t, const struct vm_state *s, uint32_t process,
                 uint32_t *child)
{
  *child = VM_NONE;
  if (s->processes[process].children == 0)
    return VM_ECHILD;
  for (uint32_t i = 0; i < s->process_count; i++)
    if (s->processes[i].state == VM_PROCESS_ZOMBIE
        && s->processes[i].parent == process)
      *child = i;
  if (*child == VM_NONE)
    return VM_EAGAIN;
  vm_process_reap (t, s, *child);
  return VM_ERRNO_NONE;
}
