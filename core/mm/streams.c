/* Keeps open files. */
#include "mm/streams.h"

/* Failures that somebody was told of: who opens the file now need not hear of
 * them, but of those that nobody knows yet (errseq_sample of lib/errseq.c). */
static uint32_t
known_errors (const struct vm_state *s, uint32_t file)
{
  uint32_t most = 0;

  for (uint32_t i = 0; i < VM_MAX_FILES + VM_MAX_OPENS; i++)
    if (s->streams[i].file == file && s->streams[i].errors > most)
      most = s->streams[i].errors;
  return most;
}

void
vm_streams_begin (struct vm_tape *t, const struct vm_state *s, uint32_t stream,
                  uint32_t file)
{
  const struct vm_stream *to = &s->streams[stream];
  uint32_t errors = known_errors (s, file);

  vm_put_u64 (t, &to->position, 0);
  vm_put_u64 (t, &to->previous, UINT64_MAX);
  vm_put_u32 (t, &to->file, file);
  vm_put_u32 (t, &to->users, 0);
  vm_put_u32 (t, &to->start, 0);
  vm_put_u32 (t, &to->size, 0);
  vm_put_u32 (t, &to->async, 0);
  vm_put_u32 (t, &to->misses, 0);
  vm_put_u32 (t, &to->errors, errors);
}

uint32_t
vm_streams_open (struct vm_tape *t, const struct vm_state *s, uint32_t file)
{
  uint32_t stream = VM_MAX_FILES;

  while (stream < VM_MAX_FILES + VM_MAX_OPENS && s->streams[stream].file != 0)
    stream++;
  if (stream == VM_MAX_FILES + VM_MAX_OPENS)
    return 0;
  vm_streams_begin (t, s, stream, file);
  vm_put_u32 (t, &s->files[file].opens, s->files[file].opens + 1);
  vm_streams_get (t, s, stream);
  return stream;
}

void
vm_streams_get (struct vm_tape *t, const struct vm_state *s, uint32_t stream)
{
  vm_put_u32 (t, &s->streams[stream].users, s->streams[stream].users + 1);
}

void
vm_streams_put (struct vm_tape *t, const struct vm_state *s, uint32_t stream)
{
  const struct vm_stream *from = &s->streams[stream];
  uint32_t file = from->file;

  vm_put_u32 (t, &from->users, from->users - 1);
  if (from->users > 0)
    return;
  vm_put_u32 (t, &from->file, 0);
  vm_put_u32 (t, &s->files[file].opens, s->files[file].opens - 1);
  vm_files_drop_unused (t, s, file);
}

enum vm_errno
vm_streams_error (struct vm_tape *t, const struct vm_state *s, uint32_t stream)
{
  const struct vm_stream *it = &s->streams[stream];
  uint32_t errors = s->files[it->file].errors;

  if (it->errors == errors)
    return VM_ERRNO_NONE;
  vm_put_u32 (t, &it->errors, errors);
  return VM_EIO;
}
