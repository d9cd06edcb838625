/* Ends processes, and lets their parents know. */
#include "process/lives.h"

#include "mm/program.h"
#include "process/kthread.h"
#include "process/task.h"

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
    if (p->state == VM_PROCESS_ZOMBIE && s->tasks[i].threads == 0)
      vm_process_reap (t, s, i);
  }
}

/* Nobody wakes who is no more. */
static void
forget_waiter (struct vm_tape *t, const struct vm_state *s, uint32_t process)
{
  for (uint32_t i = 0; i < s->process_count; i++)
    if (s->tasks[i].waiter == process + 1)
      vm_put_u32 (t, &s->tasks[i].waiter, 0);
}

/* All threads of a group have ended: its parent may ask now. */
static void
finish_group (struct vm_tape *t, const struct vm_state *s, uint32_t leader)
{
  orphan (t, s, leader);
  if (s->processes[leader].parent == VM_NONE)
    vm_process_reap (t, s, leader);
}

/* A thread leaves nothing behind; the last one finishes a leader that ended
 * before (release_task). */
static void
leave_group (struct vm_tape *t, const struct vm_state *s, uint32_t process)
{
  uint32_t leader = vm_task_leader (s, process);
  const struct vm_task *task = &s->tasks[leader];

  vm_put_u32 (t, &task->threads, task->threads - 1);
  vm_process_reap (t, s, process);
  if (task->threads == 0 && s->processes[leader].state == VM_PROCESS_ZOMBIE)
    finish_group (t, s, leader);
}

void
vm_process_exit (struct vm_tape *t, const struct vm_state *s, uint32_t process,
                 uint32_t status)
{
  const struct vm_process *p = &s->processes[process];

  if (p->state == VM_PROCESS_KERNEL) {
    vm_kthread_exit (t, s, process);
    return;
  }
  vm_program_drop (t, s, process);
  vm_task_release (t, s, process);
  vm_process_drop_mm (t, s, process);
  vm_task_wake (t, s, process);
  forget_waiter (t, s, process);
  vm_put_u16 (t, &p->status, (uint16_t) status);
  vm_put_u8 (t, &p->state, VM_PROCESS_ZOMBIE);
  if (vm_task_leader (s, process) != process)
    leave_group (t, s, process);
  else if (s->tasks[process].threads == 0)
    finish_group (t, s, process);
}

/* Ends one thread because of another, told. */
static void
kill_thread (struct vm_tape *t, const struct vm_state *s, uint32_t process,
             uint32_t status)
{
  vm_step_begin (t, VM_STEP_EXIT,
                 (uint64_t[VM_STEP_VALUES]){process, status,
                                            s->processes[process].parent});
  vm_process_exit (t, s, process, status);
  vm_step_end (t);
}

static bool
lives (const struct vm_state *s, uint32_t process)
{
  return s->processes[process].state == VM_PROCESS_RUNNING
         || s->processes[process].state == VM_PROCESS_WAITING;
}

void
vm_process_end_threads (struct vm_tape *t, const struct vm_state *s,
                        uint32_t process, uint32_t status)
{
  uint32_t leader = vm_task_leader (s, process);

  for (uint32_t i = 0; i < s->process_count && !vm_tape_failed (t); i++)
    if (i != process && lives (s, i) && vm_task_leader (s, i) == leader)
      kill_thread (t, s, i, status);
}

enum vm_errno
vm_process_wait (struct vm_tape *t, const struct vm_state *s, uint32_t process,
                 uint32_t *child)
{
  *child = VM_NONE;
  process = vm_task_leader (s, process);
  if (s->processes[process].children == 0)
    return VM_ECHILD;
  for (uint32_t i = 0; i < s->process_count; i++)
    if (s->processes[i].state == VM_PROCESS_ZOMBIE
        && s->processes[i].parent == process && s->tasks[i].threads == 0)
      *child = i;
  if (*child == VM_NONE)
    return VM_EAGAIN;
  vm_process_reap (t, s, *child);
  return VM_ERRNO_NONE;
}
