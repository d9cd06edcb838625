/* Makes kernel threads, and takes back what they borrowed. */
#include "process/kthread.h"

#include "mm/entries.h"
#include "process/lives.h"

/* The last reference is gone: so is what was left (__mmdrop). */
static void
free_space (struct vm_tape *t, const struct vm_state *s, uint32_t mm)
{
  vm_step_begin (t, VM_STEP_MM_FREE,
                 (uint64_t[VM_STEP_VALUES]){mm, s->mms[mm].root});
  vm_process_forget_mm (t, s, mm);
  vm_step_end (t);
}

static void
give_back (struct vm_tape *t, const struct vm_state *s, uint32_t process)
{
  uint32_t mm = s->tasks[process].active - 1;
  const struct vm_mm_use *use = &s->mm_uses[mm];

  vm_step_begin (t, VM_STEP_MM_DROP,
                 (uint64_t[VM_STEP_VALUES]){
                     process, mm, (s->mms[mm].users > 0) + use->borrowers - 1});
  vm_put_u32 (t, &s->tasks[process].active, 0);
  vm_put_u32 (t, &use->borrowers, use->borrowers - 1);
  if (!vm_mm_lives (s, mm))
    free_space (t, s, mm);
  vm_step_end (t);
}

enum vm_errno
vm_kthread_create (struct vm_tape *t, const struct vm_state *s, uint32_t name,
                   uint32_t *index)
{
  vm_step_begin (t, VM_STEP_KTHREAD,
                 (uint64_t[VM_STEP_VALUES]){vm_process_next (s),
                                            VM_FIRST_PID + s->next_pid, name});
  *index = vm_process_take_place (t, s, name, VM_NONE);
  if (*index != VM_NONE) {
    vm_put_u8 (t, &s->processes[*index].state, VM_PROCESS_KERNEL);
    vm_put_u32 (t, &s->processes[*index].mm, *index);
    vm_put_u32 (t, &s->kernel_threads, s->kernel_threads + 1);
  }
  vm_step_end (t);
  return *index == VM_NONE ? VM_EAGAIN : VM_ERRNO_NONE;
}

void
vm_kthread_exit (struct vm_tape *t, const struct vm_state *s, uint32_t process)
{
  vm_process_leave_processors (t, s, process);
  vm_kthread_settle (t, s, process);
  vm_put_u32 (t, &s->kernel_threads, s->kernel_threads - 1);
  vm_process_reap (t, s, process);
}

void
vm_kthread_settle (struct vm_tape *t, const struct vm_state *s,
                   uint32_t process)
{
  if (process == VM_NONE || s->tasks[process].active == 0 || vm_tape_failed (t))
    return;
  for (uint32_t cpu = 0; cpu < s->config.cpus; cpu++)
    if (s->cpus[cpu].process == process)
      return;
  give_back (t, s, process);
}
