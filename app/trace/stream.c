/* The thread that reads a trace. */
#include "stream.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "input.h"

/* Batches that go round between the two threads. */
#define BATCHES 4

/* How long an impatient caller waits, in microseconds. */
#define A_MOMENT 50000

struct _TraceStream {
  TraceInput *input;
  struct vm_reader *reader;
  GThread *thread;
  GAsyncQueue *full, *empty; /* of TraceBatch */
  TraceBatch *batches[BATCHES];
  TraceBatch *lent;  /* to the user */
  TraceBatch idle;   /* what an impatient caller gets */
  gint stopping;     /* atomic */
  gint format;       /* atomic: enum vm_trace_format */
  gboolean finished; /* the user has seen the end */
  char *problem;     /* written by the thread before its last batch */
  guint64 line;
};

char *
trace_problem_text (const struct vm_reader_error *error)
{
  const char *word = error->word;

  switch (error->problem) {
  case VM_READER_FINE:
    return g_strdup (_ ("nothing is wrong"));
  case VM_READER_UNKNOWN_FORMAT:
    return g_strdup (_ ("this begins like no trace that is known; --format "
                        "says what it is"));
  case VM_READER_LINE_TOO_LONG:
    return g_strdup_printf (_ ("this line is longer than %u bytes"),
                            VM_READER_LINE);
  case VM_READER_BAD_LINE:
    return g_strdup_printf (_ ("“%s” is no access in this format"), word);
  case VM_READER_BAD_NUMBER:
    return g_strdup_printf (_ ("“%s” is no number in this format"), word);
  case VM_READER_TOO_LARGE:
    return g_strdup_printf (_ ("“%s” is more than any address"), word);
  case VM_READER_BAD_KIND:
    return g_strdup_printf (
        _ ("“%s” is no kind of access; read, write, fetch and modify are"),
        word);
  case VM_READER_BAD_SIZE:
    return g_strdup_printf (_ ("“%s” is no size of an access: 1 to %u bytes"),
                            word, VM_READER_ACCESS);
  case VM_READER_WRAPS:
    return g_strdup_printf (
        _ ("the access at “%s” goes beyond what there can be of addresses"),
        word);
  case VM_READER_NO_COLUMN:
    return g_strdup (
        _ ("no column of the first line is called address or page"));
  case VM_READER_MISSING_FIELD:
    return g_strdup (_ ("this line has fewer fields than the first"));
  case VM_READER_BAD_VERSION:
    return g_strdup_printf (
        _ ("coding %" PRIu64 " of a binary trace is unknown here"),
        error->value);
  case VM_READER_CUT:
    return g_strdup_printf (
        _ ("this binary trace was cut at pages of %" PRIu64
           " bytes, and does not know what crosses smaller ones; make it anew "
           "with --geometry and --convert"),
        error->value);
  case VM_READER_BAD_CODE:
    return g_strdup (_ ("this record of a binary trace means nothing"));
  case VM_READER_TRUNCATED:
    return g_strdup (_ ("the binary trace ends too early"));
  case VM_READER_BAD_COUNT:
    return g_strdup_printf (
        _ ("the binary trace should have %" PRIu64 " records"), error->value);
  case VM_READER_TRAILING:
    return g_strdup (_ ("there is something behind the end of the trace"));
  }
  g_return_val_if_reached (NULL);
}

static gboolean
is_stopping (TraceStream *stream)
{
  return g_atomic_int_get (&stream->stopping);
}

static void
note_problem (TraceStream *stream)
{
  const struct vm_reader_error *error = vm_reader_error (stream->reader);

  stream->problem = trace_problem_text (error);
  stream->line = error->line;
}

/* Hands a batch over, if there is something in it. */
static TraceBatch *
pass_on (TraceStream *stream, TraceBatch *batch)
{
  batch->process = vm_reader_process (stream->reader);
  batch->fraction = trace_input_fraction (stream->input);
  g_atomic_int_set (&stream->format, (gint) vm_reader_format (stream->reader));
  if (batch->count == 0)
    return batch;
  g_async_queue_push (stream->full, batch);
  return g_async_queue_pop (stream->empty);
}

