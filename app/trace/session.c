/* Runs a trace through replays, curves and a shelf. */
#include "session.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "curve.h"
#include "story.h"
#include "stream.h"

/* What one session may take for OPT, for keeping accesses, and for copies of
 * all replays together. */
#define MOST_FUTURE (G_GUINT64_CONSTANT (512) << 20)
#define MOST_SHELF (G_GUINT64_CONSTANT (128) << 20)
#define MOST_TRAILS (G_GUINT64_CONSTANT (160) << 20)

/* Accesses between two calls of tick. */
#define PIECE 8192

/* Accesses that a story tells. */
#define TOLD 6

struct _TraceSession {
  char *path;
  struct vm_replay_config config;
  GArray *policies, *sizes;
  TracePlay *play;
  TraceCurve *curve;
  TraceShelf *shelf;
  GPtrArray *trails; /* of each policy */
  guint64 accesses;
  gboolean finished; /* OPT was played, too */
  char *problem;
};

TraceSession *
trace_session_new (const char *path, const struct vm_replay_config *config,
                   const GArray *policies, const GArray *sizes)
{
  TraceSession *session = g_new0 (TraceSession, 1);

  session->path = g_strdup (path);
  session->config = *config;
  session->config.causes = true;
  session->policies = g_array_copy ((GArray *) policies);
  session->sizes = g_array_copy ((GArray *) sizes);
  return session;
}

void
trace_session_free (TraceSession *session)
{
  if (session == NULL)
    return;

  g_clear_pointer (&session->trails, g_ptr_array_unref);
  trace_play_free (session->play);
  trace_curve_free (session->curve);
  trace_shelf_free (session->shelf);
  g_array_unref (session->policies);
  g_array_unref (session->sizes);
  g_free (session->path);
  g_free (session->problem);
  g_free (session);
}

static enum vm_policy
policy_at (const TraceSession *session, guint i)
{
  return g_array_index (session->policies, enum vm_policy, i);
}

/* Running ------------------------------------------------------------------ */

static gboolean
note (TraceSession *session, const char *problem)
{
  g_free (session->problem);
  session->problem = g_strdup (problem);
  return FALSE;
}

static gboolean
no_memory (TraceSession *session)
{
  return note (session, _ ("The computer has no memory left for this"));
}

/* An access that no replay can make. */
static gboolean
refused (TraceSession *session, guint64 at, const struct vm_error *error)
{
  g_free (session->problem);
  session->problem
      = error->code == VM_ERROR_NOT_AN_ADDRESS
            ? g_strdup_printf (_ ("Access %" PRIu64 " is to 0x%" PRIx64
                                  ", which is no address of this processor"),
                               at, error->value)
            : g_strdup_printf (_ ("Access %" PRIu64
                                  " cannot be made: the simulated memory has "
                                  "no room left for page tables"),
                               at);
  return FALSE;
}

/* room: for a toy's. */
static const struct vm_geometry *
geometry_of (const TraceSession *session, struct vm_geometry *room)
{
  const struct vm_config asked
      = {.geometry = session->config.geometry, .toy = session->config.toy};

  return vm_geometry_configured (&asked, room);
}

static TraceTrail *
trail_at (const TraceSession *session, guint i)
{
  return g_ptr_array_index (session->trails, i);
}

/* Takes copies of the replays where they stand: OPT's, or all others. */
static void
mark (TraceSession *session, gboolean knowing)
{
  struct vm_replay_stats stats;

  for (guint i = 0; i < session->policies->len; i++) {
    const struct vm_replay *replay = trace_play_replay (session->play, i);
    if ((policy_at (session, i) == VM_POLICY_OPT) != knowing)
      continue;
    vm_replay_stats (replay, &stats);
    trace_trail_mark (trail_at (session, i), replay, stats.accesses);
  }
}

static void
make_trails (TraceSession *session)
{
  guint64 most = MOST_TRAILS / session->policies->len;

  session->shelf = trace_shelf_new (MOST_SHELF);
  session->trails
      = g_ptr_array_new_with_free_func ((GDestroyNotify) trace_trail_free);
  for (guint i = 0; i < session->policies->len; i++)
    g_ptr_array_add (session->trails, trace_trail_new (session->shelf, most));
}

static gboolean
prepare (TraceSession *session)
{
  struct vm_geometry room;
  struct vm_error error;

  session->play = trace_play_new (0);
  trace_play_limit (session->play, MOST_FUTURE);
  for (guint i = 0; i < session->policies->len; i++) {
    session->config.policy = policy_at (session, i);
    if (!trace_play_add (session->play, &session->config, &error))
      return no_memory (session);
  }
  session->curve = trace_curve_new (session->policies, session->sizes,
                                    geometry_of (session, &room), 0);
  if (session->curve == NULL)
    return no_memory (session);
  trace_curve_leave (session->curve);
  make_trails (session);
  return TRUE;
}

static gboolean
use (TraceSession *session, guint32 process, const vm_record *records,
     gsize count)
{
  struct vm_error error;
  guint64 at;

  mark (session, FALSE);
  trace_shelf_add (session->shelf, process, records, count);
  if (!trace_play_records (session->play, process, records, count, &error, &at))
    return refused (session, at, &error);
  session->accesses += count;
  if (!trace_curve_records (session->curve, process, records, count, &error,
                            &at))
    return no_memory (session);
  return TRUE;
}

/* Piece by piece, for whoever wants to stop it shall not wait. */
static gboolean
use_batch (TraceSession *session, const TraceBatch *batch, TraceTick tick,
           gpointer data)
{
  for (gsize done = 0; done < batch->count; done += PIECE)
    if (!use (session, batch->process, batch->records + done,
              MIN (PIECE, batch->count - done))
        || !tick (session->accesses, batch->fraction, data))
      return FALSE;
  return TRUE;
}

