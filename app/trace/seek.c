/* Skims a trace up to an access. */
#include "seek.h"

#include "replay/skim.h"

/* Accesses between two copies: what is run again is at least this, and less
 * than three times as much. */
#define STRETCH 131072

/* A replay, and how many accesses it has behind it. */
typedef struct {
  struct vm_replay *replay;
  guint64 position;
} Stand;

/* Accesses that are kept for being run again. */
typedef struct {
  guint64 first;
  guint32 process;
  gsize count;
  vm_record *records;
  guint32 *next; /* NULL but for OPT */
} Piece;

struct _TraceSeek {
  struct vm_replay_config config;
  TraceEvent event;
  guint64 number;
  gboolean skimming;
  Stand front, older, newer;
  GQueue pieces;           /* of Piece *, from older on */
  struct vm_replay *found; /* stands before the access, for sure */
  guint64 doubtful;        /* number of the access found else; 0: none */
  guint64 wrong;           /* number of the latest that could not be made */
};

static void
free_piece (gpointer data)
{
  Piece *piece = data;

  g_free (piece->records);
  g_free (piece->next);
  g_free (piece);
}

static void
no_memory (struct vm_error *error)
{
  vm_error_set (error, VM_ERROR_OUT_OF_MEMORY, NULL);
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
    no_memory (error);
  return to->replay != NULL;
}

static gboolean
play (Stand *stand, const Piece *piece, gsize from, gsize count,
      gboolean skimming, struct vm_error *error)
{
  const vm_record *records = piece->records + from;
  const guint32 *next = piece->next != NULL ? piece->next + from : NULL;

  if (!vm_replay_switch (stand->replay, piece->process, error))
    return FALSE;
  return skimming ? vm_replay_skim (stand->replay, records, next, count, error)
                  : vm_replay_run_knowing (stand->replay, records, next, count,
                                           error);
}

/* Goes on through a piece, at most up to a position. */
static gboolean
advance_in (TraceSeek *seek, Stand *stand, const Piece *piece, guint64 end,
            gboolean skimming, struct vm_error *error)
{
  gsize from = (gsize) (stand->position - piece->first);
  gsize count
      = (gsize) (MIN (end, piece->first + piece->count) - stand->position);
  struct vm_replay_stats stats;

  stand->position += count;
  if (play (stand, piece, from, count, skimming, error))
    return TRUE;
  vm_replay_stats (stand->replay, &stats);
  seek->wrong = stats.accesses;
  return FALSE;
}

/* Goes on to a position through what was kept. The process that makes the
 * access there runs then. */
static gboolean
advance (TraceSeek *seek, Stand *stand, guint64 end, gboolean skimming,
         struct vm_error *error)
{
  for (const GList *l = seek->pieces.head; l != NULL; l = l->next) {
    const Piece *piece = l->data;
    if (piece->first > end || piece->first + piece->count <= stand->position)
      continue;
    if (!advance_in (seek, stand, piece, end, skimming, error))
      return FALSE;
  }
  return TRUE;
}

/* Keeping ------------------------------------------------------------------ */

static void
drop_pieces (TraceSeek *seek)
{
  const Piece *piece;

  while ((piece = g_queue_peek_head (&seek->pieces)) != NULL
         && piece->first + piece->count <= seek->older.position)
    free_piece (g_queue_pop_head (&seek->pieces));
}

/* Takes a copy if it is time. */
static gboolean
mark (TraceSeek *seek, struct vm_error *error)
{
  Stand copy;

  if (seek->front.position < seek->newer.position + STRETCH)
    return TRUE;
  if (!copy_stand (&copy, &seek->front, error))
    return FALSE;
  clear_stand (&seek->older);
  seek->older = seek->newer;
  seek->newer = copy;
  drop_pieces (seek);
  return TRUE;
}

static const Piece *
keep (TraceSeek *seek, guint32 process, const vm_record *records,
      const guint32 *next, gsize count)
{
  Piece *piece = g_new (Piece, 1);

  *piece = (Piece){
      .first = seek->front.position,
      .process = process,
      .count = count,
      .records = g_memdup2 (records, count * sizeof *records),
      .next = next != NULL ? g_memdup2 (next, count * sizeof *next) : NULL,
  };
  g_queue_push_tail (&seek->pieces, piece);
  return piece;
}

/* Looking ------------------------------------------------------------------ */

/* The position of the access in which it happens, access by access through a
 * piece that holds it. */
static guint64
search (TraceSeek *seek, const Piece *piece, struct vm_error *error)
{
  guint64 end = piece->first + piece->count, before = 0;
  Stand scout;

  if (!copy_stand (&scout, &seek->newer, error))
    return 0;
  gboolean going = advance (seek, &scout, piece->first, seek->skimming, error);
  while (going && scout.position < end
         && trace_event_count (scout.replay, seek->event) < seek->number) {
    before = scout.position;
    going = advance_in (seek, &scout, piece, before + 1, seek->skimming, error);
  }
  clear_stand (&scout);
  return before;
}

