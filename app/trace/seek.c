/* Skims a trace up to an access. */
#include "seek.h"

#include "replay/skim.h"

/* Accesses between two copies. */
#define STRETCH 524288

/* Those of a whole trace that are gone through at a time. */
#define STRIDE 8192

/* A replay, and how many accesses it has behind it. */
typedef struct {
  struct vm_replay *replay;
  guint64 position;
} Stand;

/* Accesses that are kept for being gone through again. */
typedef struct {
  guint64 first;
  guint32 process;
  gsize count;
  vm_record *records;
} Piece;

struct _TraceSeek {
  TraceEvent event;
  guint64 number;
  Stand front, mark;              /* no mark but for events */
  GQueue pieces;                  /* of Piece *, from the mark on */
  const struct vm_future *future; /* all accesses, if they are known */
  struct vm_replay *found;        /* stands before the access, */
  guint64 position;               /* which has so many before it */
  guint64 wrong; /* number of the latest that could not be made */
};

static void
free_piece (gpointer data)
{
  Piece *piece = data;

  g_free (piece->records);
  g_free (piece);
}

/* Stands ------------------------------------------------------------------- */

static void
clear_stand (Stand *stand)
{
  g_clear_pointer (&stand->replay, vm_replay_free);
}

/* FALSE and *error if there is no memory. */
static gboolean
copy_stand (Stand *to, const Stand *from, struct vm_error *error)
{
  *to = (Stand){vm_replay_copy (from->replay), from->position};
  if (to->replay == NULL)
    vm_error_set (error, VM_ERROR_OUT_OF_MEMORY, NULL);
  return to->replay != NULL;
}

/* Notes which access it was if it cannot be made. */
static gboolean
note (TraceSeek *seek, const Stand *stand, gboolean going)
{
  struct vm_replay_stats stats;

  vm_replay_stats (stand->replay, &stats);
  if (!going)
    seek->wrong = stats.accesses;
  return going;
}

/* Goes on through a piece, at most up to a position. */
static gboolean
advance_in (TraceSeek *seek, Stand *stand, const Piece *piece, guint64 end,
            struct vm_error *error)
{
  const vm_record *records = piece->records + (stand->position - piece->first);
  gsize count
      = (gsize) (MIN (end, piece->first + piece->count) - stand->position);

  stand->position += count;
  return note (
      seek, stand,
      vm_replay_switch (stand->replay, piece->process, error)
          && vm_replay_skim (stand->replay, records, NULL, count, error));
}

/* Goes on to a position through what was kept. The process that makes the
 * access there runs then. */
static gboolean
advance (TraceSeek *seek, Stand *stand, guint64 end, struct vm_error *error)
{
  if (seek->future != NULL) {
    guint64 count = end - stand->position;
    stand->position = end;
    return note (
        seek, stand,
        vm_replay_skim_kept (stand->replay, seek->future, count, error));
  }
  for (const GList *l = seek->pieces.head; l != NULL; l = l->next) {
    const Piece *piece = l->data;
    if (piece->first > end || piece->first + piece->count <= stand->position)
      continue;
    if (!advance_in (seek, stand, piece, end, error))
      return FALSE;
  }
  return TRUE;
}

/* Keeping ------------------------------------------------------------------ */

/* Takes a copy if it is time; what was kept before it is not needed then. */
static gboolean
mark (TraceSeek *seek, struct vm_error *error)
{
  if (seek->mark.replay != NULL
      && seek->front.position < seek->mark.position + STRETCH)
    return TRUE;
  clear_stand (&seek->mark);
  g_queue_clear_full (&seek->pieces, free_piece);
  return copy_stand (&seek->mark, &seek->front, error);
}

static void
keep (TraceSeek *seek, const Piece *passing)
{
  Piece *piece = g_new (Piece, 1);

  *piece = *passing;
  piece->records
      = g_memdup2 (passing->records, passing->count * sizeof *piece->records);
  g_queue_push_tail (&seek->pieces, piece);
}

/* Looking ------------------------------------------------------------------ */

/* The position of the access in which it happens, one by one from a position
 * behind the mark on. */
