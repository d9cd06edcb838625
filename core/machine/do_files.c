/* Does the operations on files. */
#include "machine/do_files.h"

#include "machine/call.h"
#include "mm/layout.h"
#include "mm/msync.h"
#include "mm/space.h"
#include "mm/truncate.h"
#include "mm/writeback.h"
#include "process/descriptors.h"
#include "process/transfer.h"

static bool
refuse_number (struct vm_error *error, enum vm_error_code code,
               const char *subject, uint64_t value, uint64_t low, uint64_t high)
{
  vm_error_set_range (error, code, subject, value, low, high);
  return false;
}

static bool
find_file (const struct vm_state *s, uint64_t name, uint32_t *file,
           struct vm_error *error)
{
  *file = vm_files_find (s, (uint32_t) name);
  return *file != 0
         || refuse_number (error, VM_ERROR_UNKNOWN_FILE, NULL, name, 0, 0);
}

/* Which open file an operation is about: fd= or file=, one of which it must
 * give. *stream gets 0 if the descriptor is not open. */
static bool
find_stream (const struct vm_state *s, const struct vm_op *op, uint32_t process,
             uint32_t by_file, uint32_t by_fd, uint32_t *stream,
             struct vm_error *error)
{
  if (vm_op_gives (op, by_fd)) {
    *stream = vm_descriptors_find (s, process, op->values[by_fd]);
    return true;
  }
  if (vm_op_gives (op, by_file))
    return find_file (s, op->values[by_file], stream, error);
  vm_error_set (error, VM_ERROR_MISSING_PARAMETER, "file");
  return false;
}

static bool
do_open (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
         struct vm_result *result, struct vm_error *error)
{
  uint32_t file, fd = 0;

  if (!find_file (s, op->values[VM_P_OPEN_FILE], &file, error))
    return false;
  vm_call_begin (t, VM_CALL_OPEN, result->process, 0, 0, 0, file);
  enum vm_errno refused
      = vm_descriptors_open (t, s, result->process, file, &fd);
  return vm_call_end (t, VM_CALL_OPEN, result, refused, fd);
}

static bool
do_close (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
          struct vm_result *result)
{
  uint64_t fd = op->values[VM_P_CLOSE_FD];

  vm_call_begin (t, VM_CALL_CLOSE, result->process, 0, 0, 0,
                 s->streams[vm_descriptors_find (s, result->process, fd)].file);
  enum vm_errno refused = vm_descriptors_close (t, s, result->process, fd);
  return vm_call_end (t, VM_CALL_CLOSE, result, refused, 0);
}

static bool
do_transfer (struct vm_tape *t, const struct vm_state *s,
             const struct vm_op *op, struct vm_result *result,
             struct vm_error *error)
{
  bool to_file = op->kind == VM_OP_WRITE;
  enum vm_call call = to_file ? VM_CALL_WRITE : VM_CALL_READ;
  bool at_position = vm_op_gives (op, VM_P_READ_FD)
                     && !vm_op_gives (op, VM_P_READ_OFFSET);
  enum vm_errno refused = VM_EBADF;
  struct vm_user user = {
      .process = result->process,
      .cpu = vm_space_cpu_of (s, result->process),
      .mode = VM_KERNEL_MODE,
  };
  struct vm_transfer what = {
      .offset = op->values[VM_P_READ_OFFSET],
      .va = op->values[VM_P_READ_VA],
      .length = op->values[VM_P_READ_LENGTH],
      .to_file = to_file,
  };
  uint64_t done = 0;

  if (!find_stream (s, op, result->process, VM_P_READ_FILE, VM_P_READ_FD,
                    &what.stream, error))
    return false;
  const struct vm_stream *stream = &s->streams[what.stream];
  what.file = stream->file;
  if (at_position)
    what.offset = stream->position;
  vm_call_begin (t, call, result->process, what.va, what.length, 0, what.file);
  if (what.stream != 0)
    refused = vm_transfer_bytes (t, s, &user, &what, &done);
  if (at_position && done > 0)
    vm_put_u64 (t, &stream->position, what.offset + done);
  return vm_call_end (t, call, result, refused, done);
}

static bool
do_truncate (struct vm_tape *t, const struct vm_state *s,
             const struct vm_op *op, struct vm_result *result,
             struct vm_error *error)
{
  uint64_t size = op->values[VM_P_TRUNCATE_SIZE];
  uint32_t file;

