/* From an operation's numbers to tasks. */
#include "machine/do_tasks.h"

#include "machine/execute.h"
#include "mm/layout.h"
#include "process/clone.h"
#include "process/kthread.h"
#include "process/schedule.h"
#include "process/task.h"

/* The lowest address of the kernel's in 32 bits (PAGE_OFFSET). */
#define KERNEL_START_32 UINT64_C (0xc0000000)

static bool
refuse_name (struct vm_error *error, enum vm_error_code code, uint64_t name)
{
  vm_error_set_range (error, code, NULL, name, 0, 0);
  return false;
}

static bool
check_new_name (const struct vm_state *s, uint64_t name, struct vm_error *error)
{
  return vm_process_find (s, (uint32_t) name) == VM_NONE
         || refuse_name (error, VM_ERROR_PROCESS_EXISTS, name);
}

static bool
check_paging (const struct vm_state *s, struct vm_error *error)
{
  if (s->config.way == VM_WAY_PAGING)
    return true;
  vm_error_set (error, VM_ERROR_NEEDS_PAGING, NULL);
  return false;
}

static bool
do_clone (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
          struct vm_result *result, struct vm_error *error)
{
  struct vm_geometry room;
  struct vm_clone_request request = {
      .name = (uint32_t) op->values[VM_P_CLONE_NAME],
      .flags = (uint32_t) op->values[VM_P_CLONE_FLAGS],
  };
  uint32_t child;

  if (!vm_execute_find_process (s, op->values[VM_P_CLONE_PROCESS],
                                &result->process, error)
      || !check_paging (s, error)
      || !check_new_name (s, op->values[VM_P_CLONE_NAME], error))
    return false;
  if (!vm_layout_suits (vm_geometry_configured (&s->config, &room))) {
    vm_error_set (error, VM_ERROR_NOT_HERE, "an address space");
    return false;
  }
  request.parent = result->process;
  result->refused = (uint8_t) vm_process_clone (t, s, &request, &child);
  if (result->refused == VM_ERRNO_NONE) {
    result->made = child;
    result->value = s->processes[child].pid;
  }
  return true;
}

static bool
do_kthread (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
            struct vm_result *result, struct vm_error *error)
{
  uint64_t name = op->values[VM_P_KTHREAD_NAME];
  uint32_t index;

  if (!check_paging (s, error) || !check_new_name (s, name, error))
    return false;
  result->refused = (uint8_t) vm_kthread_create (t, s, (uint32_t) name, &index);
  result->process = result->made = index;
  if (index != VM_NONE)
    result->value = s->processes[index].pid;
  return true;
}

/* Where a kernel thread runs; VM_NONE: nowhere. */
static uint32_t
processor_of (const struct vm_state *s, uint32_t process)
{
  for (uint32_t cpu = 0; cpu < s->config.cpus; cpu++)
    if (s->cpus[cpu].process == process)
      return cpu;
  return VM_NONE;
}

static bool
is_kernel_half (const struct vm_geometry *g, vm_vaddr va)
{
  if (g->two_roots)
    return va.v >> 63;
  return g->word_bits == 32 ? va.v >= KERNEL_START_32
                            : va.v >> (g->va_bits - 1) & 1;
}

bool
vm_do_find_task (const struct vm_state *s, uint64_t name, uint32_t *index,
                 struct vm_error *error)
{
  *index = vm_process_find (s, (uint32_t) name);
  if (*index != VM_NONE && s->processes[*index].state == VM_PROCESS_KERNEL)
    return true;
  return vm_execute_find_process (s, name, index, error);
}

bool
vm_do_check_access (const struct vm_state *s, uint32_t process, uint32_t cpu,
                    const struct vm_access *access, struct vm_error *error)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  const struct vm_process *p = &s->processes[process];
  bool runs = s->cpus[cpu].process == process;

  if (p->state != VM_PROCESS_KERNEL)
    return true;
  if (runs && access->mode == VM_KERNEL_MODE && is_kernel_half (g, access->va)
      && (s->cpus[cpu].cr3 != 0 || g->two_roots))
    return true;
  return refuse_name (error, VM_ERROR_KERNEL_THREAD, p->name);
}

bool
vm_do_switch (struct vm_tape *t, const struct vm_state *s,
              const struct vm_op *op, struct vm_result *result,
              struct vm_error *error)
{
  uint32_t cpu = (uint32_t) op->values[VM_P_SWITCH_CPU];
  uint64_t name = op->values[VM_P_SWITCH_PROCESS];

  if (!vm_do_find_task (s, name, &result->process, error))
    return false;
  uint32_t there = processor_of (s, result->process);
  if (s->processes[result->process].state == VM_PROCESS_KERNEL
      && there != VM_NONE && there != cpu)
    return refuse_name (error, VM_ERROR_RUNS_ELSEWHERE, name);
  result->translation.ok
      = vm_schedule (t, s, cpu, result->process, &result->translation.fault);
  return true;
}

bool
vm_do_exit (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
            struct vm_result *result)
{
  uint32_t status = (uint32_t) op->values[VM_P_EXIT_STATUS];
  uint32_t process = result->process;
  uint32_t leader = vm_task_leader (s, process);
  bool group = op->values[VM_P_EXIT_GROUP];

  vm_step_begin (t, VM_STEP_EXIT,
                 (uint64_t[VM_STEP_VALUES]){process, status,
                                            s->processes[process].parent});
  if (group)
    vm_process_end_threads (t, s, process, status);
  vm_process_exit (t, s, process, status);
  /* The whole group ended with this status, whoever said so. */
  if (group && s->processes[leader].state == VM_PROCESS_ZOMBIE
      && s->processes[leader].status != status)
    vm_put_u16 (t, &s->processes[leader].status, (uint16_t) status);
  vm_step_end (t);
  return true;
}

bool
vm_do_tasks (struct vm_tape *t, const struct vm_state *s,
             const struct vm_op *op, struct vm_result *result,
             struct vm_error *error)
{
  const uint64_t *v = op->values;

  if (op->kind == VM_OP_CLONE)
    return do_clone (t, s, op, result, error);
  if (op->kind == VM_OP_KTHREAD)
    return do_kthread (t, s, op, result, error);
  if (!vm_execute_find_process (s, v[0], &result->process, error))
    return false;
  if (op->kind == VM_OP_CHDIR)
    vm_task_chdir (t, s, result->process, (uint32_t) v[VM_P_CHDIR_TO]);
  else
    result->refused = (uint8_t) vm_task_sigaction (
        t, s, result->process, (uint32_t) v[VM_P_SIGACTION_SIGNAL],
        v[VM_P_SIGACTION_HANDLER]);
  return true;
}
