/* Keeps the descriptors of processes. */
#include "process/descriptors.h"

static const uint32_t *
slot_of (const struct vm_state *s, uint32_t process, uint32_t index)
{
  return &s->fds[process * VM_MAX_FDS + index];
}

uint32_t
vm_descriptors_find (const struct vm_state *s, uint32_t process, uint64_t fd)
{
  if (fd < VM_FIRST_FD || fd >= VM_FIRST_FD + VM_MAX_FDS)
    return 0;
  return *slot_of (s, process, (uint32_t) fd - VM_FIRST_FD);
}

enum vm_errno
vm_descriptors_open (struct vm_tape *t, const struct vm_state *s,
                     uint32_t process, uint32_t file, uint32_t *fd)
{
  uint32_t index = 0;

  while (index < VM_MAX_FDS && *slot_of (s, process, index) != 0)
    index++;
  if (index == VM_MAX_FDS)
    return VM_EMFILE;
  uint32_t stream = vm_streams_open (t, s, file);
  if (stream == 0)
    return VM_EMFILE;
  vm_put_u32 (t, slot_of (s, process, index), stream);
  *fd = VM_FIRST_FD + index;
  return VM_ERRNO_NONE;
}

enum vm_errno
vm_descriptors_close (struct vm_tape *t, const struct vm_state *s,
                      uint32_t process, uint64_t fd)
{
  uint32_t stream = vm_descriptors_find (s, process, fd);

  if (stream == 0)
    return VM_EBADF;
  vm_put_u32 (t, slot_of (s, process, (uint32_t) fd - VM_FIRST_FD), 0);
  vm_streams_put (t, s, stream);
  return VM_ERRNO_NONE;
}

void
vm_descriptors_copy (struct vm_tape *t, const struct vm_state *s,
                     uint32_t parent, uint32_t child)
{
  for (uint32_t i = 0; i < VM_MAX_FDS && !vm_tape_failed (t); i++) {
    uint32_t stream = *slot_of (s, parent, i);
    if (stream == 0)
      continue;
    vm_put_u32 (t, slot_of (s, child, i), stream);
    vm_streams_get (t, s, stream);
  }
}

void
vm_descriptors_drop (struct vm_tape *t, const struct vm_state *s,
                     uint32_t process)
{
  for (uint32_t i = 0; i < VM_MAX_FDS && !vm_tape_failed (t); i++)
    if (*slot_of (s, process, i) != 0)
      vm_descriptors_close (t, s, process, VM_FIRST_FD + i);
}
