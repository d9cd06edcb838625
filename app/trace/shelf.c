/* Keeps a trace, and copies of a replay of it. */
#include "shelf.h"

#include <string.h>

#include "replay/binary.h"
#include "replay/reader.h"
#include "stream.h"

/* Accesses between two copies, as long as there are few. */
#define FIRST_SPACING 262144

/* Copies at most. */
#define MOST_COPIES 48

typedef struct {
  guint64 first; /* number of its first access */
  guint32 process, count;
  GBytes *code;
} Batch;

typedef struct {
  guint64 position;
  struct vm_replay *replay;
  guint64 bytes;
} Copy;

struct _TraceShelf {
  guint64 limit, accesses;
  guint64 coded, copied; /* bytes */
  guint64 spacing;
  gboolean full;
  GArray *batches; /* of Batch */
  GArray *copies;  /* of Copy, the first at 0 */

  guint decoded;      /* the batch that lies in records; G_MAXUINT: none */
  vm_record *records; /* room for TRACE_BATCH */
  guint32 *next;      /* likewise, for OPT */
};

static void
clear_batch (gpointer data)
{
  g_bytes_unref (((Batch *) data)->code);
}

static void
clear_copy (gpointer data)
{
  vm_replay_free (((Copy *) data)->replay);
}

TraceShelf *
trace_shelf_new (guint64 limit)
{
  TraceShelf *shelf = g_new0 (TraceShelf, 1);

  shelf->limit = limit;
  shelf->spacing = FIRST_SPACING;
  shelf->batches = g_array_new (FALSE, FALSE, sizeof (Batch));
  shelf->copies = g_array_new (FALSE, FALSE, sizeof (Copy));
  g_array_set_clear_func (shelf->batches, clear_batch);
  g_array_set_clear_func (shelf->copies, clear_copy);
  shelf->decoded = G_MAXUINT;
  shelf->records = g_new (vm_record, TRACE_BATCH);
  shelf->next = g_new (guint32, TRACE_BATCH);
  return shelf;
}

void
trace_shelf_free (TraceShelf *shelf)
{
  if (shelf == NULL)
    return;

  g_array_unref (shelf->batches);
  g_array_unref (shelf->copies);
  g_free (shelf->records);
  g_free (shelf->next);
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
  shelf->accesses = shelf->coded = shelf->copied = 0;
  g_array_set_size (shelf->batches, 0);
  g_array_set_size (shelf->copies, 0);
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
  shelf->coded += g_bytes_get_size (batch.code) + sizeof batch;
  shelf->accesses += count;
  g_array_append_val (shelf->batches, batch);
  /* Half of the room is for copies. */
  if (shelf->coded > shelf->limit / 2)
    give_up (shelf);
  return !shelf->full;
}

/* Every second copy goes. */
static void
thin_out (TraceShelf *shelf)
{
  for (guint i = 1; i < shelf->copies->len; i++) {
    shelf->copied -= g_array_index (shelf->copies, Copy, i).bytes;
    g_array_remove_index (shelf->copies, i);
  }
  shelf->spacing *= 2;
}

static gboolean
is_time (const TraceShelf *shelf, guint64 position)
{
  guint n = shelf->copies->len;

  return n == 0
         || position >= g_array_index (shelf->copies, Copy, n - 1).position
                            + shelf->spacing;
}

void
trace_shelf_mark (TraceShelf *shelf, const struct vm_replay *replay,
                  guint64 position)
{
  if (shelf->full || !is_time (shelf, position))
    return;

  Copy copy = {.position = position,
               .replay = vm_replay_copy (replay),
               .bytes = vm_replay_bytes (replay)};
  if (copy.replay == NULL) {
    shelf->spacing *= 2;
    return;
  }
  shelf->copied += copy.bytes;
  g_array_append_val (shelf->copies, copy);
  while (
      shelf->copies->len > 1
      && (shelf->copies->len > MOST_COPIES || shelf->copied > shelf->limit / 2))
    thin_out (shelf);
}

guint64
trace_shelf_accesses (const TraceShelf *shelf)
{
  return shelf->accesses;
}

guint64
trace_shelf_bytes (const TraceShelf *shelf)
{
  return shelf->coded + shelf->copied;
}

/* Finding ------------------------------------------------------------------ */

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
  struct vm_reader *reader = vm_reader_new (VM_TRACE_BINARY);
  vm_reader_push (reader, code, length, &used, shelf->records, TRACE_BATCH,
                  &count);
  vm_reader_free (reader);
  g_assert (count == batch->count);
  shelf->decoded = i;
  return batch;
}

