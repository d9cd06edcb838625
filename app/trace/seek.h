/* Looks for an access in a trace that is read once, and brings a replay to it.
 *
 *   skim ........... mark ........... batch with the access
 *                     |                        |
 *                     +--- skim again, settle -+       (core/replay/skim.h)
 *
 * What a reader of a file wants to see lies anywhere in it. All of the way is
 * skimmed. Where the number of the access is not known, but what happens in it,
 * a copy of the replay on the way and the accesses since allow it to be gone up
 * to once it has been passed. */
#ifndef TRACE_SEEK_H
#define TRACE_SEEK_H

#include "event.h"
#include "replay/future.h"

typedef struct _TraceSeek TraceSeek;

/* Looks for the number-th of an event, from 1. NULL and *error if the
 * configuration is out of bounds. */
TraceSeek *trace_seek_new (const struct vm_replay_config *config,
                           TraceEvent event, guint64 number,
                           struct vm_error *error);
void trace_seek_free (TraceSeek *seek);

/* Goes through records of a process. Returns how many lie before the access
 * that was looked for: count, if it is not among them. Sets *error if they
 * cannot be replayed, else leaves it. */
gsize trace_seek_use (TraceSeek *seek, guint32 process,
                      const vm_record *records, gsize count,
                      struct vm_error *error);

/* The same for OPT, which must know the whole trace: goes on through some of
 * it. FALSE when there is nothing more to do: the access was found, or it is
 * not there, or *error. */
gboolean trace_seek_use_kept (TraceSeek *seek, const struct vm_future *future,
                              struct vm_error *error);

/* The number of the access that could not be replayed, when *error was set. */
guint64 trace_seek_wrong (const TraceSeek *seek);

/* How many of the event there were so far. */
guint64 trace_seek_count (const TraceSeek *seek);

/* How many accesses lie before the one that was found. */
guint64 trace_seek_position (const TraceSeek *seek);

/* The replay that stands before the access, now the caller's; NULL if it was
 * not found. */
struct vm_replay *trace_seek_take (TraceSeek *seek);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TraceSeek, trace_seek_free)

#endif
