/* From an operation's numbers to a system call, and back to a result. */
#include "machine/do_memory.h"

#include "machine/call.h"
#include "machine/do_swap.h"
#include "machine/do_tasks.h"
#include "machine/do_user.h"
#include "machine/execute.h"
#include "mm/account.h"
#include "mm/files.h"
#include "mm/handler.h"
#include "mm/layout.h"
#include "mm/mmap.h"
#include "process/descriptors.h"
#include "process/oom.h"
#include "process/process.h"

static bool
refuse_number (struct vm_error *error, enum vm_error_code code,
               const char *subject, uint64_t value, uint64_t low, uint64_t high)
{
  vm_error_set_range (error, code, subject, value, low, high);
  return false;
}

/* Address spaces are made of pages. */
static bool
check_paging (const struct vm_state *s, struct vm_error *error)
{
  if (s->config.way == VM_WAY_PAGING)
    return true;
  vm_error_set (error, VM_ERROR_NEEDS_PAGING, NULL);
  return false;
}

/* The process of an operation, which from now on the kernel manages. */
static bool
begin (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
       struct vm_result *result, struct vm_error *error)
{
  struct vm_geometry room;

  if (op->kind == VM_OP_EXIT
          ? !vm_do_find_task (s, op->values[0], &result->process, error)
          : !vm_execute_find_process (s, op->values[0], &result->process,
                                      error))
    return false;
  if (!vm_layout_suits (vm_geometry_configured (&s->config, &room)))
    return refuse_number (error, VM_ERROR_NOT_HERE, "an address space", 0, 0,
                          0);
  if (op->kind == VM_OP_EXIT || op->kind == VM_OP_WAIT)
    return true;
  if (!check_paging (s, error))
    return false;
  vm_layout_manage (t, s, result->process);
  return true;
}

/* The file that a parameter names; 0 if none was given. */
static bool
find_file (const struct vm_state *s, const struct vm_op *op, uint32_t parameter,
           uint32_t *file, struct vm_error *error)
{
  *file = 0;
  if (!vm_op_gives (op, parameter))
    return true;
  *file = vm_files_find (s, (uint32_t) op->values[parameter]);
  return *file != 0
         || refuse_number (error, VM_ERROR_UNKNOWN_FILE, NULL,
                           op->values[parameter], 0, 0);
}

/* The file behind a descriptor. False if it is not open. */
static bool
find_open (const struct vm_state *s, const struct vm_op *op, uint32_t process,
           uint32_t *file)
{
  uint32_t stream = vm_descriptors_find (s, process, op->values[VM_P_MMAP_FD]);

  *file = stream == 0 ? 0 : s->streams[stream].file;
  return stream != 0;
}

static bool
do_mmap (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
         struct vm_result *result, struct vm_error *error)
{
  static const enum vm_placement placements[]
      = {VM_PLACE_ANYWHERE, VM_PLACE_FIXED, VM_PLACE_IF_FREE};
  const uint64_t *v = op->values;
  struct vm_mmap_request request = {
      .process = result->process,
      .va = v[VM_P_MMAP_VA],
      .length = v[VM_P_MMAP_LENGTH],
      .access = (uint32_t) v[VM_P_MMAP_PROT],
      .placement = placements[v[VM_P_MMAP_FIXED]],
      .shared = v[VM_P_MMAP_TYPE],
      .grows_down = v[VM_P_MMAP_GROWSDOWN],
      .no_reserve = v[VM_P_MMAP_NORESERVE],
      .locked = v[VM_P_MMAP_LOCKED],
      .offset = v[VM_P_MMAP_OFFSET],
  };
  uint64_t address = 0;

