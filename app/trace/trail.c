/* Keeps copies of a replay. */
#include "trail.h"

#include "stream.h"

/* Accesses between two copies, as long as there are few. */
#define FIRST_SPACING 524288

/* Copies at most. */
#define MOST_COPIES 48

typedef struct {
  guint64 position;
  struct vm_replay *replay;
  guint64 bytes;
} Copy;

struct _TraceTrail {
  TraceShelf *shelf;
  const struct vm_future *future; /* of OPT, else NULL */
  guint64 limit, bytes, spacing;
  GArray *copies; /* of Copy, the first at 0 */

  guint32 *next;    /* room for TRACE_BATCH, for OPT */
  vm_record *pages; /* likewise; nobody asks for them */
};

static void
clear_copy (gpointer data)
{
  vm_replay_free (((Copy *) data)->replay);
}

TraceTrail *
trace_trail_new (TraceShelf *shelf, guint64 limit)
{
  TraceTrail *trail = g_new0 (TraceTrail, 1);

  trail->shelf = shelf;
  trail->limit = limit;
  trail->spacing = FIRST_SPACING;
  trail->copies = g_array_new (FALSE, FALSE, sizeof (Copy));
  g_array_set_clear_func (trail->copies, clear_copy);
  return trail;
}

void
trace_trail_free (TraceTrail *trail)
{
  if (trail == NULL)
    return;

  g_array_unref (trail->copies);
  g_free (trail->next);
  g_free (trail->pages);
  g_free (trail);
}

void
trace_trail_know (TraceTrail *trail, const struct vm_future *future)
{
  trail->future = future;
  if (trail->next == NULL) {
    trail->next = g_new (guint32, TRACE_BATCH);
    trail->pages = g_new (vm_record, TRACE_BATCH);
  }
}

/* Keeping ------------------------------------------------------------------ */

static const Copy *
copy_at (const TraceTrail *trail, guint i)
{
  return &g_array_index (trail->copies, Copy, i);
}

/* Every second copy goes. */
static void
thin_out (TraceTrail *trail)
{
  for (guint i = 1; i < trail->copies->len; i++) {
    trail->bytes -= copy_at (trail, i)->bytes;
    g_array_remove_index (trail->copies, i);
  }
  trail->spacing *= 2;
}

static gboolean
is_time (const TraceTrail *trail, guint64 position)
{
  guint n = trail->copies->len;

  return n == 0
         || position >= copy_at (trail, n - 1)->position + trail->spacing;
}

static void
give_up (TraceTrail *trail)
{
  g_array_set_size (trail->copies, 0);
  trail->bytes = 0;
}

void
trace_trail_mark (TraceTrail *trail, const struct vm_replay *replay,
                  guint64 position)
{
  if (trace_shelf_is_full (trail->shelf)) {
    give_up (trail);
    return;
  }
  if (!is_time (trail, position))
    return;

  Copy copy = {.position = position,
               .replay = vm_replay_copy (replay),
               .bytes = vm_replay_bytes (replay)};
  if (copy.replay == NULL) {
    trail->spacing *= 2;
    return;
  }
  trail->bytes += copy.bytes;
  g_array_append_val (trail->copies, copy);
  while (trail->copies->len > 1
         && (trail->copies->len > MOST_COPIES || trail->bytes > trail->limit))
    thin_out (trail);
}

guint64
trace_trail_bytes (const TraceTrail *trail)
{
  return trail->bytes;
}

/* Going on ----------------------------------------------------------------- */

/* When each page of accesses comes again; NULL: nobody asks. */
static const guint32 *
look_ahead (TraceTrail *trail, guint64 position, gsize count)
{
  guint32 process;

  if (trail->future == NULL)
    return NULL;
  for (gsize done = 0; done < count;)
    done += vm_future_get (trail->future, position + done, trail->pages,
                           trail->next + done, count - done, &process);
  return trail->next;
}

/* Replays what lies together from a position on, up to the end. Returns how far
 * it came, or G_MAXUINT64 and *error. */
