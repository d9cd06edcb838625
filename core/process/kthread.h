/* Kernel threads: tasks without memory of their own (mm is NULL).
 *
 *   kthread --switch to--> borrows what is loaded, +1 reference (mmgrab)
 *           --switch away-> gives the reference back (mmdrop); the last one
 *                           frees the top-level table of a space that has no
 *                           users any more
 *
 * mmu/lazy.h is the processor's half. */
#ifndef VM_KTHREAD_H
#define VM_KTHREAD_H

#include "process/process.h"

/* Makes one (kthread_create); *index gets its place. VM_EAGAIN: there are too
 * many processes. */
enum vm_errno vm_kthread_create (struct vm_tape *t, const struct vm_state *s,
                                 uint32_t name, uint32_t *index);

/* Ends it (kthread_stop). */
void vm_kthread_exit (struct vm_tape *t, const struct vm_state *s,
                      uint32_t process);

/* Gives back the reference of a kernel thread that a processor has left, if it
 * has one (finish_task_switch). VM_NONE, or any other task: nothing. */
void vm_kthread_settle (struct vm_tape *t, const struct vm_state *s,
                        uint32_t process);

#endif
