/* From an operation's numbers to swap areas, locked pages and reclaim. */
#include "machine/do_swap.h"

#include "machine/call.h"
#include "machine/execute.h"
#include "mm/account.h"
#include "mm/entries.h"
#include "mm/files.h"
#include "mm/handler.h"
#include "mm/layout.h"
#include "mm/mlock.h"
#include "mm/reclaim.h"
#include "mm/region_tree.h"
#include "mm/resident_set.h"
#include "mm/shmem.h"
#include "process/oom.h"

/* Times that swapoff goes through all processes. */
#define PASSES 8u

static bool
refuse (struct vm_error *error, enum vm_error_code code, const char *subject,
        uint64_t value, uint64_t low, uint64_t high)
{
  vm_error_set_range (error, code, subject, value, low, high);
  return false;
}

static bool
swap_on (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
         struct vm_error *error)
{
  struct vm_geometry room;
  uint64_t size = op->values[VM_P_SWAPON_SIZE];
  struct vm_swap_wish wish = {
      .slots = (uint32_t) (size >> VM_PAGE_SHIFT),
      .fails = (uint32_t) op->values[VM_P_SWAPON_FAILS],
      .priority = vm_op_gives (op, VM_P_SWAPON_PRIORITY)
                      ? (int32_t) op->values[VM_P_SWAPON_PRIORITY]
                      : VM_SWAP_LAST,
  };

  if (!vm_layout_suits (vm_geometry_configured (&s->config, &room)))
    return refuse (error, VM_ERROR_NOT_HERE, "swap", 0, 0, 0);
  if (size % VM_PAGE_SIZE != 0)
    return refuse (error, VM_ERROR_NOT_ALIGNED, "size", size, VM_PAGE_SIZE, 0);
  if (!vm_swap_add (t, s, &wish, error))
    return false;
  if (s->reclaim.how == VM_RECLAIM_OFF)
    vm_reclaim_begin (t, s, VM_RECLAIM_LINUX);
  return true;
}

/* The first entry at or above an address of a process that names a slot of the
 * area. */
static bool
next_swapped (const struct vm_state *s, uint32_t process, uint32_t area,
              uint64_t *va, struct vm_entry *entry)
{
  uint64_t end = vm_mm_of (s, process)->task_size;

  while (vm_entry_next (s, process, *va, end, entry)) {
    *va = entry->va.v + vm_entry_size (s, entry);
    if (entry->swapped != 0 && vm_swap_area_of (s, entry->swapped) == area)
      return true;
  }
  return false;
}

/* Brings all pages of a process back that are in an area (unuse_mm). */
static bool
bring_back (struct vm_tape *t, const struct vm_state *s, uint32_t process,
            uint32_t area)
{
  struct vm_entry entry;
  uint64_t va = 0;

  while (next_swapped (s, process, area, &va, &entry) && !vm_tape_failed (t)) {
    struct vm_handled handled = vm_handler_bring_back (t, s, process, entry.va);
    if (!handled.solved)
      return false;
  }
  return true;
}

/* Brings all pages of shared memory back that are in an area (shmem_unuse). */
static bool
bring_shared_back (struct vm_tape *t, const struct vm_state *s, uint32_t area)
{
  const struct vm_swap_area *a = &s->areas[area];
  uint32_t slot = a->first, end = a->first + a->slots;

  while ((slot = vm_shmem_next (s, slot, end)) != 0 && !vm_tape_failed (t)) {
    const struct vm_swap_record *record = &s->slots[slot];
    if (!vm_reclaim_prepare (t, s, VM_NONE, 1)
        || vm_files_get (t, s, record->file, record->page, VM_NONE) == 0)
      return false;
  }
  return true;
}

/* What is only in the swap cache gives its slot back. */
static void
empty_cache (struct vm_tape *t, const struct vm_state *s, uint32_t area)
{
  const struct vm_swap_area *a = &s->areas[area];

  for (uint32_t slot = a->first + 1;
       slot < a->first + a->slots && !vm_tape_failed (t); slot++)
    if (s->slots[slot].frame != 0)
      vm_swap_give_up (t, s, s->slots[slot].frame);
}

