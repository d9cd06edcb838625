/* The frame of steps around a call that an operation makes. */
#ifndef VM_MACHINE_CALL_H
#define VM_MACHINE_CALL_H

#include "machine/machine.h"

/* A process calls: what is told from now on is nested in that step. file: 0 if
 * it is about none. */
static inline void
vm_call_begin (struct vm_tape *t, enum vm_call call, uint32_t process,
               uint64_t va, uint64_t length, uint64_t flags, uint32_t file)
{
  vm_step_begin (
      t, VM_STEP_CALL,
      (uint64_t[VM_STEP_VALUES]){call, process, va, length, flags, file});
}

/* The call is over. It returns value, or, if it was refused, why: both stand in
 * the result. Returns true, as an operation does that was done. */
static inline bool
vm_call_end (struct vm_tape *t, enum vm_call call, struct vm_result *result,
             enum vm_errno refused, uint64_t value)
{
  result->refused = (uint8_t) refused;
  result->value = refused == VM_ERRNO_NONE ? value : 0;
  vm_step_leaf (t, VM_STEP_RETURN,
                (uint64_t[VM_STEP_VALUES]){call, result->process, refused,
                                           result->value});
  vm_step_end (t);
  return true;
}

#endif
