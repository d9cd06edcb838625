/* Copies between files and processes. */
#include "process/transfer.h"

#include "mm/reclaim.h"
#include "mm/writeback.h"

/* One piece: within a page of the file and one of the process. */
struct piece {
  uint64_t offset, va, count;
};

static void
copy (struct vm_tape *t, const struct vm_state *s, vm_paddr to, vm_paddr from,
      uint64_t count)
{
  uint8_t bytes[VM_PAGE_SIZE];

  vm_memory_load (s, from, count, bytes);
  vm_memory_store (t, s, to, count, bytes);
}

static struct piece
piece_of (const struct vm_state *s, const struct vm_transfer *what,
          uint64_t done)
{
  struct piece p = {what->offset + done, what->va + done, what->length - done};
  uint64_t in_file = VM_PAGE_SIZE - p.offset % VM_PAGE_SIZE;
  uint64_t in_page = VM_PAGE_SIZE - p.va % VM_PAGE_SIZE;
  uint64_t size = s->files[what->file].size;
  uint64_t left = p.offset < size ? size - p.offset : 0;

  if (!what->to_file && p.count > left)
    p.count = left;
  p.count = p.count < in_file ? p.count : in_file;
  p.count = p.count < in_page ? p.count : in_page;
  return p;
}

/* The page that a read finds, or has read; what is on no disk and was never
 * written has none: *hole, and it reads as zeros. 0: no frame is left. */
static uint32_t
page_to_read (struct vm_tape *t, const struct vm_state *s,
              const struct vm_transfer *what, const struct piece *p,
              uint32_t process, bool *hole)
{
  const struct vm_reader reader = {what->stream, what->file, process};
  uint64_t page = p->offset >> VM_PAGE_SHIFT;
  uint64_t end = (what->offset + what->length + VM_PAGE_SIZE - 1)
                 >> VM_PAGE_SHIFT;
  uint32_t frame = vm_files_cached (s, what->file, page);

  bool on_disk = s->files[what->file].kind == VM_FILE_DISK;

  *hole = !on_disk && !vm_files_has (s, what->file, page);
  if (*hole)
    return 0;
  if (frame == 0)
    vm_reclaim_prepare (t, s, process, 1);
  if (frame == 0 && on_disk)
    vm_readahead_sync (t, s, &reader, page, end - page);
  frame = vm_files_get (t, s, what->file, page, process);
  if (on_disk)
    vm_readahead_async (t, s, &reader, page, end - page);
  return frame;
}

/* The page that a write goes to. One that it overwrites only in part is read
 * first. */
static uint32_t
page_to_write (struct vm_tape *t, const struct vm_state *s,
               const struct vm_transfer *what, const struct piece *p,
               uint32_t process)
{
  uint64_t page = p->offset >> VM_PAGE_SHIFT;

  if (vm_files_cached (s, what->file, page) == 0)
    vm_reclaim_prepare (t, s, process, 1);
  return p->count == VM_PAGE_SIZE
             ? vm_files_get_blank (t, s, what->file, page, process)
             : vm_files_get (t, s, what->file, page, process);
}

/* The frame of a page must not go while something else is sought. */
static void
pin (struct vm_tape *t, const struct vm_state *s, uint32_t frame)
{
  if (frame != 0)
    vm_frames_get (t, s, vm_frame_of (frame), 1, s->frames[frame].owner);
}

static void
unpin (struct vm_tape *t, const struct vm_state *s, uint32_t frame)
{
  if (frame != 0)
    vm_frames_put (t, s, vm_frame_of (frame), 1);
}

static vm_paddr
place_in (uint32_t frame, uint64_t offset)
{
  return vm_paddr_of (vm_frame_start (vm_frame_of (frame), VM_PAGE_SHIFT).v
                      + offset % VM_PAGE_SIZE);
}

static void
tell (struct vm_tape *t, const struct vm_state *s,
      const struct vm_transfer *what, const struct piece *p, uint32_t process)
{
  const struct vm_counters *n = &s->counters;

  vm_put_u64 (t, &n->copies, n->copies + 1);
  vm_put_u64 (t, &n->copied_bytes, n->copied_bytes + p->count);
  vm_step_leaf (t, VM_STEP_TRANSFER,
                (uint64_t[VM_STEP_VALUES]){process, p->va, what->file,
                                           p->offset, p->count, what->to_file});
}

static enum vm_errno
read_piece (struct vm_tape *t, const struct vm_state *s, struct vm_user *user,
            const struct vm_transfer *what, const struct piece *p)
{
  struct vm_translation at;
  bool hole;
  uint32_t frame = page_to_read (t, s, what, p, user->process, &hole);

  if (frame == 0 && !hole)
    return VM_ENOMEM;
  pin (t, s, frame);
  bool touched = vm_user_access (t, s, user, p->va, VM_WRITE, 1, NULL, &at);
  if (touched) {
    const uint8_t zeros[VM_PAGE_SIZE] = {0};
    tell (t, s, what, p, user->process);
    if (hole)
      vm_memory_store (t, s, at.pa, p->count, zeros);
    else
      copy (t, s, at.pa, place_in (frame, p->offset), p->count);
  }
  unpin (t, s, frame);
  return touched ? VM_ERRNO_NONE : VM_EFAULT;
}

static enum vm_errno
write_piece (struct vm_tape *t, const struct vm_state *s, struct vm_user *user,
             const struct vm_transfer *what, const struct piece *p)
{
  const struct vm_file *f = &s->files[what->file];
  struct vm_translation at;

  if (!vm_user_access (t, s, user, p->va, VM_READ, 1, NULL, &at))
    return VM_EFAULT;
  uint32_t source = (uint32_t) (at.pa.v >> VM_PAGE_SHIFT);
  bool managed = vm_frames_managed (s, vm_frame_of (source));
  pin (t, s, managed ? source : 0);
  uint32_t frame = page_to_write (t, s, what, p, user->process);
  if (frame != 0) {
    tell (t, s, what, p, user->process);
    copy (t, s, place_in (frame, p->offset), at.pa, p->count);
    vm_files_set_dirty (t, s, frame);
    if (p->offset + p->count > f->size)
      vm_put_u64 (t, &f->size, p->offset + p->count);
  }
  unpin (t, s, managed ? source : 0);
  vm_writeback_balance (t, s);
  return frame != 0 ? VM_ERRNO_NONE : VM_ENOMEM;
}

enum vm_errno
vm_transfer_bytes (struct vm_tape *t, const struct vm_state *s,
                   struct vm_user *user, const struct vm_transfer *what,
                   uint64_t *done)
{
  const struct vm_stream *stream = &s->streams[what->stream];
  enum vm_errno refused = VM_ERRNO_NONE;
  struct piece p;

  *done = 0;
  while (!vm_tape_failed (t) && (p = piece_of (s, what, *done)).count != 0) {
    refused = what->to_file ? write_piece (t, s, user, what, &p)
                            : read_piece (t, s, user, what, &p);
    if (refused != VM_ERRNO_NONE)
      break;
    *done += p.count;
  }
  if (!what->to_file && *done > 0)
    vm_put_u64 (t, &stream->previous, what->offset + *done);
  return *done > 0 ? VM_ERRNO_NONE : refused;
}