/* What is brought back may drive something else out again: it is tried a few
 * times. True if nothing is in the area any more. */
static bool
empty_area (struct vm_tape *t, const struct vm_state *s, uint32_t area)
{
  const struct vm_swap_area *a = &s->areas[area];
  bool back = true;

  for (uint32_t pass = 0; pass < PASSES && back && a->used > 0; pass++) {
    for (uint32_t i = 0; i < s->process_count && back; i++)
      if ((s->processes[i].state == VM_PROCESS_RUNNING
           || s->processes[i].state == VM_PROCESS_WAITING)
          && vm_mm_of (s, i)->swapped > 0)
        back = bring_back (t, s, i, area);
    back = back && bring_shared_back (t, s, area);
    empty_cache (t, s, area);
  }
  return a->used == 0;
}

static bool
swap_off (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
          struct vm_result *result, struct vm_error *error)
{
  uint32_t area = (uint32_t) op->values[VM_P_SWAPOFF_AREA];
  const struct vm_swap_area *a = &s->areas[area];

  if (a->slots == 0)
    return refuse (error, VM_ERROR_OUT_OF_RANGE, "area", area, 0, 0);
  vm_step_begin (t, VM_STEP_SWAPOFF, (uint64_t[VM_STEP_VALUES]){area, a->used});
  vm_swap_close (t, s, area, true);
  if (empty_area (t, s, area))
    vm_swap_remove (t, s, area);
  else {
    vm_swap_close (t, s, area, false);
    result->refused = VM_ENOMEM;
  }
  vm_step_end (t);
  return true;
}

static bool
adjust (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
        struct vm_result *result, struct vm_error *error)
{
  int64_t more = (int64_t) op->values[VM_P_OOM_RAISE]
                 - (int64_t) op->values[VM_P_OOM_LOWER];

  if (!vm_execute_find_process (s, op->values[0], &result->process, error))
    return false;
  const struct vm_mm *mm = vm_mm_of (s, result->process);
  vm_put_u32 (t, &s->processes[result->process].oom_adjust,
              (uint32_t) (int32_t) more);
  int64_t score = vm_oom_score (s, result->process);
  vm_step_leaf (t, VM_STEP_OOM_SCORE,
                (uint64_t[VM_STEP_VALUES]){
                    result->process, score == INT64_MIN ? 0 : (uint64_t) score,
                    vm_account_rss (mm), mm->swapped, mm->tables,
                    (uint64_t) more});
  return true;
}

bool
vm_do_swap (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
            struct vm_result *result, struct vm_error *error)
{
  if (op->kind == VM_OP_SWAPON)
    return swap_on (t, s, op, error);
  if (op->kind == VM_OP_SWAPOFF)
    return swap_off (t, s, op, result, error);
  return adjust (t, s, op, result, error);
}

static enum vm_errno
lock (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
      uint32_t process)
{
  const uint64_t *v = op->values;
  uint64_t va = v[VM_P_MUNMAP_VA], length = v[VM_P_MUNMAP_LENGTH];
  const uint64_t mask = VM_PAGE_SIZE - 1;
  enum vm_errno refused
      = vm_mlock (t, s, process, va, length, v[VM_P_MLOCK_ON_FAULT]);

  if (refused != VM_ERRNO_NONE || vm_tape_failed (t))
    return refused;
  return vm_do_populate (t, s, process, va & ~mask,
                         (va + length + mask) & ~mask);
}

