/* Processes: a name, a pid, an address space, a life.
 *
 *   process --> running --fork--> running, and a child
 *                  |  \--vfork--> waiting, until the child is done with the
 *                  |              address space that both have
 *                 exit --> zombie --wait by its parent--> nothing is left
 */
#ifndef VM_PROCESS_H
#define VM_PROCESS_H

#include "mm/space.h"

/* The pid of the first process; each further one gets the next. */
#define VM_FIRST_PID 41

/* The place that the next process will have; VM_MAX_PROCESSES: there is
 * none. */
uint32_t vm_process_next (const struct vm_state *s);

/* Makes a process with an empty address space; *index gets its place in the
 * state. False and *error if a limit is reached. */
bool vm_process_create (struct vm_tape *t, const struct vm_state *s,
                        uint32_t name, uint32_t *index, struct vm_error *error);

/* Makes an address space for a device, with the device's name and without a
 * pid; *index gets its place among the processes. False and *error if a limit
 * is reached. */
bool vm_process_create_domain (struct vm_tape *t, const struct vm_state *s,
                               uint32_t name, uint32_t *index,
                               struct vm_error *error);

/* The index of the process with that interned name, or VM_NONE. Zombies are
 * found, too. */
uint32_t vm_process_find (const struct vm_state *s, uint32_t name);

/* Doubles a process (kernel/fork.c, dup_mmap, copy_page_range). Every region is
 * copied; entries only of those with an anon_vma, whose private writable pages
 * become read-only in both; the others are found again by page faults. *child
 * gets the new one. VM_ENOMEM if frames, regions or promises do not suffice,
 * VM_EAGAIN if there are too many processes; then there is no child. */
enum vm_errno vm_process_fork (struct vm_tape *t, const struct vm_state *s,
                               uint32_t parent, uint32_t name, uint32_t *child);

/* A child in its parent's own address space; the parent waits until the child
 * ends. */
enum vm_errno vm_process_vfork (struct vm_tape *t, const struct vm_state *s,
                                uint32_t parent, uint32_t name,
                                uint32_t *child);

/* Ends a process: its address space goes with its last user. Without a parent
 * nothing is left of it. Its children have no parent any more. Of a thread
 * group it ends one thread: nothing is left of it, unless it is the leader, who
 * stays until all others have ended. A kernel thread gives back what it
 * borrowed. */
void vm_process_exit (struct vm_tape *t, const struct vm_state *s,
                      uint32_t process, uint32_t status);

/* Ends all threads of a task's group but the task itself (zap_other_threads):
 * what exit_group, execve and a deadly signal do. */
void vm_process_end_threads (struct vm_tape *t, const struct vm_state *s,
                             uint32_t process, uint32_t status);

/* Asks for a child that has ended; *child gets which. VM_ECHILD: it has no
 * children; VM_EAGAIN: none has ended yet, a real process would sleep. */
enum vm_errno vm_process_wait (struct vm_tape *t, const struct vm_state *s,
                               uint32_t process, uint32_t *child);

#endif
