/* clone: a child that shares with its parent what the flags say.
 *
 *   flags                    what comes of it
 *   none                     fork: a process, all copied
 *   vm,vfork                 vfork: the parent waits
 *   vm,fs,files,sighand,     a thread, as pthread_create makes one: the same
 *     thread                 pid (tgid), no parent waits for it
 *   vm                       a process in the same memory
 *
 * Rules: Linux, kernel/fork.c (copy_process, kernel_clone). */
#ifndef VM_CLONE_H
#define VM_CLONE_H

#include "process/process.h"

/* Which rule a set of flags breaks. */
enum vm_clone_rule vm_clone_check (uint32_t flags);

struct vm_clone_request {
  uint32_t parent; /* the task that calls */
  uint32_t name;   /* of the child */
  uint32_t flags;  /* enum vm_clone_flag */
};

/* Makes the child; *child gets its place. VM_EINVAL: the flags contradict each
 * other; VM_ENOMEM, VM_EAGAIN as fork; then there is no child. */
enum vm_errno vm_process_clone (struct vm_tape *t, const struct vm_state *s,
                                const struct vm_clone_request *request,
                                uint32_t *child);

#endif