static enum vm_errno
lock_all (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
          uint32_t process)
{
  struct vm_lock_all what = {
      .current = op->values[VM_P_MLOCKALL_CURRENT],
      .future = op->values[VM_P_MLOCKALL_FUTURE],
      .on_fault = op->values[VM_P_MLOCKALL_ON_FAULT],
  };
  uint32_t mm = s->processes[process].mm;
  enum vm_errno refused = vm_mlock_all (t, s, process, &what);
  uint64_t va = 0;
  uint32_t region;

  if (refused != VM_ERRNO_NONE || !what.current)
    return refused;
  while ((region = vm_tree_find (s, mm, va)) != 0 && !vm_tape_failed (t)) {
    uint64_t start = vm_region_at (s, region)->start;
    va = vm_region_at (s, region)->end;
    vm_do_populate (t, s, process, start, va);
    if (s->processes[process].state != VM_PROCESS_RUNNING)
      return VM_EAGAIN;
  }
  return VM_ERRNO_NONE;
}

/* Pages of a range are given to a device: they must be there, and writable. */
static enum vm_errno
pin (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
     uint32_t process)
{
  uint64_t va = op->values[VM_P_MUNMAP_VA];
  uint64_t end = va + op->values[VM_P_MUNMAP_LENGTH];
  uint64_t start = va & ~(uint64_t) (VM_PAGE_SIZE - 1);
  enum vm_errno refused = vm_do_populate (t, s, process, start, end);

  for (uint64_t at = start;
       at < end && refused == VM_ERRNO_NONE && !vm_tape_failed (t);
       at += VM_PAGE_SIZE)
    refused = vm_pin (t, s, process, at);
  if (refused != VM_ERRNO_NONE && !vm_tape_failed (t))
    vm_unpin (t, s, process, start, end);
  return refused;
}

static enum vm_errno
call (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
      uint32_t process)
{
  uint64_t va = op->values[VM_P_MUNMAP_VA];
  uint64_t length = op->values[VM_P_MUNMAP_LENGTH];

  if (op->kind == VM_OP_MLOCK)
    return lock (t, s, op, process);
  if (op->kind == VM_OP_MUNLOCK)
    return vm_munlock (t, s, process, va, length);
  if (op->kind == VM_OP_MLOCKALL)
    return lock_all (t, s, op, process);
  vm_munlock_all (t, s, process);
  return VM_ERRNO_NONE;
}

static enum vm_call
call_of (enum vm_op_kind kind)
{
  if (kind == VM_OP_MLOCK)
    return VM_CALL_MLOCK;
  if (kind == VM_OP_MUNLOCK)
    return VM_CALL_MUNLOCK;
  return kind == VM_OP_MLOCKALL ? VM_CALL_MLOCKALL : VM_CALL_MUNLOCKALL;
}

/* No call of the process: a driver does it on its behalf. */
static bool
do_pins (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
         struct vm_result *result)
{
  uint64_t va = op->values[VM_P_MUNMAP_VA];

  if (op->kind == VM_OP_PIN)
    result->refused = (uint8_t) pin (t, s, op, result->process);
  else
    result->value = vm_unpin (t, s, result->process,
                              va & ~(uint64_t) (VM_PAGE_SIZE - 1),
                              va + op->values[VM_P_MUNMAP_LENGTH]);
  return true;
}

bool
vm_do_lock (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
            struct vm_result *result)
{
  uint32_t process = result->process;
  bool ranged = op->kind == VM_OP_MLOCK || op->kind == VM_OP_MUNLOCK;

  if (op->kind == VM_OP_PIN || op->kind == VM_OP_UNPIN)
    return do_pins (t, s, op, result);
  vm_call_begin (t, call_of (op->kind), process,
                 ranged ? op->values[VM_P_MUNMAP_VA] : 0,
                 ranged ? op->values[VM_P_MUNMAP_LENGTH] : 0, 0, 0);
  return vm_call_end (t, call_of (op->kind), result, call (t, s, op, process),
                      0);
}

enum vm_errno
vm_do_populate (struct vm_tape *t, const struct vm_state *s, uint32_t process,
                uint64_t start, uint64_t end)
{
  struct vm_handled handled;

  do
    handled = vm_handler_populate (t, s, process, start, end);
  while (handled.starved && vm_oom_relieve (t, s, process, &handled));
  return handled.solved ? VM_ERRNO_NONE : VM_EAGAIN;
}

