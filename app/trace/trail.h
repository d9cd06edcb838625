/* Copies of a replay on its way through a trace, from which it goes on to any
 * access.
 *
 *   accesses   ....................................................    a shelf
 *   copies     ^               ^               ^
 *                                              |
 *   open:                                      +--again--> access 7,120,345
 *
 * Copies become sparser as the trace grows, so that they stay within bounds. */
#ifndef TRACE_TRAIL_H
#define TRACE_TRAIL_H

#include "event.h"
#include "replay/future.h"
#include "shelf.h"

typedef struct _TraceTrail TraceTrail;

/* An empty trail through the accesses of a shelf, which must outlive it, that
 * takes at most so many bytes. */
TraceTrail *trace_trail_new (TraceShelf *shelf, guint64 limit);
void trace_trail_free (TraceTrail *trail);

/* The replay is OPT's: what it must know, which must outlive the trail. */
void trace_trail_know (TraceTrail *trail, const struct vm_future *future);

/* A replay stands behind position accesses: takes a copy if it is time. The
 * first copy is to be taken at 0. Once the shelf is full there are none. */
void trace_trail_mark (TraceTrail *trail, const struct vm_replay *replay,
                       guint64 position);

/* Bytes that it takes. */
guint64 trace_trail_bytes (const TraceTrail *trail);

/* A replay that stands before access number position, from 0; to be freed with
 * vm_replay_free. NULL and *error if it cannot be. */
struct vm_replay *trace_trail_open (TraceTrail *trail, guint64 position,
                                    struct vm_error *error);

/* Where the number-th of an event is: *position, from 0, is that of the access
 * in which it happens. FALSE if there are not so many. */
gboolean trace_trail_find (TraceTrail *trail, TraceEvent event, guint64 number,
                           guint64 *position, struct vm_error *error);

/* The replay makes access number position, before which it stands; *next is for
 * OPT, else VM_FUTURE_NEVER: which access is the next to its page. Sets the
 * access and its process. FALSE if it was not kept. */
gboolean trace_trail_access (TraceTrail *trail, guint64 position,
                             vm_record *record, guint32 *process,
                             guint32 *next);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TraceTrail, trace_trail_free)

#endif
