/* Keeps the descriptors of processes. */
#include "process/descriptors.h"

#include "process/task.h"

static const uint32_t *
slot_of (const struct vm_state *s, uint32_t table, uint32_t index)
{
  return &s->fds[table * VM_MAX_FDS + index];
}

static void
close_slot (struct vm_tape *t, const struct vm_state *s, const uint32_t *slot)
{
  uint32_t stream = *slot;

  vm_put_u32 (t, slot, 0);
  vm_streams_put (t, s, stream);
}

uint32_t
vm_descriptors_find (const struct vm_state *s, uint32_t process, uint64_t fd)
{
  if (fd < VM_FIRST_FD || fd >= VM_FIRST_FD + VM_MAX_FDS)
    return 0;
  return *slot_of (s, vm_task_files (s, process), (uint32_t) fd - VM_FIRST_FD);
}

enum vm_errno
vm_descriptors_open (struct vm_tape *t, const struct vm_state *s,
                     uint32_t process, uint32_t file, uint32_t *fd)
{
  uint32_t table = vm_task_files (s, process), index = 0;

  while (index < VM_MAX_FDS && *slot_of (s, table, index) != 0)
    index++;
  if (index == VM_MAX_FDS)
    return VM_EMFILE;
  uint32_t stream = vm_streams_open (t, s, file);
  if (stream == 0)
    return VM_EMFILE;
  vm_put_u32 (t, slot_of (s, table, index), stream);
  *fd = VM_FIRST_FD + index;
  return VM_ERRNO_NONE;
}

enum vm_errno
vm_descriptors_close (struct vm_tape *t, const struct vm_state *s,
                      uint32_t process, uint64_t fd)
{
  if (vm_descriptors_find (s, process, fd) == 0)
    return VM_EBADF;
  close_slot (
      t, s,
      slot_of (s, vm_task_files (s, process), (uint32_t) fd - VM_FIRST_FD));
  return VM_ERRNO_NONE;
}

void
vm_descriptors_copy (struct vm_tape *t, const struct vm_state *s, uint32_t from,
                     uint32_t to)
{
  for (uint32_t i = 0; i < VM_MAX_FDS && !vm_tape_failed (t); i++) {
    uint32_t stream = *slot_of (s, from, i);
    if (stream == 0)
      continue;
    vm_put_u32 (t, slot_of (s, to, i), stream);
    vm_streams_get (t, s, stream);
  }
}

void
vm_descriptors_drop (struct vm_tape *t, const struct vm_state *s,
                     uint32_t table)
{
  for (uint32_t i = 0; i < VM_MAX_FDS && !vm_tape_failed (t); i++)
    if (*slot_of (s, table, i) != 0)
      close_slot (t, s, slot_of (s, table, i));
}
