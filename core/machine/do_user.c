/* From an operation's numbers to what a process does with its memory. */
#include "machine/do_user.h"

#include "machine/call.h"
#include "machine/do_files.h"
#include "mm/rmap.h"
#include "process/arena.h"

static struct vm_user
user_of (const struct vm_state *s, const struct vm_result *result,
         enum vm_mode mode)
{
  return (struct vm_user){
      .process = result->process,
      .cpu = vm_space_cpu_of (s, result->process),
      .mode = mode,
  };
}

/* The process does not come back from a call in which it got a signal. */
static void
end_by_signal (struct vm_tape *t, struct vm_result *result,
               const struct vm_user *user)
{
  result->signal = (uint8_t) user->last.signal;
  result->signal_code = (uint8_t) user->last.code;
  vm_step_end (t);
}

static bool
do_malloc (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
           struct vm_result *result)
{
  struct vm_heap_call call = {t, s, user_of (s, result, VM_USER_MODE), false};
  uint64_t bytes = op->values[VM_P_MALLOC_BYTES];
  uint64_t address;

  vm_call_begin (t, VM_CALL_MALLOC, result->process, 0, bytes, 0, 0);
  enum vm_errno refused = vm_heap_malloc (&call, bytes, &address);
  if (call.failed)
    end_by_signal (t, result, &call.user);
  else
    vm_call_end (t, VM_CALL_MALLOC, result, refused, address);
  return true;
}

static bool
do_free (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
         struct vm_result *result)
{
  struct vm_heap_call call = {t, s, user_of (s, result, VM_USER_MODE), false};
  uint64_t va = op->values[VM_P_FREE_VA];

  vm_call_begin (t, VM_CALL_FREE, result->process, va, 0, 0, 0);
  enum vm_errno refused = vm_heap_free (&call, va);
  if (call.failed)
    end_by_signal (t, result, &call.user);
  else
    vm_call_end (t, VM_CALL_FREE, result, refused, 0);
  return true;
}

bool
vm_do_user (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
            struct vm_result *result, struct vm_error *error)
{
  if (op->kind == VM_OP_MALLOC)
    return do_malloc (t, s, op, result);
  if (op->kind == VM_OP_FREE)
    return do_free (t, s, op, result);
  return vm_do_file_call (t, s, op, result, error);
}

bool
vm_do_rmap (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
            struct vm_result *result, struct vm_error *error)
{
  uint64_t frame = op->values[VM_P_RMAP_FRAME];

  if (frame >= s->config.frames) {
    vm_error_set_range (error, VM_ERROR_OUT_OF_RANGE, "frame", frame, 0,
                        s->config.frames - 1);
    return false;
  }
  result->value = vm_rmap_tell (t, s, vm_frame_of (frame));
  return true;
}
