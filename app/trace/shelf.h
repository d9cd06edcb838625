/* A trace that is replayed, kept so that each of its accesses can be reached
 * again at once.
 *
 *   accesses   | batch | batch | batch | batch | batch |    coded: about two
 *                                                           bytes each
 *   replays    ^               ^               ^            copies on the way
 *                                              |
 *   open:                                      +--again--> access 7,120,345
 *
 * Copies become sparser as the trace grows, so that all of it stays within
 * bounds: the nearest one before an access goes on to it. */
#ifndef TRACE_SHELF_H
#define TRACE_SHELF_H

#include <glib.h>

#include "event.h"
#include "replay/future.h"
#include "replay/replay.h"

typedef struct _TraceShelf TraceShelf;

/* An empty shelf that takes at most so many bytes. */
TraceShelf *trace_shelf_new (guint64 limit);
void trace_shelf_free (TraceShelf *shelf);

/* Keeps records of a process, at most TRACE_BATCH. FALSE, now and ever after,
 * if they are too many: then nothing is kept any more. */
gboolean trace_shelf_add (TraceShelf *shelf, guint32 process,
                          const vm_record *records, gsize count);

/* A replay stands behind position accesses of those kept: takes a copy if it is
 * time. The first copy is to be taken at 0. */
void trace_shelf_mark (TraceShelf *shelf, const struct vm_replay *replay,
                       guint64 position);

guint64 trace_shelf_accesses (const TraceShelf *shelf);

/* Bytes that it takes. */
guint64 trace_shelf_bytes (const TraceShelf *shelf);

/* Access number position, from 0; sets the process that makes it. FALSE if it
 * was not kept. */
gboolean trace_shelf_record (TraceShelf *shelf, guint64 position,
                             vm_record *record, guint32 *process);

/* A replay that stands before access number position, from 0; to be freed with
 * vm_replay_free. future is for OPT alone, else NULL. NULL and *error if it
 * cannot be. */
struct vm_replay *trace_shelf_open (TraceShelf *shelf, guint64 position,
                                    const struct vm_future *future,
                                    struct vm_error *error);

/* Where the number-th of an event is: *position, from 0, is that of the access
 * in which it happens. FALSE if there are not so many. Not for OPT. */
gboolean trace_shelf_find (TraceShelf *shelf, TraceEvent event, guint64 number,
                           guint64 *position, struct vm_error *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TraceShelf, trace_shelf_free)

#endif
