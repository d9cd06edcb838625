/* Looks for an access in a trace that is read once, and brings a replay to it.
 *
 *   skim ........ older ........ newer ........ batch with the access
 *                   |                             |
 *                   +--- settle, run again -------+    (core/replay/skim.h)
 *
 * What a reader of a file wants to see lies anywhere in it. Most of the way is
 * skimmed; copies of the replay on the way, and the last accesses, allow it to
 * be run as it is from a little before. That the TLBs are then what they would
 * be is checked; where they may not be, the trace has to be read again, and run
 * from its beginning. Where the wanted event is one of TLBs, nothing can be
 * skimmed. */
#ifndef TRACE_SEEK_H
#define TRACE_SEEK_H

#include "event.h"

typedef struct _TraceSeek TraceSeek;

/* Looks for the number-th of an event, from 1. again: the trace could be read
 * once more. NULL and *error if the configuration is out of bounds. */
TraceSeek *trace_seek_new (const struct vm_replay_config *config,
                           TraceEvent event, guint64 number, gboolean again,
                           struct vm_error *error);
void trace_seek_free (TraceSeek *seek);

/* Goes through records of a process. next is for OPT, as of
 * vm_replay_run_knowing, else NULL. Returns how many lie before the access that
 * was looked for: count, if it is not among them. Sets *error if they cannot be
 * replayed, else leaves it. */
gsize trace_seek_use (TraceSeek *seek, guint32 process,
                      const vm_record *records, const guint32 *next,
                      gsize count, struct vm_error *error);

/* The number of the access that could not be replayed, when *error was set. */
guint64 trace_seek_wrong (const TraceSeek *seek);

/* How many of the event there were so far. */
guint64 trace_seek_count (const TraceSeek *seek);

/* The replay that stands before the access, now the caller's; NULL if it was
 * not found. */
struct vm_replay *trace_seek_take (TraceSeek *seek);

/* TRUE once it was found, but what the TLBs held is not known. */
gboolean trace_seek_doubts (const TraceSeek *seek);

/* If so, begins again: the trace has to be given from its beginning once more,
 * and will be run as it is. FALSE if not, or with *error. */
gboolean trace_seek_repeats (TraceSeek *seek, struct vm_error *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TraceSeek, trace_seek_free)

#endif