/* The access was found: a replay that was really run goes there. */
static void
open_at (TraceSeek *seek, guint64 position, struct vm_error *error)
{
  gboolean skimmed = seek->skimming && seek->older.position > 0;
  Stand stand;

  if (!copy_stand (&stand, seek->skimming ? &seek->older : &seek->newer, error))
    return;
  /* Page tables have no room: which access it was shows when all are run. */
  gboolean settled = vm_replay_settle (stand.replay, error);
  if (!settled && seek->skimming)
    vm_error_set (error, VM_OK, NULL);
  if (settled && advance (seek, &stand, position, FALSE, error)
      && (!skimmed || vm_replay_is_sure (stand.replay)))
    seek->found = g_steal_pointer (&stand.replay);
  else if (error->code == VM_OK)
    seek->doubtful = position + 1;
  clear_stand (&stand);
}

/* Goes through a piece, and says where in it the access is, as a number of
 * those before it. */
static gsize
look (TraceSeek *seek, const Piece *piece, struct vm_error *error)
{
  guint64 end = piece->first + piece->count;

  if (seek->event == TRACE_EVENT_ACCESS && seek->number <= end) {
    open_at (seek, seek->number - 1, error);
    return (gsize) (seek->number - 1 - piece->first);
  }
  gboolean going
      = advance_in (seek, &seek->front, piece, end, seek->skimming, error);
  if (seek->event == TRACE_EVENT_ACCESS
      || trace_event_count (seek->front.replay, seek->event) < seek->number)
    return piece->count;

  /* What goes wrong behind it does not matter. */
  if (!going)
    vm_error_set (error, VM_OK, NULL);
  guint64 position = search (seek, piece, error);
  if (error->code != VM_OK)
    return piece->count;
  open_at (seek, position, error);
  return (gsize) (position - piece->first);
}

/* Public ------------------------------------------------------------------- */

/* What happens in memory can be skimmed, what happens in TLBs not. With PAE a
 * new table empties them, and which are new depends on all before. */
static gboolean
can_skim (const TraceSeek *seek, gboolean again)
{
  return again && seek->config.stlb_sets == 0 && !seek->config.causes
         && seek->config.geometry != VM_GEOMETRY_X86_PAE
         && seek->event != TRACE_EVENT_MISS;
}

static void
clear (TraceSeek *seek)
{
  clear_stand (&seek->front);
  clear_stand (&seek->older);
  clear_stand (&seek->newer);
  g_queue_clear_full (&seek->pieces, free_piece);
}

/* All stand at the beginning. */
static gboolean
begin (TraceSeek *seek, struct vm_error *error)
{
  clear (seek);
  seek->front = (Stand){vm_replay_new (&seek->config, error), 0};
  return seek->front.replay != NULL
         && copy_stand (&seek->older, &seek->front, error)
         && copy_stand (&seek->newer, &seek->front, error);
}

TraceSeek *
trace_seek_new (const struct vm_replay_config *config, TraceEvent event,
                guint64 number, gboolean again, struct vm_error *error)
{
  g_autoptr (TraceSeek) seek = g_new0 (TraceSeek, 1);

  seek->config = *config;
  seek->config.causes = trace_event_needs_causes (event);
  seek->event = event;
  seek->number = number;
  seek->skimming = can_skim (seek, again);
  return begin (seek, error) ? g_steal_pointer (&seek) : NULL;
}

void
trace_seek_free (TraceSeek *seek)
{
  if (seek == NULL)
    return;

  clear (seek);
  vm_replay_free (seek->found);
  g_free (seek);
}

/* An access whose number is known needs neither copies nor what was kept from
 * far before it. */
static gboolean
is_far (const TraceSeek *seek, gsize count)
{
  return seek->event == TRACE_EVENT_ACCESS
         && seek->front.position + count + 2 * STRETCH < seek->number;
}

/* It is near: from here on, copies. */
static gboolean
come_near (TraceSeek *seek, struct vm_error *error)
{
  clear_stand (&seek->older);
  clear_stand (&seek->newer);
  return copy_stand (&seek->older, &seek->front, error)
         && copy_stand (&seek->newer, &seek->front, error);
}

gsize
trace_seek_use (TraceSeek *seek, guint32 process, const vm_record *records,
                const guint32 *next, gsize count, struct vm_error *error)
{
  const Piece passing = {
      .first = seek->front.position,
      .process = process,
      .count = count,
      .records = (vm_record *) records,
      .next = (guint32 *) next,
  };

  if (is_far (seek, count)) {
    advance_in (seek, &seek->front, &passing, passing.first + count,
                seek->skimming, error);
    return count;
  }
  gboolean kept = seek->event != TRACE_EVENT_ACCESS || seek->pieces.length > 0
                  || passing.first == 0 || come_near (seek, error);
  if (!kept || !mark (seek, error))
    return count;
  return look (seek, keep (seek, process, records, next, count), error);
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

struct vm_replay *
trace_seek_take (TraceSeek *seek)
{
  return g_steal_pointer (&seek->found);
}

gboolean
trace_seek_doubts (const TraceSeek *seek)
{
  return seek->doubtful != 0;
}

gboolean
trace_seek_repeats (TraceSeek *seek, struct vm_error *error)
{
  if (seek->doubtful == 0)
    return FALSE;

  seek->event = TRACE_EVENT_ACCESS;
  seek->number = seek->doubtful;
  seek->doubtful = 0;
  seek->skimming = FALSE;
  return begin (seek, error);
}
