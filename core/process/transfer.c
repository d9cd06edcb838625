/* Copies between files and processes. */
#include "process/transfer.h"

#include "mm/files.h"

/* Bytes from one place of memory to another, within a page each. */
static void
copy (struct vm_tape *t, const struct vm_state *s, vm_paddr to, vm_paddr from,
      uint64_t count)
{
  uint8_t bytes[VM_PAGE_SIZE];
  uint64_t within = to.v % VM_PAGE_SIZE;
  vm_paddr page = vm_paddr_of (to.v - within);
  const uint8_t *source = vm_memory_bytes (s, from);

  /* The first byte gives the frame its slot. */
  if (!vm_memory_write (t, s, to, 1, source[0]) || vm_tape_failed (t))
    return;
  memcpy (bytes, vm_memory_bytes (s, page), sizeof bytes);
  memcpy (bytes + within, vm_memory_bytes (s, from), count);
  vm_put_page (t, vm_memory_bytes (s, page), bytes);
}

/* How much can be copied at once: within a page of the file and one of the
 * process. */
static uint64_t
piece_of (const struct vm_state *s, const struct vm_transfer *what,
          uint64_t done)
{
  uint64_t offset = what->offset + done, va = what->va + done;
  uint64_t in_file = VM_PAGE_SIZE - offset % VM_PAGE_SIZE;
  uint64_t in_page = VM_PAGE_SIZE - va % VM_PAGE_SIZE;
  uint64_t size = s->files[what->file].size;
  uint64_t left = what->length - done;

  if (!what->to_file && left > (offset < size ? size - offset : 0))
    left = offset < size ? size - offset : 0;
  left = left < in_file ? left : in_file;
  return left < in_page ? left : in_page;
}

static enum vm_errno
copy_piece (struct vm_tape *t, const struct vm_state *s, struct vm_user *user,
            const struct vm_transfer *what, uint64_t done, uint64_t count)
{
  const struct vm_file *f = &s->files[what->file];
  uint64_t offset = what->offset + done, va = what->va + done;
  struct vm_translation at;
  bool read;
  uint32_t frame = vm_files_get (t, s, what->file, offset >> VM_PAGE_SHIFT,
                                 user->process, &read);

  if (frame == 0)
    return VM_ENOMEM;
  if (!vm_user_access (t, s, user, va, what->to_file ? VM_READ : VM_WRITE, 1,
                       NULL, &at))
    return VM_EFAULT;
  vm_paddr page
      = vm_paddr_of (vm_frame_start (vm_frame_of (frame), VM_PAGE_SHIFT).v
                     + offset % VM_PAGE_SIZE);
  vm_step_leaf (t, VM_STEP_TRANSFER,
                (uint64_t[VM_STEP_VALUES]){user->process, va, what->file,
                                           offset, count, what->to_file});
  if (!what->to_file) {
    copy (t, s, at.pa, page, count);
    return VM_ERRNO_NONE;
  }
  copy (t, s, page, at.pa, count);
  vm_put_u16 (t, &s->frames[frame].flags,
              s->frames[frame].flags | VM_PAGE_DIRTY);
  if (offset + count > f->size)
    vm_put_u64 (t, &f->size, offset + count);
  return VM_ERRNO_NONE;
}

enum vm_errno
vm_transfer_bytes (struct vm_tape *t, const struct vm_state *s,
                   struct vm_user *user, const struct vm_transfer *what,
                   uint64_t *done)
{
  enum vm_errno refused = VM_ERRNO_NONE;
  uint64_t count;

  *done = 0;
  while (!vm_tape_failed (t) && (count = piece_of (s, what, *done)) != 0) {
    refused = copy_piece (t, s, user, what, *done, count);
    if (refused != VM_ERRNO_NONE)
      break;
    *done += count;
  }
  return *done > 0 ? VM_ERRNO_NONE : refused;
}