  if (!find_file (s, op, VM_P_MMAP_FILE, &request.file, error))
    return false;
  bool open = !vm_op_gives (op, VM_P_MMAP_FD)
              || find_open (s, op, request.process, &request.file);
  vm_call_begin (t, VM_CALL_MMAP, request.process, request.va, request.length,
                 request.access, request.file);
  enum vm_errno refused = open ? vm_mmap (t, s, &request, &address) : VM_EBADF;
  bool wanted = v[VM_P_MMAP_POPULATE] || request.locked
                || vm_mm_of (s, request.process)->flags != 0;
  if (refused == VM_ERRNO_NONE && wanted && !vm_tape_failed (t))
    vm_do_populate (t, s, request.process, address, address + request.length);
  return vm_call_end (t, VM_CALL_MMAP, result, refused, address);
}

static bool
do_munmap (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
           struct vm_result *result)
{
  uint64_t va = op->values[VM_P_MUNMAP_VA];
  uint64_t length = op->values[VM_P_MUNMAP_LENGTH];

  vm_call_begin (t, VM_CALL_MUNMAP, result->process, va, length, 0, 0);
  enum vm_errno refused = vm_munmap (t, s, result->process, va, length);
  return vm_call_end (t, VM_CALL_MUNMAP, result, refused, 0);
}

static bool
do_mprotect (struct vm_tape *t, const struct vm_state *s,
             const struct vm_op *op, struct vm_result *result)
{
  uint64_t va = op->values[VM_P_MUNMAP_VA];
  uint64_t length = op->values[VM_P_MUNMAP_LENGTH];
  uint32_t access = (uint32_t) op->values[VM_P_MPROTECT_PROT];

  vm_call_begin (t, VM_CALL_MPROTECT, result->process, va, length, access, 0);
  enum vm_errno refused
      = vm_mprotect (t, s, result->process, va, length, access);
  return vm_call_end (t, VM_CALL_MPROTECT, result, refused, 0);
}

static bool
do_mremap (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
           struct vm_result *result)
{
  const uint64_t *v = op->values;
  struct vm_mremap_request request = {
      .process = result->process,
      .va = v[VM_P_MREMAP_VA],
      .old_length = v[VM_P_MREMAP_OLD],
      .new_length = v[VM_P_MREMAP_NEW],
      .may_move = v[VM_P_MREMAP_MAYMOVE],
      .fixed = vm_op_gives (op, VM_P_MREMAP_TO),
      .to = v[VM_P_MREMAP_TO],
  };
  uint64_t address = 0;

  vm_call_begin (t, VM_CALL_MREMAP, request.process, request.va,
                 request.old_length, request.new_length, 0);
  enum vm_errno refused = vm_mremap (t, s, &request, &address);
  return vm_call_end (t, VM_CALL_MREMAP, result, refused, address);
}

static bool
do_brk (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
        struct vm_result *result)
{
  const struct vm_mm *mm = vm_mm_of (s, result->process);
  uint64_t wanted = op->values[VM_P_BRK_TO];
  uint64_t end;

  if (!vm_op_gives (op, VM_P_BRK_TO))
    wanted = mm->brk + op->values[VM_P_BRK_GROW];
  vm_call_begin (t, VM_CALL_BRK, result->process, wanted, 0, 0, 0);
  uint64_t before = mm->brk;
  vm_brk (t, s, result->process, wanted, &end);
  if (mm->flags != 0 && end > before && !vm_tape_failed (t))
    vm_do_populate (t, s, result->process, before, end);
  enum vm_errno refused = end == wanted ? VM_ERRNO_NONE : VM_ENOMEM;
  vm_call_end (t, VM_CALL_BRK, result, refused, end);
  result->value = end;
  return true;
}

static bool
do_madvise (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
            struct vm_result *result)
{
  const uint64_t *v = op->values;

  vm_call_begin (t, VM_CALL_MADVISE, result->process, v[VM_P_MUNMAP_VA],
                 v[VM_P_MUNMAP_LENGTH], v[VM_P_MADVISE_ADVICE], 0);
  enum vm_errno refused = vm_madvise (t, s, result->process, v[VM_P_MUNMAP_VA],
                                      v[VM_P_MUNMAP_LENGTH],
                                      (enum vm_advice) v[VM_P_MADVISE_ADVICE]);
  return vm_call_end (t, VM_CALL_MADVISE, result, refused, 0);
}