gboolean
trace_shelf_record (TraceShelf *shelf, guint64 position, vm_record *record,
                    guint32 *process)
{
  if (position >= shelf->accesses)
    return FALSE;

  const Batch *batch = decode (shelf, batch_of (shelf, position));
  *record = shelf->records[position - batch->first];
  *process = batch->process;
  return TRUE;
}

/* Fills in when each page of accesses comes again. */
static void
look_ahead (TraceShelf *shelf, const struct vm_future *future, guint64 position,
            gsize count)
{
  g_autofree vm_record *pages = g_new (vm_record, count);
  guint32 process;

  for (gsize done = 0; done < count;)
    done += vm_future_get (future, position + done, pages, shelf->next + done,
                           count - done, &process);
}

/* Replays what of a batch lies from a position to the end. Returns how far it
 * came, or G_MAXUINT64 and *error. */
static guint64
go_on (TraceShelf *shelf, struct vm_replay *replay, guint64 position,
       guint64 end, const struct vm_future *future, struct vm_error *error)
{
  const Batch *batch = decode (shelf, batch_of (shelf, position));
  guint64 last = MIN (end, batch->first + batch->count);
  gsize count = (gsize) (last - position);

  if (future != NULL)
    look_ahead (shelf, future, position, count);
  if (!vm_replay_switch (replay, batch->process, error)
      || !vm_replay_run_knowing (
          replay, shelf->records + (position - batch->first),
          future != NULL ? shelf->next : NULL, count, error))
    return G_MAXUINT64;
  return last;
}

static const Copy *
copy_before (const TraceShelf *shelf, guint64 position)
{
  guint i = shelf->copies->len;

  while (i > 0
         && g_array_index (shelf->copies, Copy, i - 1).position > position)
    i--;
  return i > 0 ? &g_array_index (shelf->copies, Copy, i - 1) : NULL;
}

struct vm_replay *
trace_shelf_open (TraceShelf *shelf, guint64 position,
                  const struct vm_future *future, struct vm_error *error)
{
  const Copy *copy = copy_before (shelf, position);
  if (copy == NULL || position >= shelf->accesses) {
    vm_error_set_range (error, VM_ERROR_OUT_OF_RANGE, "access", position + 1, 1,
                        shelf->accesses);
    return NULL;
  }
  struct vm_replay *replay = vm_replay_copy (copy->replay);
  if (replay == NULL) {
    vm_error_set (error, VM_ERROR_OUT_OF_MEMORY, NULL);
    return NULL;
  }

  guint64 at = copy->position;
  while (at < position)
    at = go_on (shelf, replay, at, position, future, error);
  const Batch *batch = decode (shelf, batch_of (shelf, position));
  if (at == position && vm_replay_switch (replay, batch->process, error))
    return replay;
  vm_replay_free (replay);
  return NULL;
}

/* The last copy before which there were fewer. */
static guint64
begin_search (const TraceShelf *shelf, TraceEvent event, guint64 number)
{
  guint i = shelf->copies->len;

  while (i > 1
         && trace_event_count (
                g_array_index (shelf->copies, Copy, i - 1).replay, event)
                >= number)
    i--;
  return g_array_index (shelf->copies, Copy, i - 1).position;
}

/* Goes on access by access. */
static gboolean
search_batch (TraceShelf *shelf, TraceEvent event, guint64 number,
              guint64 *position, struct vm_error *error)
{
  struct vm_replay *replay = trace_shelf_open (shelf, *position, NULL, error);
  guint64 at = *position;

  while (replay != NULL && trace_event_count (replay, event) < number
         && at < shelf->accesses)
    at = go_on (shelf, replay, at, at + 1, NULL, error);
  gboolean found = replay != NULL && at != G_MAXUINT64
                   && trace_event_count (replay, event) >= number;
  vm_replay_free (replay);
  *position = at - 1;
  return found;
}

gboolean
trace_shelf_find (TraceShelf *shelf, TraceEvent event, guint64 number,
                  guint64 *position, struct vm_error *error)
{
  if (shelf->copies->len == 0 || number == 0)
    return FALSE;
  if (event == TRACE_EVENT_ACCESS) {
    *position = number - 1;
    return *position < shelf->accesses;
  }

  guint64 at = begin_search (shelf, event, number), before = at;
  struct vm_replay *replay = trace_shelf_open (shelf, at, NULL, error);
  while (replay != NULL && at < shelf->accesses
         && trace_event_count (replay, event) < number) {
    before = at;
    at = go_on (shelf, replay, at, shelf->accesses, NULL, error);
  }
  gboolean there = replay != NULL && at != G_MAXUINT64
                   && trace_event_count (replay, event) >= number;
  vm_replay_free (replay);
  *position = before;
  return there && search_batch (shelf, event, number, position, error);
}
