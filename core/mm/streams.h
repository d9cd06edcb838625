/* Open files: where their readers are, and which failures they have heard of.
 *
 *   fds[process, 3] --+
 *   fds[child, 3] ----+--> streams[VM_MAX_FILES + n] --> file
 *   mappings of it, and whoever names it -> streams[file] --> file
 *
 * Descriptors that fork copies lead to one open file, with one position, as in
 * Linux (struct file). */
#ifndef VM_STREAMS_H
#define VM_STREAMS_H

#include "mm/files.h"

/* The bytes of a stream become those of a new one of a file. */
void vm_streams_begin (struct vm_tape *t, const struct vm_state *s,
                       uint32_t stream, uint32_t file);

/* Opens a file, for one descriptor. Returns the stream; 0: there are too
 * many. */
uint32_t vm_streams_open (struct vm_tape *t, const struct vm_state *s,
                          uint32_t file);

/* One descriptor more, and one less: the last one closes the file. */
void vm_streams_get (struct vm_tape *t, const struct vm_state *s,
                     uint32_t stream);
void vm_streams_put (struct vm_tape *t, const struct vm_state *s,
                     uint32_t stream);

/* VM_EIO if a write of its file failed that this stream has not heard of: each
 * hears of it once (file_check_and_advance_wb_err of mm/filemap.c). */
enum vm_errno vm_streams_error (struct vm_tape *t, const struct vm_state *s,
                                uint32_t stream);

#endif
