/* Keeps the accesses of a trace, coded. */
#include "shelf.h"

#include "replay/binary.h"
#include "replay/reader.h"
#include "stream.h"

typedef struct {
  guint64 first; /* number of its first access */
  guint32 process, count;
  GBytes *code;
} Batch;

struct _TraceShelf {
  guint64 limit, accesses, bytes;
  gboolean full;
  GArray *batches; /* of Batch */

  guint decoded;      /* the batch that lies in records; G_MAXUINT: none */
  vm_record *records; /* room for TRACE_BATCH */
};

static void
clear_batch (gpointer data)
{
  g_bytes_unref (((Batch *) data)->code);
}

TraceShelf *
trace_shelf_new (guint64 limit)
{
  TraceShelf *shelf = g_new0 (TraceShelf, 1);

  shelf->limit = limit;
  shelf->batches = g_array_new (FALSE, FALSE, sizeof (Batch));
  g_array_set_clear_func (shelf->batches, clear_batch);
  shelf->decoded = G_MAXUINT;
  shelf->records = g_new (vm_record, TRACE_BATCH);
  return shelf;
}

void
trace_shelf_free (TraceShelf *shelf)
{
  if (shelf == NULL)
    return;

  g_array_unref (shelf->batches);
  g_free (shelf->records);
  g_free (shelf);
}

/* Keeping ------------------------------------------------------------------ */

/* Records in our own format, each batch a trace by itself. */
static GBytes *
encode (const vm_record *records, gsize count)
{
  struct vm_binary_writer writer;
  g_autofree guint8 *bytes
      = g_malloc (VM_BINARY_HEADER + (count + 1) * VM_BINARY_CODE);
  gsize length = vm_binary_begin (&writer, VM_BINARY_DELTA, count, bytes);

  length += vm_binary_write (&writer, records, count, bytes + length);
  length += vm_binary_finish (&writer, bytes + length);
  return g_bytes_new (bytes, length);
}

static void
give_up (TraceShelf *shelf)
{
  shelf->full = TRUE;
  shelf->accesses = shelf->bytes = 0;
  shelf->decoded = G_MAXUINT;
  g_array_set_size (shelf->batches, 0);
}

gboolean
trace_shelf_add (TraceShelf *shelf, guint32 process, const vm_record *records,
                 gsize count)
{
  if (shelf->full || count == 0)
    return !shelf->full;

  Batch batch = {
      .first = shelf->accesses,
      .process = process,
      .count = (guint32) count,
      .code = encode (records, count),
  };
  shelf->bytes += g_bytes_get_size (batch.code) + sizeof batch;
  shelf->accesses += count;
  g_array_append_val (shelf->batches, batch);
  if (shelf->bytes > shelf->limit)
    give_up (shelf);
  return !shelf->full;
}

guint64
trace_shelf_accesses (const TraceShelf *shelf)
{
  return shelf->accesses;
}

gboolean
trace_shelf_is_full (const TraceShelf *shelf)
{
  return shelf->full;
}

guint64
trace_shelf_bytes (const TraceShelf *shelf)
{
  return shelf->bytes;
}

/* Reading ------------------------------------------------------------------ */

/* The batch in which an access lies. */
static guint
batch_of (const TraceShelf *shelf, guint64 position)
{
  guint low = 0, high = shelf->batches->len;

  while (high - low > 1) {
    guint middle = low + (high - low) / 2;
    if (g_array_index (shelf->batches, Batch, middle).first <= position)
      low = middle;
    else
      high = middle;
  }
  return low;
}

static const Batch *
decode (TraceShelf *shelf, guint i)
{
  const Batch *batch = &g_array_index (shelf->batches, Batch, i);
  if (shelf->decoded == i)
    return batch;

  gsize length, used, count;
  const guint8 *code = g_bytes_get_data (batch->code, &length);
  struct vm_reader *reader = vm_reader_new (VM_TRACE_BINARY, VM_PAGE_SHIFT);
  vm_reader_push (reader, code, length, &used, shelf->records, TRACE_BATCH,
                  &count);
  vm_reader_free (reader);
  g_assert (count == batch->count);
  shelf->decoded = i;
  return batch;
}

const vm_record *
trace_shelf_get (TraceShelf *shelf, guint64 position, guint32 *process,
                 gsize *count)
{
  if (position >= shelf->accesses)
    return NULL;

  const Batch *batch = decode (shelf, batch_of (shelf, position));
  gsize before = (gsize) (position - batch->first);
  *process = batch->process;
  *count = batch->count - before;
  return shelf->records + before;
}