/* Makes records of a piece. */
static TraceBatch *
read_piece (TraceStream *stream, TraceBatch *batch, const guint8 *bytes,
            gsize length)
{
  gboolean going = TRUE;

  while (length > 0 && going && !is_stopping (stream)) {
    gsize used;
    going = vm_reader_push (stream->reader, bytes, length, &used,
                            batch->records, TRACE_BATCH, &batch->count);
    bytes += used;
    length -= used;
    batch = pass_on (stream, batch);
  }
  if (!going)
    note_problem (stream);
  return batch;
}

static TraceBatch *
read_end (TraceStream *stream, TraceBatch *batch)
{
  do {
    if (!vm_reader_end (stream->reader, batch->records, TRACE_BATCH,
                        &batch->count))
      note_problem (stream);
    if (batch->count == 0)
      return batch;
    batch = pass_on (stream, batch);
  } while (stream->problem == NULL && !is_stopping (stream));
  return batch;
}

static gpointer
read_all (gpointer data)
{
  TraceStream *stream = data;
  g_autofree guint8 *piece = g_malloc (TRACE_PIECE);
  g_autoptr (GError) error = NULL;
  TraceBatch *batch = g_async_queue_pop (stream->empty);
  gssize length = 0;

  while (stream->problem == NULL && !is_stopping (stream)
         && (length = trace_input_read (stream->input, piece, &error)) > 0)
    batch = read_piece (stream, batch, piece, (gsize) length);
  if (length < 0) {
    stream->problem = g_strdup (error->message);
    stream->line = vm_reader_line (stream->reader) > 1
                       ? vm_reader_line (stream->reader)
                       : 0;
  }
  if (stream->problem == NULL && !is_stopping (stream))
    batch = read_end (stream, batch);
  batch->count = 0;
  g_async_queue_push (stream->full, batch);
  return NULL;
}

static TraceStream *
stream_new (TraceInput *input, enum vm_trace_format format, guint shift)
{
  TraceStream *stream = g_new0 (TraceStream, 1);

  stream->input = input;
  stream->reader = vm_reader_new (format, shift);
  stream->format = (gint) format;
  stream->full = g_async_queue_new ();
  stream->empty = g_async_queue_new ();
  for (guint i = 0; i < BATCHES; i++) {
    stream->batches[i] = g_new0 (TraceBatch, 1);
    g_async_queue_push (stream->empty, stream->batches[i]);
  }
  stream->thread = g_thread_new ("trace", read_all, stream);
  return stream;
}

TraceStream *
trace_stream_open (const char *path, enum vm_trace_format format, guint shift,
                   GError **error)
{
  TraceInput *input = trace_input_open (path, error);

  return input != NULL ? stream_new (input, format, shift) : NULL;
}

TraceStream *
trace_stream_open_fd (int fd, enum vm_trace_format format, guint shift)
{
  return stream_new (trace_input_open_fd (fd), format, shift);
}

void
trace_stream_free (TraceStream *stream)
{
  if (stream == NULL)
    return;

  g_atomic_int_set (&stream->stopping, TRUE);
  /* The thread may wait for a batch: it gets all that are about. */
  if (stream->lent != NULL)
    g_async_queue_push (stream->empty, stream->lent);
  while (!stream->finished) {
    TraceBatch *batch = g_async_queue_pop (stream->full);
    stream->finished = batch->count == 0;
    g_async_queue_push (stream->empty, batch);
  }
  g_thread_join (stream->thread);
  g_async_queue_unref (stream->full);
  g_async_queue_unref (stream->empty);
  for (guint i = 0; i < BATCHES; i++)
    g_free (stream->batches[i]);
  vm_reader_free (stream->reader);
  trace_input_free (stream->input);
  g_free (stream->problem);
  g_free (stream);
}

const TraceBatch *
trace_stream_next (TraceStream *stream, gboolean patient)
{
  if (stream->finished)
    return NULL;

  if (stream->lent != NULL)
    g_async_queue_push (stream->empty, g_steal_pointer (&stream->lent));
  stream->lent = patient ? g_async_queue_pop (stream->full)
                         : g_async_queue_timeout_pop (stream->full, A_MOMENT);
  if (stream->lent == NULL)
    return &stream->idle;
  stream->finished = stream->lent->count == 0;
  return stream->finished ? NULL : stream->lent;
}

const char *
trace_stream_problem (const TraceStream *stream, guint64 *line)
{
  *line = stream->line;
  return stream->problem;
}

enum vm_trace_format
trace_stream_format (const TraceStream *stream)
{
  return (enum vm_trace_format) g_atomic_int_get (&stream->format);
}