/* fork and vfork. */
static bool
do_fork (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
         struct vm_result *result, struct vm_error *error)
{
  uint32_t name = (uint32_t) op->values[VM_P_FORK_NAME];
  bool shares = op->kind == VM_OP_VFORK;
  uint32_t child;

  if (vm_process_find (s, name) != VM_NONE)
    return refuse_number (error, VM_ERROR_PROCESS_EXISTS, NULL, name, 0, 0);
  vm_step_begin (
      t, VM_STEP_FORK,
      (uint64_t[VM_STEP_VALUES]){result->process, vm_process_next (s),
                                 VM_FIRST_PID + s->next_pid, name, shares});
  result->refused
      = (uint8_t) (shares
                       ? vm_process_vfork (t, s, result->process, name, &child)
                       : vm_process_fork (t, s, result->process, name, &child));
  if (result->refused == VM_ERRNO_NONE) {
    result->made = child;
    result->value = s->processes[child].pid;
  }
  vm_step_end (t);
  return true;
}

static bool
do_wait (struct vm_tape *t, const struct vm_state *s, struct vm_result *result)
{
  uint32_t child;

  vm_step_begin (t, VM_STEP_WAIT,
                 (uint64_t[VM_STEP_VALUES]){
                     result->process, s->processes[result->process].children});
  result->refused = (uint8_t) vm_process_wait (t, s, result->process, &child);
  result->value = child;
  vm_step_end (t);
  return true;
}

static bool
set_overcommit (struct vm_tape *t, const struct vm_state *s,
                const struct vm_op *op)
{
  vm_step_begin (t, VM_STEP_OVERCOMMIT,
                 (uint64_t[VM_STEP_VALUES]){op->values[VM_P_OVERCOMMIT_MODE],
                                            op->values[VM_P_OVERCOMMIT_RATIO]});
  vm_put_u32 (t, &s->overcommit, (uint32_t) op->values[VM_P_OVERCOMMIT_MODE]);
  vm_put_u32 (t, &s->overcommit_ratio,
              (uint32_t) op->values[VM_P_OVERCOMMIT_RATIO]);
  vm_step_end (t);
  return true;
}

static bool
set_limits (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
            struct vm_result *result)
{
  const struct vm_mm *mm = vm_mm_of (s, result->process);
  uint64_t stack = vm_op_gives (op, VM_P_LIMIT_STACK)
                       ? op->values[VM_P_LIMIT_STACK]
                       : mm->stack_limit;
  uint64_t memory = vm_op_gives (op, VM_P_LIMIT_MEMORY)
                        ? op->values[VM_P_LIMIT_MEMORY]
                        : mm->memory_limit;

  uint64_t locked = vm_op_gives (op, VM_P_LIMIT_LOCKED)
                        ? op->values[VM_P_LIMIT_LOCKED]
                        : mm->lock_limit;

  vm_step_begin (t, VM_STEP_SET_LIMITS,
                 (uint64_t[VM_STEP_VALUES]){result->process, stack, memory});
  vm_put_u64 (t, &mm->stack_limit, stack);
  vm_put_u64 (t, &mm->memory_limit, memory);
  if (locked != mm->lock_limit) {
    vm_put_u64 (t, &mm->lock_limit, locked);
    vm_step_leaf (t, VM_STEP_LIMIT,
                  (uint64_t[VM_STEP_VALUES]){VM_LIMIT_LOCKED, mm->locked_vm,
                                             locked >> VM_PAGE_SHIFT, 1});
  }
  vm_step_end (t);
  return true;
}