  if (!find_file (s, op->values[VM_P_TRUNCATE_FILE], &file, error))
    return false;
  vm_call_begin (t, VM_CALL_TRUNCATE, result->process, 0, size, 0, file);
  bool done = vm_truncate (t, s, file, size, result->process);
  return vm_call_end (t, VM_CALL_TRUNCATE, result,
                      done ? VM_ERRNO_NONE : VM_ENOMEM, 0);
}

static bool
do_msync (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
          struct vm_result *result)
{
  static const enum vm_msync_mode modes[]
      = {VM_SYNC_WAIT, VM_SYNC_LATER, VM_SYNC_INVALIDATE};
  uint64_t va = op->values[VM_P_MUNMAP_VA];
  uint64_t length = op->values[VM_P_MUNMAP_LENGTH];

  vm_call_begin (t, VM_CALL_MSYNC, result->process, va, length, 0, 0);
  enum vm_errno refused = vm_msync (t, s, result->process, va, length,
                                    modes[op->values[VM_P_MSYNC_MODE]]);
  return vm_call_end (t, VM_CALL_MSYNC, result, refused, 0);
}

static bool
do_fsync (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
          struct vm_result *result, struct vm_error *error)
{
  enum vm_errno refused = VM_EBADF;
  uint32_t stream;

  if (!find_stream (s, op, result->process, VM_P_FSYNC_FILE, VM_P_FSYNC_FD,
                    &stream, error))
    return false;
  vm_call_begin (t, VM_CALL_FSYNC, result->process, 0, 0, 0,
                 s->streams[stream].file);
  if (stream != 0) {
    vm_writeback_range (t, s, s->streams[stream].file, 0, VM_NO_PAGE - 1,
                        UINT32_MAX);
    refused = vm_streams_error (t, s, stream);
  }
  return vm_call_end (t, VM_CALL_FSYNC, result, refused, 0);
}

/* Only where pages are those of files. */
static bool
check_pages (const struct vm_state *s, struct vm_error *error)
{
  struct vm_geometry room;

  return vm_layout_suits (vm_geometry_configured (&s->config, &room))
         || refuse_number (error, VM_ERROR_NOT_HERE, "a file", 0, 0, 0);
}

/* A new file; 0 and *error if there can be none. */
static uint32_t
make (struct vm_tape *t, const struct vm_state *s, enum vm_file_kind kind,
      uint32_t name, uint64_t size, struct vm_error *error)
{
  if (!check_pages (s, error))
    return 0;
  if (vm_files_find (s, name) != 0) {
    refuse_number (error, VM_ERROR_FILE_EXISTS, NULL, name, 0, 0);
    return 0;
  }
  uint32_t file = vm_files_make (t, s, kind, name, size);
  if (file == 0)
    refuse_number (error, VM_ERROR_TOO_MANY, "file", 0, 0, VM_MAX_FILES - 1);
  return file;
}

static bool
refuse_word (struct vm_error *error, enum vm_error_code code, const char *word)
{
  vm_error_set (error, code, word);
  return false;
}

/* The bytes of a new file, and how many it has. */
static bool
find_content (const struct vm_tape *t, const struct vm_op *op,
              uint32_t *content, uint64_t *size, struct vm_error *error)
{
  bool given = vm_op_gives (op, VM_P_FILE_CONTENT);
  bool text = vm_op_gives (op, VM_P_FILE_TEXT);

  *content = (uint32_t) op->values[text ? VM_P_FILE_TEXT : VM_P_FILE_CONTENT];
  vm_contents_bytes (t->contents, *content, size);
  if (vm_op_gives (op, VM_P_FILE_SIZE))
    *size = op->values[VM_P_FILE_SIZE];
  else if (!given && !text)
    return refuse_word (error, VM_ERROR_MISSING_PARAMETER, "size");
  if (given && text)
    return refuse_word (error, VM_ERROR_REPEATED_PARAMETER, "text");
  if ((given || text) && op->values[VM_P_FILE_FS] != 0)
    return refuse_word (error, VM_ERROR_NOT_HERE, "tmpfs");
  return true;
}

static bool
make_file (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
           struct vm_error *error)
{
  const uint64_t *v = op->values;
  uint32_t name = (uint32_t) v[VM_P_FILE_NAME];
  enum vm_file_kind kind = v[VM_P_FILE_FS] == 0 ? VM_FILE_DISK : VM_FILE_TMPFS;
  uint32_t content;
  uint64_t size;