/* The choices are off, linux, and then the policies. */
static enum vm_reclaim
how_of (const struct vm_op *op)
{
  uint64_t choice = op->values[VM_P_MACHINE_RECLAIM];
  return choice < VM_RECLAIM_POLICY ? (enum vm_reclaim) choice
                                    : VM_RECLAIM_POLICY;
}

bool
vm_do_check_reclaim (const struct vm_op *op, uint32_t frames,
                     struct vm_error *error)
{
  const uint64_t *v = op->values;
  bool by_policy = how_of (op) == VM_RECLAIM_POLICY;
  struct vm_watermarks marks = vm_reclaim_watermarks (frames);
  uint64_t min = v[VM_P_MACHINE_MIN] ? v[VM_P_MACHINE_MIN] : marks.min;
  uint64_t low = v[VM_P_MACHINE_LOW] ? v[VM_P_MACHINE_LOW]
                                     : min + marks.low - marks.min;
  uint64_t high = v[VM_P_MACHINE_HIGH] ? v[VM_P_MACHINE_HIGH]
                                       : low + marks.high - marks.low;

  if (how_of (op) == VM_RECLAIM_OFF && !vm_op_gives (op, VM_P_MACHINE_MIN)
      && !vm_op_gives (op, VM_P_MACHINE_LOW)
      && !vm_op_gives (op, VM_P_MACHINE_HIGH))
    return v[VM_P_MACHINE_SCOPE] == 0
           || refuse (error, VM_ERROR_MISSING_PARAMETER, "reclaim", 0, 0, 0);
  if (by_policy && !v[VM_P_MACHINE_SCOPE] && frames > VM_SET_FRAMES)
    return refuse (error, VM_ERROR_TOO_MANY, "frames of a policy", frames, 0,
                   VM_SET_FRAMES);
  if (!by_policy && v[VM_P_MACHINE_SCOPE])
    return refuse (error, VM_ERROR_MISSING_PARAMETER, "reclaim", 0, 0, 0);
  if (by_policy && !v[VM_P_MACHINE_SCOPE]
      && v[VM_P_MACHINE_RECLAIM] == VM_RECLAIM_POLICY + VM_POLICY_OPT)
    return refuse (error, VM_ERROR_MISSING_PARAMETER, "scope", 0, 0, 0);
  if (min >= low)
    return refuse (error, VM_ERROR_OUT_OF_RANGE, "watermark-low", low, min + 1,
                   high);
  if (low >= high || high >= frames)
    return refuse (error, VM_ERROR_OUT_OF_RANGE, "watermark-high", high,
                   low + 1, frames - 1);
  return true;
}

void
vm_do_begin_reclaim (struct vm_tape *t, const struct vm_state *s,
                     const struct vm_op *op)
{
  const struct vm_config *c = &s->config;
  const uint64_t *v = op->values;

  vm_put_u8 (t, &c->swappiness, (uint8_t) v[VM_P_MACHINE_SWAPPINESS]);
  vm_put_u32 (t, &c->watermark_min, (uint32_t) v[VM_P_MACHINE_MIN]);
  vm_put_u32 (t, &c->watermark_low, (uint32_t) v[VM_P_MACHINE_LOW]);
  vm_put_u32 (t, &c->watermark_high, (uint32_t) v[VM_P_MACHINE_HIGH]);
  if (how_of (op) == VM_RECLAIM_OFF)
    return;
  if (how_of (op) == VM_RECLAIM_POLICY)
    vm_put_u8 (t, &c->policy,
               (uint8_t) (v[VM_P_MACHINE_RECLAIM] - VM_RECLAIM_POLICY));
  vm_put_u8 (t, &c->local, (uint8_t) v[VM_P_MACHINE_SCOPE]);
  vm_put_u32 (t, &c->resident, (uint32_t) v[VM_P_MACHINE_RESIDENT]);
  vm_put_u32 (t, &c->interval, (uint32_t) v[VM_P_MACHINE_INTERVAL]);
  vm_put_u64 (t, &c->seed, v[VM_P_MACHINE_SEED]);
  vm_reclaim_begin (t, s, how_of (op));
}
