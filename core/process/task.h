/* What tasks share: descriptors, folder, signal handlers, a thread group.
 *
 *   task  --files-->   files_struct     descriptors
 *         --fs-->      fs_struct        current folder
 *         --sighand--> sighand_struct   what is done on each signal
 *         --group-->   the leader       one pid for all threads (tgid)
 *
 * Each object lies at the index of the process that it was made for, and may
 * outlive it, as an address space does. A process that shares nothing takes no
 * note of it: all is zero. */
#ifndef VM_TASK_H
#define VM_TASK_H

#include "process/process.h"

/* Where a task's objects lie. */
uint32_t vm_task_files (const struct vm_state *s, uint32_t process);
uint32_t vm_task_fs (const struct vm_state *s, uint32_t process);
uint32_t vm_task_sighand (const struct vm_state *s, uint32_t process);

/* The leader of a task's thread group; itself if it is alone. */
uint32_t vm_task_leader (const struct vm_state *s, uint32_t process);

/* The pid that all threads of its group have (tgid). */
uint32_t vm_task_tgid (const struct vm_state *s, uint32_t process);

/* Does anybody still have what was made for the process at an index? */
bool vm_task_in_use (const struct vm_state *s, uint32_t index);

/* A child gets what its parent has: shared, where flags (enum vm_clone_flag)
 * say so, else as copies. tell: each as a step. */
void vm_task_inherit (struct vm_tape *t, const struct vm_state *s,
                      uint32_t parent, uint32_t child, uint32_t flags,
                      bool tell);

/* A task that ends lets go of its objects; the last user of each takes it
 * along. */
void vm_task_release (struct vm_tape *t, const struct vm_state *s,
                      uint32_t process);

/* execve: descriptors and handlers become the task's own; handlers go back to
 * their default, what is ignored stays so (begin_new_exec). */
void vm_task_unshare (struct vm_tape *t, const struct vm_state *s,
                      uint32_t process);

/* Who waits in vfork for a task to leave its memory goes on. */
void vm_task_wake (struct vm_tape *t, const struct vm_state *s,
                   uint32_t process);

/* Sets the current folder of a task, and of all that share it: an interned
 * name. */
void vm_task_chdir (struct vm_tape *t, const struct vm_state *s,
                    uint32_t process, uint32_t folder);

/* Sets what is done on a signal: 0 the default, 1 nothing, else an address.
 * VM_EINVAL for SIGKILL and SIGSTOP, which no one can handle, and for numbers
 * that are none. */
enum vm_errno vm_task_sigaction (struct vm_tape *t, const struct vm_state *s,
                                 uint32_t process, uint32_t number,
                                 uint64_t handler);

#endif