static guint64
search (TraceSeek *seek, guint64 from, struct vm_error *error)
{
  guint64 end = seek->front.position, before = from;
  Stand scout;

  if (!copy_stand (&scout, &seek->mark, error))
    return 0;
  gboolean going = advance (seek, &scout, from, error);
  while (going && scout.position < end
         && trace_event_count (scout.replay, seek->event) < seek->number) {
    before = scout.position;
    going = advance (seek, &scout, before + 1, error);
  }
  /* An access that cannot be made may be the one: that is told later. */
  if (trace_event_count (scout.replay, seek->event) >= seek->number)
    vm_error_set (error, VM_OK, NULL);
  clear_stand (&scout);
  return before;
}

/* A stand goes to the access, which was found. */
static void
open_at (TraceSeek *seek, Stand *stand, guint64 position,
         struct vm_error *error)
{
  seek->position = position;
  if (advance (seek, stand, position, error)
      && vm_replay_settle (stand->replay, error))
    seek->found = g_steal_pointer (&stand->replay);
}

/* The front has come from a position to where it is, if it could: was the event
 * on the way? */
static void
look_back (TraceSeek *seek, guint64 from, struct vm_error *error)
{
  if (trace_event_count (seek->front.replay, seek->event) < seek->number)
    return;

  /* What goes wrong behind it does not matter. */
  vm_error_set (error, VM_OK, NULL);
  guint64 position = search (seek, from, error);
  if (error->code == VM_OK)
    open_at (seek, &seek->mark, position, error);
}

/* Public ------------------------------------------------------------------- */

TraceSeek *
trace_seek_new (const struct vm_replay_config *config, TraceEvent event,
                guint64 number, struct vm_error *error)
{
  struct vm_replay_config wanted = *config;
  wanted.causes = trace_event_needs_causes (event);
  struct vm_replay *replay = vm_replay_new (&wanted, error);
  if (replay == NULL)
    return NULL;

  TraceSeek *seek = g_new0 (TraceSeek, 1);
  seek->event = event;
  seek->number = number;
  seek->front.replay = replay;
  return seek;
}

void
trace_seek_free (TraceSeek *seek)
{
  if (seek == NULL)
    return;

  clear_stand (&seek->front);
  clear_stand (&seek->mark);
  g_queue_clear_full (&seek->pieces, free_piece);
  vm_replay_free (seek->found);
  g_free (seek);
}

static gboolean
is_numbered (const TraceSeek *seek)
{
  return seek->event == TRACE_EVENT_ACCESS;
}

/* How far the front goes: to an end, or to the access if that comes first. */
static guint64
goal (const TraceSeek *seek, guint64 end)
{
  return is_numbered (seek) ? MIN (seek->number - 1, end) : end;
}

/* The front has come from a position to the goal, if it could. */
static void
look (TraceSeek *seek, guint64 from, guint64 end, gboolean going,
      struct vm_error *error)
{
  if (!is_numbered (seek))
    look_back (seek, from, error);
  else if (going && seek->number <= end)
    open_at (seek, &seek->front, seek->number - 1, error);
}

gsize
trace_seek_use (TraceSeek *seek, guint32 process, const vm_record *records,
                gsize count, struct vm_error *error)
{
  const Piece passing = {
      .first = seek->front.position,
      .process = process,
      .count = count,
      .records = (vm_record *) records,
  };
  guint64 end = passing.first + count;

  if (!is_numbered (seek)) {
    if (!mark (seek, error))
      return count;
    keep (seek, &passing);
  }
  gboolean going
      = advance_in (seek, &seek->front, &passing, goal (seek, end), error);
  look (seek, passing.first, end, going, error);
  return seek->found != NULL ? (gsize) (seek->position - passing.first) : count;
}

gboolean
trace_seek_use_kept (TraceSeek *seek, const struct vm_future *future,
                     struct vm_error *error)
{
  guint64 first = seek->front.position;
  guint64 end = MIN (first + STRIDE, vm_future_count (future));

  seek->future = future;
  if (first == end || (!is_numbered (seek) && !mark (seek, error)))
    return FALSE;
  gboolean going = advance (seek, &seek->front, goal (seek, end), error);
  look (seek, first, end, going, error);
  return error->code == VM_OK && seek->found == NULL;
}

guint64
trace_seek_wrong (const TraceSeek *seek)
{
  return seek->wrong;
}

guint64
trace_seek_count (const TraceSeek *seek)
{
  return trace_event_count (seek->front.replay, seek->event);
}

guint64
trace_seek_position (const TraceSeek *seek)
{
  return seek->position;
}

struct vm_replay *
trace_seek_take (TraceSeek *seek)
{
  return g_steal_pointer (&seek->found);
}
