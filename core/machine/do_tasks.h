/* The operations on tasks: who shares what, and who runs where. */
#ifndef VM_DO_TASKS_H
#define VM_DO_TASKS_H

#include "machine/machine.h"
#include "mmu/cpu.h"

/* clone, kthread, chdir, sigaction. False and *error if one cannot be done. */
bool vm_do_tasks (struct vm_tape *t, const struct vm_state *s,
                  const struct vm_op *op, struct vm_result *result,
                  struct vm_error *error);

/* switch. */
bool vm_do_switch (struct vm_tape *t, const struct vm_state *s,
                   const struct vm_op *op, struct vm_result *result,
                   struct vm_error *error);

/* exit, of a process, a thread or a kernel thread that is found already. */
bool vm_do_exit (struct vm_tape *t, const struct vm_state *s,
                 const struct vm_op *op, struct vm_result *result);

/* The task that a parameter names: a process or a kernel thread. */
bool vm_do_find_task (const struct vm_state *s, uint64_t name, uint32_t *index,
                      struct vm_error *error);

/* May a task touch an address? Always, but for a kernel thread: it has the
 * kernel's addresses only, in kernel mode, where tables for them are loaded. */
bool vm_do_check_access (const struct vm_state *s, uint32_t process,
                         uint32_t cpu, const struct vm_access *access,
                         struct vm_error *error);

#endif
