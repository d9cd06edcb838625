/* Several replays of one trace, which is read once.
 *
 *   batch -> | fifo 64 | lru 64 | clock-set 64 | ...     on all processors
 *         -> | what OPT must know |   -> at the end: | opt 64 |
 */
#ifndef TRACE_PLAY_H
#define TRACE_PLAY_H

#include <glib.h>

#include "replay/future.h"
#include "replay/replay.h"

typedef struct _TracePlay TracePlay;

/* Whoever plays is told how far he is from time to time; FALSE stops it. */
typedef gboolean (*TraceTick) (guint64 accesses, double fraction,
                               gpointer data);

/* An empty play. window: accesses of a window, or 0. */
TracePlay *trace_play_new (guint64 window);
void trace_play_free (TracePlay *play);

/* Adds a replay. FALSE and *error if it cannot be. */
gboolean trace_play_add (TracePlay *play, const struct vm_replay_config *config,
                         struct vm_error *error);

/* OPT may take so many bytes. Without a call 1 GiB. */
void trace_play_limit (TracePlay *play, guint64 bytes);

/* Plays records of a process. FALSE and *error, and the number of the access
 * (from 1) at which it went wrong, if one of the replays cannot go on. */
gboolean trace_play_records (TracePlay *play, guint32 process,
                             const vm_record *records, gsize count,
                             struct vm_error *error, guint64 *at);

/* Plays OPT, now that all is known. FALSE as above, or if tick says so. */
gboolean trace_play_finish (TracePlay *play, TraceTick tick, gpointer data,
                            struct vm_error *error, guint64 *at);

/* Bytes that OPT needs, if that is more than it may take; else 0. */
guint64 trace_play_refused (const TracePlay *play);

/* What OPT must know; NULL if nobody asked for it, or it was too much. It is
 * complete once OPT has played. */
const struct vm_future *trace_play_future (const TracePlay *play);

guint64 trace_play_accesses (const TracePlay *play);
guint trace_play_count (const TracePlay *play);

/* Replay i, and the windows that have ended since they were last cleared (of
 * struct vm_replay_window; a last, shorter one comes with
 * trace_play_last_window). */
const struct vm_replay *trace_play_replay (const TracePlay *play, guint i);
GArray *trace_play_windows (TracePlay *play, guint i);
void trace_play_last_window (TracePlay *play, guint i);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TracePlay, trace_play_free)

#endif