static guint64
go_on (TraceTrail *trail, struct vm_replay *replay, guint64 position,
       guint64 end, struct vm_error *error)
{
  guint32 process;
  gsize count;
  const vm_record *records
      = trace_shelf_get (trail->shelf, position, &process, &count);

  count = (gsize) MIN (count, end - position);
  const guint32 *next = look_ahead (trail, position, count);
  if (!vm_replay_switch (replay, process, error)
      || !vm_replay_run_knowing (replay, records, next, count, error))
    return G_MAXUINT64;
  return position + count;
}

static const Copy *
copy_before (const TraceTrail *trail, guint64 position)
{
  guint i = trail->copies->len;

  while (i > 0 && copy_at (trail, i - 1)->position > position)
    i--;
  return i > 0 ? copy_at (trail, i - 1) : NULL;
}

struct vm_replay *
trace_trail_open (TraceTrail *trail, guint64 position, struct vm_error *error)
{
  guint64 accesses = trace_shelf_accesses (trail->shelf);
  const Copy *copy = copy_before (trail, position);
  vm_record record;
  guint32 process, next;

  if (copy == NULL
      || !trace_trail_access (trail, position, &record, &process, &next)) {
    vm_error_set_range (error, VM_ERROR_OUT_OF_RANGE, "access", position + 1, 1,
                        accesses);
    return NULL;
  }
  struct vm_replay *replay = vm_replay_copy (copy->replay);
  if (replay == NULL) {
    vm_error_set (error, VM_ERROR_OUT_OF_MEMORY, NULL);
    return NULL;
  }

  guint64 at = copy->position;
  while (at < position)
    at = go_on (trail, replay, at, position, error);
  if (at == position && vm_replay_switch (replay, process, error))
    return replay;
  vm_replay_free (replay);
  return NULL;
}

gboolean
trace_trail_access (TraceTrail *trail, guint64 position, vm_record *record,
                    guint32 *process, guint32 *next)
{
  gsize count;
  const vm_record *records
      = trace_shelf_get (trail->shelf, position, process, &count);
  if (records == NULL)
    return FALSE;

  const guint32 *known = look_ahead (trail, position, 1);
  *record = records[0];
  *next = known != NULL ? known[0] : VM_FUTURE_NEVER;
  return TRUE;
}

/* Finding ------------------------------------------------------------------ */

/* The last copy before which there were fewer. */
static guint64
begin_search (const TraceTrail *trail, TraceEvent event, guint64 number)
{
  guint i = trail->copies->len;

  while (i > 1
         && trace_event_count (copy_at (trail, i - 1)->replay, event) >= number)
    i--;
  return copy_at (trail, i - 1)->position;
}

/* Goes on access by access. */
static gboolean
search_batch (TraceTrail *trail, TraceEvent event, guint64 number,
              guint64 *position, struct vm_error *error)
{
  struct vm_replay *replay = trace_trail_open (trail, *position, error);
  guint64 at = *position;

  while (replay != NULL && at < trace_shelf_accesses (trail->shelf)
         && trace_event_count (replay, event) < number)
    at = go_on (trail, replay, at, at + 1, error);
  gboolean found = replay != NULL && at != G_MAXUINT64
                   && trace_event_count (replay, event) >= number;
  vm_replay_free (replay);
  *position = at - 1;
  return found;
}

gboolean
trace_trail_find (TraceTrail *trail, TraceEvent event, guint64 number,
                  guint64 *position, struct vm_error *error)
{
  guint64 accesses = trace_shelf_accesses (trail->shelf);

  if (trail->copies->len == 0 || number == 0)
    return FALSE;
  if (event == TRACE_EVENT_ACCESS) {
    *position = number - 1;
    return *position < accesses;
  }

  guint64 at = begin_search (trail, event, number), before = at;
  struct vm_replay *replay = trace_trail_open (trail, at, error);
  while (replay != NULL && at < accesses
         && trace_event_count (replay, event) < number) {
    before = at;
    at = go_on (trail, replay, at, accesses, error);
  }
  gboolean there = replay != NULL && at != G_MAXUINT64
                   && trace_event_count (replay, event) >= number;
  vm_replay_free (replay);
  *position = before;
  return there && search_batch (trail, event, number, position, error);
}
