/* Touches memory of a process, answering page faults. */
#include "process/user.h"

#include "mm/entries.h"
#include "mm/resident_set.h"
#include "mmu/cpu.h"
#include "process/oom.h"
#include "process/schedule.h"

/* The fault's answer; false: the access is not tried again. */
static bool
answer (struct vm_tape *t, const struct vm_state *s, struct vm_user *user,
        const struct vm_access *access, const struct vm_fault *fault)
{
  struct vm_fault_case what = {
      .process = user->process,
      .cpu = user->cpu,
      .va = access->va,
      .kind = access->kind,
      .mode = access->mode,
      .fault = *fault,
      .fixup = user->mode == VM_KERNEL_MODE,
  };

  if (vm_tape_failed (t))
    return false;
  user->last = vm_handle_fault (t, s, &what);
  return user->last.solved || vm_oom_relieve (t, s, user->process, &user->last);
}

bool
vm_user_access (struct vm_tape *t, const struct vm_state *s,
                struct vm_user *user, uint64_t va, enum vm_access_kind kind,
                uint32_t width, const uint64_t *store,
                struct vm_translation *result)
{
  struct vm_access access = {
      .va = vm_vaddr_of (va),
      .kind = kind,
      .mode = user->mode,
      .means_user = user->mode == VM_KERNEL_MODE,
  };
  uint64_t before;

  *result = (struct vm_translation){0};
  vm_tape_at (t, user->cpu, VM_TLB_DATA);
  vm_step_begin (
      t, VM_STEP_ACCESS,
      (uint64_t[VM_STEP_VALUES]){va, kind, user->mode, width, user->process});
  if (vm_schedule_to (t, s, user->cpu, user->process, &result->fault))
    do
      *result = vm_cpu_access (t, s, user->cpu, &access, width, store != NULL,
                               store != NULL ? *store : 0, &before);
    while (!result->ok && answer (t, s, user, &access, &result->fault));
  if (result->ok)
    vm_set_note (t, s, user->process, va, result->pa.v >> s->config.page_shift,
                 kind == VM_WRITE);
  vm_step_end (t);
  return result->ok && !vm_tape_failed (t);
}

/* Where a byte is, if nothing need happen for it to be touched. */
static bool
is_at_hand (const struct vm_state *s, uint32_t process, uint64_t va, bool write,
            vm_paddr *pa)
{
  struct vm_entry entry = vm_entry_of (s, process, vm_vaddr_of (va));
  uint64_t within = va & (vm_entry_size (s, &entry) - 1);

  if (!entry.pte.present || !entry.pte.accessed
      || (write && !(entry.pte.writable && entry.pte.dirty)))
    return false;
  *pa = vm_paddr_of (
      vm_frame_start (vm_frame_of (entry.pte.frame), s->config.page_shift).v
      + within);
  return true;
}

bool
vm_user_load (struct vm_tape *t, const struct vm_state *s, struct vm_user *user,
              uint64_t va, uint32_t width, uint64_t *value)
{
  struct vm_translation result;
  vm_paddr pa;

  *value = 0;
  if (!is_at_hand (s, user->process, va, false, &pa)) {
    if (!vm_user_access (t, s, user, va, VM_READ, width, NULL, &result))
      return false;
    pa = result.pa;
  }
  *value = vm_memory_read (s, pa, width);
  return true;
}

bool
vm_user_store (struct vm_tape *t, const struct vm_state *s,
               struct vm_user *user, uint64_t va, uint32_t width,
               uint64_t value)
{
  struct vm_translation result;
  vm_paddr pa;

  if (is_at_hand (s, user->process, va, true, &pa))
    return vm_memory_write (t, s, pa, width, value);
  return vm_user_access (t, s, user, va, VM_WRITE, width, &value, &result);
}

bool
vm_user_put (struct vm_tape *t, const struct vm_state *s, struct vm_user *user,
             uint64_t va, uint64_t size, const uint8_t *bytes)
{
  struct vm_translation result;
  vm_paddr pa;

  while (size > 0) {
    uint64_t part = VM_PAGE_SIZE - va % VM_PAGE_SIZE;
    part = part < size ? part : size;
    if (!is_at_hand (s, user->process, va, true, &pa)) {
      if (!vm_user_access (t, s, user, va, VM_WRITE, 1, NULL, &result))
        return false;
      pa = result.pa;
    }
    vm_memory_store (t, s, pa, part, bytes);
    if (vm_tape_failed (t))
      return false;
    va += part;
    bytes += part;
    size -= part;
  }
  return true;
}