  if (!find_content (t, op, &content, &size, error))
    return false;
  vm_step_begin (t, VM_STEP_FILE,
                 (uint64_t[VM_STEP_VALUES]){name, size, v[VM_P_FILE_FS],
                                            v[VM_P_FILE_CACHED]});
  uint32_t file = make (t, s, kind, name, size, error);
  if (file == 0)
    return false;
  vm_put_u32 (t, &s->files[file].path, (uint32_t) v[VM_P_FILE_PATH]);
  if (content != 0 && !vm_files_give (t, s, file, content))
    return refuse_number (error, VM_ERROR_OUT_OF_MEMORY, NULL, 0, 0, 0);
  uint64_t pages = v[VM_P_FILE_CACHED] ? vm_files_pages (s, file) : 0;
  for (uint64_t page = 0; page < pages && !vm_tape_failed (t); page++)
    if (vm_files_get (t, s, file, page, VM_NONE) == 0)
      return refuse_number (error, VM_ERROR_OUT_OF_FRAMES, NULL, 0, 0, 0);
  vm_step_end (t);
  return true;
}

static bool
make_shared (struct vm_tape *t, const struct vm_state *s,
             const struct vm_op *op, struct vm_error *error)
{
  static const enum vm_file_origin origins[]
      = {VM_FILE_POSIX, VM_FILE_MEMFD, VM_FILE_SYSV};
  uint32_t name = (uint32_t) op->values[VM_P_SHM_NAME];
  uint64_t size = op->values[VM_P_SHM_SIZE];

  vm_step_begin (t, VM_STEP_FILE, (uint64_t[VM_STEP_VALUES]){name, size, 1, 0});
  uint32_t file = make (t, s, VM_FILE_TMPFS, name, size, error);
  if (file == 0)
    return false;
  vm_put_u32 (t, &s->files[file].origin, origins[op->values[VM_P_SHM_KIND]]);
  vm_step_end (t);
  return true;
}

static bool
unlink_file (struct vm_tape *t, const struct vm_state *s,
             const struct vm_op *op, struct vm_error *error)
{
  uint32_t file;

  if (!find_file (s, op->values[VM_P_UNLINK_NAME], &file, error))
    return false;
  vm_step_begin (t, VM_STEP_UNLINK,
                 (uint64_t[VM_STEP_VALUES]){s->files[file].name,
                                            s->files[file].regions
                                                + s->files[file].opens});
  vm_files_unlink (t, s, file);
  vm_step_end (t);
  return true;
}

static bool
drop_caches (struct vm_tape *t, const struct vm_state *s,
             const struct vm_op *op, struct vm_result *result,
             struct vm_error *error)
{
  uint32_t file = 0;

  if (vm_op_gives (op, VM_P_DROP_FILE)
      && !find_file (s, op->values[VM_P_DROP_FILE], &file, error))
    return false;
  result->value = vm_truncate_drop (t, s, file);
  return true;
}

bool
vm_do_file_call (struct vm_tape *t, const struct vm_state *s,
                 const struct vm_op *op, struct vm_result *result,
                 struct vm_error *error)
{
  if (op->kind == VM_OP_OPEN)
    return do_open (t, s, op, result, error);
  if (op->kind == VM_OP_CLOSE)
    return do_close (t, s, op, result);
  if (op->kind == VM_OP_TRUNCATE)
    return do_truncate (t, s, op, result, error);
  if (op->kind == VM_OP_MSYNC)
    return do_msync (t, s, op, result);
  if (op->kind == VM_OP_FSYNC)
    return do_fsync (t, s, op, result, error);
  return do_transfer (t, s, op, result, error);
}

bool
vm_do_files (struct vm_tape *t, const struct vm_state *s,
             const struct vm_op *op, struct vm_result *result,
             struct vm_error *error)
{
  if (op->kind == VM_OP_FILE)
    return make_file (t, s, op, error);
  if (op->kind == VM_OP_SHM)
    return make_shared (t, s, op, error);
  if (op->kind == VM_OP_UNLINK)
    return unlink_file (t, s, op, error);
  if (op->kind == VM_OP_DROP_CACHES)
    return drop_caches (t, s, op, result, error);
  if (op->kind == VM_OP_TICK)
    vm_writeback_tick (t, s, op->values[VM_P_TICK_SECONDS]);
  else
    vm_writeback_all (t, s);
  return true;
}