/* Reads to the end. FALSE if it did not come there. */
static gboolean
read_all (TraceSession *session, TraceStream *stream, TraceTick tick,
          gpointer data)
{
  const TraceBatch *batch;
  double fraction = -1;
  guint64 line;

  while ((batch = trace_stream_next (stream, FALSE)) != NULL) {
    if (batch->count > 0) {
      fraction = batch->fraction;
      if (!use_batch (session, batch, tick, data))
        return FALSE;
    }
    if (!tick (session->accesses, fraction, data))
      return FALSE;
  }
  const char *problem = trace_stream_problem (stream, &line);
  if (problem == NULL)
    return TRUE;
  if (line == 0)
    return note (session, problem);
  /* Translators: a line's number, and what is wrong there. */
  session->problem
      = g_strdup_printf (_ ("Line %" PRIu64 ": %s"), line, problem);
  return FALSE;
}

/* Whoever waits for OPT. */
typedef struct {
  TraceSession *session;
  TraceTick tick;
  gpointer data;
} Waiting;

static gboolean
on_opt (guint64 accesses, double fraction, gpointer data)
{
  const Waiting *waiting = data;

  mark (waiting->session, TRUE);
  return waiting->tick (accesses, fraction, waiting->data);
}

/* OPT plays when all is known. FALSE and *error, if it cannot, or was stopped.
 */
static gboolean
play_opt (TraceSession *session, TraceTick tick, gpointer data,
          struct vm_error *error, guint64 *at)
{
  Waiting waiting = {session, tick, data};
  const struct vm_future *future = trace_play_future (session->play);

  for (guint i = 0; i < session->policies->len && future != NULL; i++)
    if (policy_at (session, i) == VM_POLICY_OPT)
      trace_trail_know (trail_at (session, i), future);
  mark (session, TRUE);
  if (!trace_play_finish (session->play, on_opt, &waiting, error, at))
    return FALSE;
  trace_curve_lend (session->curve, trace_play_future (session->play));
  return TRUE;
}

gboolean
trace_session_run (TraceSession *session, TraceTick tick, gpointer data)
{
  struct vm_geometry room;
  g_autoptr (GError) error = NULL;
  g_autoptr (TraceStream) stream
      = trace_stream_open (session->path, VM_TRACE_AUTO,
                           geometry_of (session, &room)->page_shift, &error);
  struct vm_error wrong = {.code = VM_OK};
  guint64 at;

  if (stream == NULL)
    return note (session, error->message);
  if (!prepare (session) || !read_all (session, stream, tick, data))
    return FALSE;
  session->finished = play_opt (session, tick, data, &wrong, &at)
                      && trace_curve_finish (session->curve, tick, data);
  if (wrong.code != VM_OK)
    refused (session, at, &wrong);
  return session->finished;
}

/* Results ------------------------------------------------------------------ */

const char *
trace_session_problem (const TraceSession *session)
{
  return session->problem;
}

guint64
trace_session_accesses (const TraceSession *session)
{
  return session->accesses;
}

guint32
trace_session_pages (const TraceSession *session)
{
  return session->curve != NULL ? trace_curve_pages (session->curve) : 0;
}

gboolean
trace_session_result (const TraceSession *session, guint i,
                      struct vm_replay_stats *stats)
{
  gboolean knowing = policy_at (session, i) == VM_POLICY_OPT;

  if (session->accesses == 0
      || (knowing
          && (!session->finished || trace_play_refused (session->play) != 0)))
    return FALSE;
  vm_replay_stats (trace_play_replay (session->play, i), stats);
  return TRUE;
}

gboolean
trace_session_curve (const TraceSession *session, guint i, guint s,
                     guint64 *faults)
{
  gboolean knowing = policy_at (session, i) == VM_POLICY_OPT;

  if (session->accesses == 0
      || (knowing && !trace_curve_knows_opt (session->curve)))
    return FALSE;
  *faults = trace_curve_faults (session->curve, i, s);
  return TRUE;
}

/* A policy of which nothing was kept, or nothing can be: why. */
static const char *
why_closed (const TraceSession *session, guint i)
{
  struct vm_replay_stats unused;

  if (session->shelf == NULL || trace_shelf_accesses (session->shelf) == 0)
    return _ ("This trace is too long to be kept");
  if (!trace_session_result (session, i, &unused))
    return _ ("OPT has not played: the trace was stopped, or is too long for "
              "it");
  return NULL;
}

char *
trace_session_story (TraceSession *session, guint i, const char *where,
                     char **problem)
{
  struct vm_error error = {.code = VM_OK};
  const char *closed = why_closed (session, i);
  TraceEvent event;
  guint64 number, position;

  *problem = NULL;
  if (!trace_event_parse (where, &event, &number)) {
    *problem = g_strdup (_ ("Type the number of an access, or “next eviction”, "
                            "“20th writeback”, “100th conflict miss”"));
    return NULL;
  }
  if (closed != NULL) {
    *problem = g_strdup (closed);
    return NULL;
  }
  if (!trace_trail_find (trail_at (session, i), event, number, &position,
                         &error)) {
    *problem = g_strdup (_ ("There are not so many of them in this trace"));
    return NULL;
  }
  g_autofree char *name = g_path_get_basename (session->path);
  char *story
      = trace_story_new (trail_at (session, i), position, TOLD, name, &error);
  if (story == NULL)
    *problem = g_strdup (_ ("The computer has no memory left for this"));
  return story;
}
