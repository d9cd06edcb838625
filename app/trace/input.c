/* Opens files and pipes, and reads them piece by piece. */
#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "inflate.h"
#include "replay/binary.h"

struct _TraceInput {
  int fd;
  goffset size, position; /* size 0: unknown */
  gboolean ended, begun;
  TraceCompression compression;
  TraceInflate *inflate;
  guint8 *packed; /* what was read and not yet inflated */
  gsize packed_at, packed_length;
};

static void
fail_errno (GError **error, int code)
{
  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code),
                       g_strerror (code));
}

/* Learns how long the file is. False for what cannot be read as one. */
static gboolean
look_at (TraceInput *input, GError **error)
{
  struct stat info;

  if (fstat (input->fd, &info) != 0) {
    fail_errno (error, errno);
    return FALSE;
  }
  if (S_ISDIR (info.st_mode)) {
    fail_errno (error, EISDIR);
    return FALSE;
  }
  if (S_ISREG (info.st_mode))
    input->size = info.st_size;
  return TRUE;
}

gboolean
trace_input_is_trace (const char *path)
{
  guint8 head[8] = {0};
  /* Not a pipe, which might say nothing for ever. */
  FILE *file = g_file_test (path, G_FILE_TEST_IS_REGULAR) ? fopen (path, "rb")
                                                          : NULL;
  if (file == NULL)
    return FALSE;

  gsize length = fread (head, 1, sizeof head, file);
  fclose (file);
  return trace_compression_of (head, length) != TRACE_PLAIN
         || memcmp (head, VM_BINARY_MAGIC, sizeof head) == 0;
}

TraceInput *
trace_input_open (const char *path, GError **error)
{
  g_autoptr (TraceInput) input = g_new0 (TraceInput, 1);

  input->fd = strcmp (path, "-") == 0 ? fcntl (STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
                                      : open (path, O_RDONLY | O_CLOEXEC);
  if (input->fd == -1) {
    fail_errno (error, errno);
    return NULL;
  }
  if (!look_at (input, error))
    return NULL;
  return g_steal_pointer (&input);
}

TraceInput *
trace_input_open_fd (int fd)
{
  TraceInput *input = g_new0 (TraceInput, 1);

  input->fd = fd;
  return input;
}

void
trace_input_free (TraceInput *input)
{
  if (input == NULL)
    return;

  if (input->fd != -1)
    close (input->fd);
  g_clear_pointer (&input->inflate, trace_inflate_free);
  g_free (input->packed);
  g_free (input);
}

/* Reads what is there; at the very beginning enough to see how it is
 * compressed. */
static gssize
read_file (TraceInput *input, guint8 *bytes, gsize least, GError **error)
{
  gsize count = 0;

  do {
    gssize more = read (input->fd, bytes + count, TRACE_PIECE - count);
    if (more < 0 && errno == EINTR)
      continue;
    if (more < 0) {
      fail_errno (error, errno);
      return -1;
    }
    input->ended = more == 0;
    count += (gsize) more;
  } while (!input->ended && count < least);
  input->position += (goffset) count;
  return (gssize) count;
}

/* The first piece says how the file is compressed. */
static gssize
begin (TraceInput *input, guint8 *bytes, GError **error)
{
  gssize count = read_file (input, bytes, 4, error);
  if (count < 0)
    return -1;

  input->begun = TRUE;
  input->compression = trace_compression_of (bytes, (gsize) count);
  if (input->compression == TRACE_PLAIN)
    return count;
  input->inflate = trace_inflate_new (input->compression, error);
  if (input->inflate == NULL)
    return -1;
  input->packed = g_memdup2 (bytes, TRACE_PIECE);
  input->packed_length = (gsize) count;
  return 0;
}

/* Reads on when all that was read has been inflated. */
static gboolean
refill (TraceInput *input, GError **error)
{
  if (input->packed_at < input->packed_length || input->ended)
    return TRUE;

  gssize count = read_file (input, input->packed, 1, error);
  input->packed_at = 0;
  input->packed_length = count > 0 ? (gsize) count : 0;
  return count >= 0;
}

static gssize
read_packed (TraceInput *input, guint8 *bytes, GError **error)
{
  for (;;) {
    gsize used;
    if (!refill (input, error))
      return -1;
    gssize count
        = trace_inflate_more (input->inflate, input->packed + input->packed_at,
                              input->packed_length - input->packed_at,
                              input->ended, &used, bytes, TRACE_PIECE, error);
    input->packed_at += used;
    if (count != 0)
      return count;
    if (input->ended && used == 0)
      return 0;
  }
}

gssize
trace_input_read (TraceInput *input, guint8 *bytes, GError **error)
{
  if (!input->begun) {
    gssize count = begin (input, bytes, error);
    if (count < 0 || input->inflate == NULL)
      return count;
  }
  if (input->inflate != NULL)
    return read_packed (input, bytes, error);
  return read_file (input, bytes, 1, error);
}

double
trace_input_fraction (const TraceInput *input)
{
  if (input->size <= 0)
    return -1;
  return MIN (1, (double) input->position / (double) input->size);
}

const char *
trace_input_compression (const TraceInput *input)
{
  switch (input->compression) {
  case TRACE_PLAIN:
    return NULL;
  case TRACE_GZIP:
    return "gzip";
  case TRACE_ZSTD:
    return "zstd";
  }
  return NULL;
}