bool
vm_do_memory (struct vm_tape *t, const struct vm_state *s,
              const struct vm_op *op, struct vm_result *result,
              struct vm_error *error)
{
  if (op->kind == VM_OP_OVERCOMMIT)
    return set_overcommit (t, s, op);
  if (!begin (t, s, op, result, error))
    return false;
  if (op->kind == VM_OP_MMAP)
    return do_mmap (t, s, op, result, error);
  if (op->kind == VM_OP_MUNMAP)
    return do_munmap (t, s, op, result);
  if (op->kind == VM_OP_MPROTECT)
    return do_mprotect (t, s, op, result);
  if (op->kind == VM_OP_MREMAP)
    return do_mremap (t, s, op, result);
  if (op->kind == VM_OP_BRK)
    return do_brk (t, s, op, result);
  if (op->kind == VM_OP_MADVISE)
    return do_madvise (t, s, op, result);
  if (op->kind == VM_OP_EXIT)
    return vm_do_exit (t, s, op, result);
  if (op->kind == VM_OP_WAIT)
    return do_wait (t, s, result);
  if (op->kind == VM_OP_LIMIT)
    return set_limits (t, s, op, result);
  if (op->kind == VM_OP_FORK || op->kind == VM_OP_VFORK)
    return do_fork (t, s, op, result, error);
  if (op->kind == VM_OP_MLOCK || op->kind == VM_OP_MUNLOCK
      || op->kind == VM_OP_MLOCKALL || op->kind == VM_OP_MUNLOCKALL
      || op->kind == VM_OP_PIN || op->kind == VM_OP_UNPIN)
    return vm_do_lock (t, s, op, result);
  return vm_do_user (t, s, op, result, error);
}

bool
vm_do_layout (struct vm_tape *t, const struct vm_state *s, uint32_t process,
              struct vm_error *error)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  const struct vm_mm *mm = vm_mm_of (s, process);

  if (!vm_layout_suits (g))
    return refuse_number (error, VM_ERROR_NOT_HERE, "layout", 0, 0, 0);
  if (!check_paging (s, error))
    return false;
  vm_layout_manage (t, s, process);

  uint64_t top = vm_layout_of (g).stack_top;
  struct vm_region stack = {
      .start = top - VM_STACK_START,
      .end = top,
      .offset = (top - VM_STACK_START) >> VM_PAGE_SHIFT,
      .mm = s->processes[process].mm,
      .flags = VM_REGION_READ | VM_REGION_WRITE | VM_REGION_MAY_ACCESS
               | VM_REGION_GROWS_DOWN | VM_REGION_ACCOUNT,
  };
  vm_put_u64 (t, &mm->start_stack, top);
  if (vm_region_add (t, s, &stack) != 0)
    return true;
  return refuse_number (error, VM_ERROR_TOO_MANY, "region", 0, 0,
                        VM_MAX_REGIONS - 1);
}

bool
vm_do_fault (struct vm_tape *t, const struct vm_state *s,
             const struct vm_op *op, const struct vm_access *access,
             struct vm_result *result)
{
  struct vm_fault_case what = {
      .process = result->process,
      .cpu = (uint32_t) op->values[VM_P_ACCESS_CPU],
      .va = access->va,
      .kind = access->kind,
      .mode = access->mode,
      .fault = result->translation.fault,
  };

  if (s->config.way != VM_WAY_PAGING || !vm_mm_of (s, result->process)->managed
      || !op->values[VM_P_ACCESS_HANDLE] || result->handled == VM_MAX_HANDLED
      || vm_tape_failed (t))
    return false;
  struct vm_handled handled = vm_handle_fault (t, s, &what);
  if (!handled.solved && vm_oom_relieve (t, s, result->process, &handled))
    return true;
  result->signal = (uint8_t) handled.signal;
  result->signal_code = (uint8_t) handled.code;
  if (!handled.solved)
    return false;
  result->faults[result->handled].action = (uint8_t) handled.action;
  result->faults[result->handled].major = handled.major;
  result->handled++;
  return true;
}
