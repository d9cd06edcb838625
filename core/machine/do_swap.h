/* Does the operations on swap, and those that keep pages in memory. */
#ifndef VM_DO_SWAP_H
#define VM_DO_SWAP_H

#include "machine/machine.h"

/* swapon, swapoff, oom-adjust. False and *error if it cannot be done. */
bool vm_do_swap (struct vm_tape *t, const struct vm_state *s,
                 const struct vm_op *op, struct vm_result *result,
                 struct vm_error *error);

/* mlock and its like, pin, unpin; the process is in the result. What the kernel
 * refuses is a result. */
bool vm_do_lock (struct vm_tape *t, const struct vm_state *s,
                 const struct vm_op *op, struct vm_result *result);

/* Lets the pages of [start, end) come; where no frames can be freed for them,
 * processes are killed. VM_EAGAIN if they could not come. */
enum vm_errno vm_do_populate (struct vm_tape *t, const struct vm_state *s,
                              uint32_t process, uint64_t start, uint64_t end);

/* True if the parameters for reclaim of an operation "machine" go together,
 * else *error. And puts them into the configuration, and begins. */
bool vm_do_check_reclaim (const struct vm_op *op, uint32_t frames,
                          struct vm_error *error);
void vm_do_begin_reclaim (struct vm_tape *t, const struct vm_state *s,
                          const struct vm_op *op);

#endif
