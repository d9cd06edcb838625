/* Gives a processor another task (kernel/sched/core.c, context_switch).
 *
 *   save what ran -> memory: new root, the same, or borrowed -> load what runs
 *                                     -> give back a reference that was left
 */
#ifndef VM_SCHEDULE_H
#define VM_SCHEDULE_H

#include "mmu/cpu.h"
#include "process/process.h"

/* Has a task run on a processor, as a part of something else. As vm_cpu_switch,
 * and gives back what a kernel thread that ran there had borrowed. */
bool vm_schedule_to (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
                     uint32_t process, struct vm_fault *fault);

/* The whole switch, told. */
bool vm_schedule (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
                  uint32_t process, struct vm_fault *fault);

#endif
